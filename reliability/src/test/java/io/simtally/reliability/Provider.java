package io.simtally.reliability;

import io.simtally.alef.Aggregation;
import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.Granularity;
import io.simtally.alef.Metric;
import io.simtally.alef.TimeWindow;
import io.simtally.core.ApiRequest;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MarkerKey;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.SortDirection;
import io.simtally.mason.UsageColumn;
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
 * The providers and how to open their clients, with credentials that every text format has to
 * escape.
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

    @Override
    public List<Object> parameterValues() {
      return List.of(MarkerKey.IMEI, UsageColumn.TOTAL, SortDirection.ASCENDING);
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

    @Override
    public List<Object> parameterValues() {
      return List.of(Metric.UPLINK_BYTES, Aggregation.AVG, Granularity.DAY, TimeWindow.NOW);
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

    @Override
    public List<Object> parameterValues() {
      return List.of(DeviceId.imei("4711"));
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

  /** A client under test with one of its requests. */
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

  /** Opens a new client with a setup. */
  public abstract Subject open(Setup setup);

  /** Returns a value of each type of the provider that a setter takes. */
  public List<Object> parameterValues() {
    return List.of();
  }

  /** Returns the type of the client. */
  public Class<? extends AutoCloseable> client() {
    return client;
  }

  /** Returns a successful response of the provider. */
  public String goodAnswer() {
    return goodAnswer;
  }

  /** Returns the caller's credentials: one key, or key, secret, user name and password. */
  public List<String> secrets() {
    return secrets;
  }

  /** Returns whether the caller's credentials are a login instead of a token. */
  public boolean hasLogin() {
    return secrets.size() > 1;
  }

  /** Returns the bearer token of a login. */
  public String bearer() {
    return TestCredentials.header(name() + "bearer");
  }

  /** Returns the session token of a login. */
  public String session() {
    return TestCredentials.header(name() + "session");
  }

  /** Returns every text that only the server may see. */
  public List<String> everySecret() {
    var all = new ArrayList<>(given());
    if (hasLogin()) {
      all.add(bearer());
      all.add(session());
    }
    return all;
  }

  /** Returns the credentials that are sent to get a token. */
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
    // In other tests this user was refused, perhaps on the same port.
    login.forgetRefusal();
    return login;
  }

  /**
   * Credentials of two plain halves, {@code Zq7...} and {@code Wv5...}, around characters to
   * escape.
   */
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
