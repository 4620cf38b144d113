package io.simtally.mason;

import static io.simtally.mason.FakeMason.failureOf;
import static io.simtally.mason.FakeMason.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.ApiException.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasonUsageTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2020-08-01T00:00:00Z");

  @RegisterExtension private final FakeMason mason = new FakeMason();

  @Test
  void sendsTheFleetInEveryPath() throws InterruptedException {
    try (var client = mason.builder().fleet("cold-chain").build()) {
      for (var sample : List.of("account", "sims", "sim")) {
        mason.answer(sample("aggregate-" + sample + ".json"));
      }
      mason.answer(sample("series-account.json"));
      mason.answer(sample("series-sim.json"));

      client.aggregateAccountUsage().date(START).execute();
      client.aggregateSimUsage().date(START).execute();
      client.aggregateSimUsage("iccid1").date(START).execute();
      client.seriesAccountUsage().start(START).end(START).execute();
      client.seriesSimUsage("iccid1").start(START).end(START).execute();
    }

    for (var path :
        List.of(
            "aggregate/usage",
            "aggregate/usage/sim",
            "aggregate/usage/sim/iccid1",
            "series/usage",
            "series/usage/sim/iccid1")) {
      assertThat(mason.request().getUrl().encodedPath()).isEqualTo("/beta/cold-chain/data/" + path);
    }
  }

  @Test
  void buildsAnotherClientWithItsSettings() throws InterruptedException {
    mason.answer(sample("series-sim.json"));
    try (var client = mason.builder().fleet("cold-chain").shortSeriesSimPath().build();
        var other = client.toBuilder().build()) {
      other.seriesSimUsage("iccid1").start(START).end(START).execute();
      assertThat(other).hasToString(client.toString());
    }
    var request = mason.request();
    assertThat(request.getUrl().encodedPath())
        .isEqualTo("/beta/cold-chain/data/series/usage/iccid1");
    assertThat(request.getHeaders().get("Authorization")).startsWith("basic ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../admin", "a/b", "é", "%2F", "?x=1", "#x", "a b+c", "89445000000000000017"})
  void keepsEveryPathValueInOneSegment(String value) throws InterruptedException {
    mason.answer(sample("aggregate-sim.json"));
    mason.answer(sample("series-sim.json"));
    mason.answer(sample("series-sim.json"));

    try (var client = mason.builder().fleet(value).build();
        var shortPath = mason.builder().fleet(value).shortSeriesSimPath().build()) {
      client.aggregateSimUsage(value).date(START).execute();
      client.seriesSimUsage(value).start(START).end(START).execute();
      shortPath.seriesSimUsage(value).start(START).end(START).execute();
    }

    assertThat(mason.request().getUrl().pathSegments())
        .containsExactly("beta", value, "data", "aggregate", "usage", "sim", value);
    assertThat(mason.request().getUrl().pathSegments())
        .containsExactly("beta", value, "data", "series", "usage", "sim", value);
    assertThat(mason.request().getUrl().pathSegments())
        .containsExactly("beta", value, "data", "series", "usage", value);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void refusesPathValuesThatNameAnotherPath(String value) {
    try (var client = mason.builder().fleet(value).build()) {
      assertThatThrownBy(client.aggregateAccountUsage().date(START)::execute)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("fleet");
    }
    assertThatThrownBy(mason.client().aggregateSimUsage(value).date(START)::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iccid");
    assertThatThrownBy(mason.client().seriesSimUsage(value).start(START).end(START)::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iccid");
    assertThat(mason.requests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1\n2", "1\r\nX-Evil: 1"})
  void refusesBlankAndLineBreakingSettings(String value) {
    var builder = MasonUsage.builder();

    assertThatThrownBy(() -> builder.apiKey(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("apiKey");
    assertThatThrownBy(() -> builder.fleet(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fleet");
    assertThatThrownBy(() -> mason.client().aggregateSimUsage(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iccid");
    assertThatThrownBy(() -> mason.client().seriesSimUsage(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iccid");
    assertThatThrownBy(() -> MarkerKey.of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("marker key");
    assertThat(mason.requests()).isZero();
  }

  @Test
  void refusesNullSettingsByTheirName() {
    var builder = MasonUsage.builder();

    assertThatThrownBy(() -> builder.apiKey(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("apiKey");
    assertThatThrownBy(() -> builder.fleet(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fleet");
    assertThatThrownBy(() -> mason.client().aggregateSimUsage(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iccid");
    assertThatThrownBy(() -> mason.client().seriesSimUsage(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iccid");
    assertThatThrownBy(() -> MarkerKey.of(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("marker key");
  }

  @Test
  void acceptsDocumentedAndOtherMarkerKeys() {
    assertThat(
            List.of(
                MarkerKey.IMEI,
                MarkerKey.DEVICE_GROUP,
                MarkerKey.DEVICE_UUID,
                MarkerKey.DEVICE_TYPE,
                MarkerKey.INCREMENTAL,
                MarkerKey.CARRIER,
                MarkerKey.MNC,
                MarkerKey.MCC,
                MarkerKey.MNC_MCC))
        .extracting(MarkerKey::word)
        .containsExactly(
            "imei",
            "device-group",
            "device-uuid",
            "device-type",
            "incremental",
            "carrier",
            "mnc",
            "mcc",
            "mnc-mcc");
    assertThat(MarkerKey.of("device-type"))
        .isEqualTo(MarkerKey.DEVICE_TYPE)
        .hasSameHashCodeAs(MarkerKey.DEVICE_TYPE)
        .isNotEqualTo(MarkerKey.of("Device-Type"))
        .hasToString("device-type");
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_REQUEST, GET /beta/{fleet}/data/aggregate/usage/sim/{iccid}",
    "401, UNAUTHENTICATED, GET /beta/{fleet}/data/aggregate/usage/sim/{iccid}",
    "403, FORBIDDEN,       GET /beta/{fleet}/data/aggregate/usage/sim/{iccid}",
  })
  void reportsMasonsOwnWords(int status, Kind kind, String operation) {
    mason.answer(status, "{\"type\": \"some_error\", \"message\": \"What is wrong.\"}");

    var failure = failureOf(mason.client().aggregateSimUsage("8944-secret-sim").date(START));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.code()).isEqualTo("some_error");
    assertThat(failure.providerMessage()).isEqualTo("What is wrong.");
    assertThat(failure.provider()).isEqualTo("mason-usage");
    assertThat(failure.operation()).isEqualTo(operation);
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(failure)
        .hasMessageContaining(operation)
        .hasMessageContaining("some_error")
        .hasMessageContaining("What is wrong.");
    assertThat(failure.getMessage()).doesNotContain("8944-secret-sim");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"error\": {\"code\": \"some_error\"}, \"data\": []"})
  void reportsMasonsErrorInASuccess(String members) {
    mason.answer(200, "{\"type\": \"some_error\", \"message\": \"What is wrong.\"" + members + "}");

    var failure = failureOf(mason.client().aggregateAccountUsage().date(START));

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.code()).isEqualTo("some_error");
    assertThat(failure.providerMessage()).isEqualTo("What is wrong.");
  }

  @Test
  void showsTheKeyNowhereEvenIfTheServerRepeatsIt() {
    mason.answer(
        401, "{\"type\": \"authentication_error\", \"message\": \"No key " + FakeMason.KEY + "\"}");

    var failure = failureOf(mason.client().aggregateAccountUsage().date(START));

    var printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    assertThat(failure.providerMessage()).startsWith("No key ");
    assertThat(
            List.of(
                printed.toString(),
                failure.body(),
                String.valueOf(failure.providerMessage()),
                mason.client().toString(),
                mason.builder().toString(),
                mason.client().aggregateAccountUsage().toString()))
        .noneMatch(text -> text.contains(FakeMason.KEY));
  }

  @Test
  void readsItsSettingsFromTheEnvironment() throws InterruptedException {
    mason.answer(sample("aggregate-account.json"));
    var environment =
        Map.of(
            "MASON_API_KEY", "from-env", "MASON_FLEET", "trucks", "MASON_BASE_URL", mason.url("/"));

    try (var client = MasonUsage.fromEnv(environment)) {
      client.aggregateAccountUsage().date(START).execute();
    }

    var request = mason.request();
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("basic from-env");
    assertThat(request.getUrl().encodedPath()).isEqualTo("/beta/trucks/data/aggregate/usage");
  }

  @Test
  void usesMasonsAddressAndTheDefaultFleet() {
    var environment = Map.of("MASON_API_KEY", "from-env", "MASON_FLEET", " ", "MASON_BASE_URL", "");

    try (var client = MasonUsage.fromEnv(environment)) {
      assertThat(client).hasToString("MasonUsage[https://api.bymason.com/, default]");
    }
  }

  @Test
  void refusesNoEnvironmentAtAll() {
    assertThatThrownBy(() -> MasonUsage.fromEnv(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("environment is null");
  }

  @Test
  void cannotBeBuiltWithoutAKey() {
    assertThatThrownBy(MasonUsage.builder()::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("apiKey")
        .hasMessageContaining("MASON_API_KEY");
    assertThatThrownBy(() -> MasonUsage.fromEnv(Map.of("MASON_FLEET", "trucks")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("MASON_API_KEY");
  }

  @Test
  void refusesToSendTheKeyInClear() {
    var builder = MasonUsage.builder().apiKey("key").baseUrl("http://api.bymason.com");

    assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
  }
}
