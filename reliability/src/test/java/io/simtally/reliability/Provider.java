package io.simtally.reliability;

import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.TimeWindow;
import io.simtally.core.ApiRequest;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The providers, in the one list of this module: how to open the client of each, with credentials
 * that every way of writing text has to escape.
 */
public enum Provider {
  IOTX(IotxAnalytics.class, "{\"content\":[]}", TestCredentials.header("IOTX")) {
    @Override
    public Subject open(Setup setup) {
      var builder = setup.on(IotxAnalytics.builder().token(secrets().get(0)));
      var client = builder.build();
      return new Subject(
          client, client.dataUsage().startDate(DAY).endDate(DAY), List.of(builder, client));
    }
  },
  MASON(MasonUsage.class, "{\"data\":[]}", TestCredentials.header("MASON")) {
    @Override
    public Subject open(Setup setup) {
      var builder = setup.on(MasonUsage.builder().apiKey(secrets().get(0)));
      var client = builder.build();
      return new Subject(
          client,
          client.aggregateAccountUsage().month(YearMonth.of(2026, 1)),
          List.of(builder, client));
    }
  },
  ALEF(AlefConnectivity.class, "{\"result\":[[]]}", TestCredentials.header("ALEF") + "é") {
    @Override
    public Subject open(Setup setup) {
      var builder = setup.on(AlefConnectivity.builder().apiKey(secrets().get(0)));
      var client = builder.build();
      return new Subject(
          client,
          client.accountTimeUsage("4711").window(TimeWindow.LAST_DAY),
          List.of(builder, client));
    }
  },
  M2M(
      ThingSpaceM2m.class,
      "{\"hasMoreData\":false,\"usageHistory\":[]}",
      TestCredentials.thingSpace("M")) {
    @Override
    public Subject open(Setup setup) {
      var credentials = thingSpace(setup);
      var builder = setup.on(ThingSpaceM2m.builder().credentials(credentials));
      var client = builder.build();
      return new Subject(
          client,
          client
              .usageHistory()
              .device(DeviceId.imei("354394080001238"))
              .earliest(Instant.EPOCH)
              .latest(Instant.EPOCH),
          List.of(builder, client, credentials, oauth()));
    }
  },
  HYPER_PRECISE(
      ThingSpaceHyperPrecise.class, "{\"sessions\":[]}", TestCredentials.thingSpace("H")) {
    @Override
    public Subject open(Setup setup) {
      var credentials = thingSpace(setup);
      var builder = setup.on(ThingSpaceHyperPrecise.builder().credentials(credentials));
      var client = builder.build();
      return new Subject(
          client,
          client.sessionReport().accountNumber("0844021539-00001").imei("354394080001238"),
          List.of(builder, client, credentials, oauth()));
    }
  };

  private static final OffsetDateTime DAY = OffsetDateTime.parse("2026-01-01T00:00:00Z");

  private final Class<? extends AutoCloseable> client;
  private final String goodAnswer;
  private final List<String> secrets;

  Provider(Class<? extends AutoCloseable> client, String goodAnswer, String... secrets) {
    this.client = client;
    this.goodAnswer = goodAnswer;
    this.secrets = List.of(secrets);
  }

  /** A client under test with one call of it. */
  public record Subject(AutoCloseable client, ApiRequest<?, ?> request, List<Object> printable)
      implements AutoCloseable {
    @Override
    public void close() {
      try {
        client.close();
      } catch (Exception e) {
        throw new AssertionError("a client throws when it is closed", e);
      }
    }
  }

  /** A new client that asks where the setup says. */
  public abstract Subject open(Setup setup);

  /** The type of the client. */
  public Class<? extends AutoCloseable> client() {
    return client;
  }

  /** What the provider answers when all is well. */
  public String goodAnswer() {
    return goodAnswer;
  }

  /** What the caller gave: one word, or key, secret, user name and password. */
  public List<String> secrets() {
    return secrets;
  }

  /** Whether the caller gives a login, and not the token itself. */
  public boolean hasLogin() {
    return secrets.size() > 1;
  }

  /** The bearer token that a login brings. */
  public String bearer() {
    return TestCredentials.header(name() + "bearer");
  }

  /** The session token that a login brings. */
  public String session() {
    return TestCredentials.header(name() + "session");
  }

  /** Everything that must be seen by the server only. */
  public List<String> everySecret() {
    var all = new ArrayList<>(given());
    if (hasLogin()) {
      all.add(bearer());
      all.add(session());
    }
    return all;
  }

  /** What is sent before there is a token. */
  public List<String> given() {
    var all = new ArrayList<>(secrets);
    if (hasLogin()) {
      all.add(
          Base64.getEncoder()
              .encodeToString(
                  (secrets.get(0) + ":" + secrets.get(1)).getBytes(StandardCharsets.UTF_8)));
    }
    return all;
  }

  ThingSpaceCredentials.OAuth oauth() {
    return ThingSpaceCredentials.oauth(secrets.get(0), secrets.get(1));
  }

  ThingSpaceCredentials thingSpace(Setup setup) {
    if (setup.loggedIn()) {
      return ThingSpaceCredentials.tokens(bearer(), session());
    }
    var login = oauth().login(secrets.get(2), secrets.get(3));
    // Other tests have had this user refused, perhaps at the same port.
    login.forgetRefusal();
    return login;
  }

  /** Makes secrets: two plain halves, {@code Zq7...} and {@code Wv5...}, around what is escaped. */
  private static final class TestCredentials {
    static String header(String name) {
      return "Zq7" + name + "x9 \"\\/+=&<%'" + "Wv5" + name + "m3";
    }

    static String[] thingSpace(String name) {
      return new String[] {
        header(name + "key"),
        header(name + "secret") + "ü",
        header(name + "user") + "é",
        header(name + "password") + "😀"
      };
    }
  }
}
