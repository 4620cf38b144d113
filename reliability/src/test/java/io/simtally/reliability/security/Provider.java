package io.simtally.reliability.security;

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

/** The five clients, each with credentials that every way of writing text has to escape. */
enum Provider {
  IOTX("{\"content\":[]}", Words.header("IOTX")) {
    @Override
    Subject open(Setup setup) {
      var builder = setup.on(IotxAnalytics.builder().token(secrets().get(0)));
      var client = builder.build();
      return new Subject(
          client, client.dataUsage().startDate(DAY).endDate(DAY), List.of(builder, client));
    }
  },
  MASON("{\"data\":[]}", Words.header("MASON")) {
    @Override
    Subject open(Setup setup) {
      var builder = setup.on(MasonUsage.builder().apiKey(secrets().get(0)));
      var client = builder.build();
      return new Subject(
          client,
          client.aggregateAccountUsage().month(YearMonth.of(2026, 1)),
          List.of(builder, client));
    }
  },
  ALEF("{\"result\":[[]]}", Words.header("ALEF") + "é") {
    @Override
    Subject open(Setup setup) {
      var builder = setup.on(AlefConnectivity.builder().apiKey(secrets().get(0)));
      var client = builder.build();
      return new Subject(
          client,
          client.accountTimeUsage("4711").window(TimeWindow.LAST_DAY),
          List.of(builder, client));
    }
  },
  M2M("{\"hasMoreData\":false,\"usageHistory\":[]}", Words.thingSpace("M")) {
    @Override
    Subject open(Setup setup) {
      var oauth = ThingSpaceCredentials.oauth(secrets().get(0), secrets().get(1));
      var credentials = oauth.login(secrets().get(2), secrets().get(3));
      var builder = setup.on(ThingSpaceM2m.builder().credentials(credentials));
      var client = builder.build();
      return new Subject(
          client,
          client
              .usageHistory()
              .device(DeviceId.imei("354394080001238"))
              .earliest(Instant.EPOCH)
              .latest(Instant.EPOCH),
          List.of(builder, client, credentials, oauth));
    }
  },
  HYPER_PRECISE("{\"sessions\":[]}", Words.thingSpace("H")) {
    @Override
    Subject open(Setup setup) {
      var oauth = ThingSpaceCredentials.oauth(secrets().get(0), secrets().get(1));
      var credentials = oauth.login(secrets().get(2), secrets().get(3));
      var builder = setup.on(ThingSpaceHyperPrecise.builder().credentials(credentials));
      var client = builder.build();
      return new Subject(
          client,
          client.sessionReport().accountNumber("0844021539-00001").imei("354394080001238"),
          List.of(builder, client, credentials, oauth));
    }
  };

  private static final OffsetDateTime DAY = OffsetDateTime.parse("2026-01-01T00:00:00Z");

  private final String goodAnswer;
  private final List<String> secrets;

  Provider(String goodAnswer, String... secrets) {
    this.goodAnswer = goodAnswer;
    this.secrets = List.of(secrets);
  }

  /** A client under test with one call of it. */
  record Subject(AutoCloseable client, ApiRequest<?, ?> request, List<Object> printable)
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

  abstract Subject open(Setup setup);

  /** What the provider answers when all is well. */
  String goodAnswer() {
    return goodAnswer;
  }

  /** What the caller gave: one word, or key, secret, user name and password. */
  List<String> secrets() {
    return secrets;
  }

  boolean hasLogin() {
    return secrets.size() > 1;
  }

  /** The tokens that a login brings. */
  String bearer() {
    return Words.header(name() + "bearer");
  }

  String session() {
    return Words.header(name() + "session");
  }

  /** Everything that must be seen by the server only. */
  List<String> everySecret() {
    var all = new ArrayList<>(given());
    if (hasLogin()) {
      all.add(bearer());
      all.add(session());
    }
    return all;
  }

  /** What is sent before there is a token. */
  List<String> given() {
    var all = new ArrayList<>(secrets);
    if (hasLogin()) {
      all.add(
          Base64.getEncoder()
              .encodeToString(
                  (secrets.get(0) + ":" + secrets.get(1)).getBytes(StandardCharsets.UTF_8)));
    }
    return all;
  }

  /** Makes secrets: two plain halves, {@code Zq7...} and {@code Wv5...}, around what is escaped. */
  private static final class Words {
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
