package io.simtally.fleet.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.fleet.contract.DocumentedCall;
import io.simtally.fleet.contract.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the documented shapes with the published sample responses. */
class SamplesTest {

  /** The samples of each call, as grouped on the provider's page. */
  private static final String SAMPLES =
      """
      GET /analytics/data-usage|iotx/data-usage
      GET /analytics/data-usage/{physicalId}|iotx/subscriber-data-usage
      GET /analytics/data-usage-by-subscriber|iotx/data-usage-by-subscriber
      GET /analytics/session-count|iotx/session-count
      GET /analytics/session-count/{physicalId}|iotx/subscriber-session-count
      GET /analytics/data-usage-network-protocol|iotx/data-usage-network-protocol
      GET /analytics/data-usage-ip-address|iotx/data-usage-ip-address iotx/damaged-last-seen
      GET /analytics/data-usage-ip-address/{physicalId}|iotx/subscriber-data-usage-ip-address iotx/damaged-last-seen
      GET /beta/{fleet}/data/aggregate/usage|mason/aggregate-account mason/aggregate-account-by-marker
      GET /beta/{fleet}/data/aggregate/usage/sim|mason/aggregate-sims mason/aggregate-sims-by-marker
      GET /beta/{fleet}/data/aggregate/usage/sim/{iccid}|mason/aggregate-sim mason/aggregate-sim-by-marker
      GET /beta/{fleet}/data/series/usage|mason/series-account mason/series-account-with-marker
      GET /beta/{fleet}/data/series/usage/sim|mason/series-account
      GET /beta/{fleet}/data/series/usage/{iccid}|mason/series-sim
      GET /beta/{fleet}/data/series/usage/sim/{iccid}|mason/series-sim mason/series-sim-with-marker
      POST /connectivity/v1/report|alef/account-time-usage alef/subscriber-time-usage alef/subscriber-byte-usage alef/site-bandwidth-statistics alef/site-bandwidth-percentile
      POST /connectivity/v2/report|alef/site-bandwidth-now alef/max-bandwidth-by-imsi alef/max-bandwidth-by-msisdn
      POST /m2m/v1/devices/usage/actions/list|thingspace-m2m/usage-by-device thingspace-m2m/usage-by-label
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = SAMPLES)
  void noSampleDiffersFromItsPage(String operation, String samples) throws IOException {
    for (var sample : samples.split(" ")) {
      assertThat(Shape.differences(call(operation), sample(sample))).as(sample).isEmpty();
    }
  }

  @Test
  void everyDocumentedCallHasASample() {
    var sampled =
        SAMPLES.lines().map(line -> line.split("\\|", -1)[0]).collect(Collectors.toList());
    sampled.add("POST /hyper-precise/v1/report/sessions");

    assertThat(calls())
        .extracting(DocumentedCall::operation)
        .containsExactlyInAnyOrderElementsOf(sampled);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = SAMPLES)
  void theTableHasEveryMemberThatTheSamplesHaveAndNoOther(String operation, String samples)
      throws IOException {
    for (var sample : samples.split(" ")) {
      var answer = sample(sample);
      for (var member : answer.members()) {
        var without =
            new JsonValue(
                answer.type(),
                "",
                answer.members().stream().filter(other -> !other.equals(member)).toList());
        var optional = List.of("account_id", "customer_site_id", "imsi", "msisdn", "nextPage");
        assertThat(Shape.differences(call(operation), without))
            .as(sample + " without " + member.name())
            .hasSize(optional.contains(member.name()) || member.name().equals("prevPage") ? 0 : 1);
      }
    }
  }

  @Test
  void thePlaceholdersOfASampleAreNoTimes() throws IOException {
    assertThat(
            Shape.differences(
                call("POST /hyper-precise/v1/report/sessions"),
                sample("thingspace-hyperprecise/session-report")))
        .extracting(Difference::path)
        .containsExactly("sessions[].endTime", "sessions[].startTime");
  }

  private static DocumentedCall call(String operation) {
    return calls().stream()
        .filter(call -> call.operation().equals(operation))
        .findFirst()
        .orElseThrow();
  }

  private static List<DocumentedCall> calls() {
    return ServiceCheck.services(Map.of()).stream()
        .flatMap(service -> service.contract().calls().stream())
        .toList();
  }

  private static JsonValue sample(String name) throws IOException {
    try (var in = SamplesTest.class.getResourceAsStream(name + ".json")) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return JsonValue.parse(text).orElseThrow();
    }
  }
}
