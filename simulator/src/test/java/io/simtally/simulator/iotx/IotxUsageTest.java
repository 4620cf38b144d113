package io.simtally.simulator.iotx;

import static io.simtally.simulator.iotx.IotxCalls.content;
import static io.simtally.simulator.iotx.IotxCalls.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Answer;
import io.simtally.simulator.January;
import io.simtally.simulator.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class IotxUsageTest {
  private static final String DATES =
      "startDate=2016-01-01T00:00:00-08:00&endDate=2019-01-01T00:00:00%2B05:30";
  private static final IotxSubscriber FIRST =
      new IotxSubscriber("89445000000000000012", "447500000001");
  private static final IotxSubscriber SECOND =
      new IotxSubscriber("00-80-00-00-04-00-2b-1c", "447500000002");
  private static final IotxSubscriber THIRD = new IotxSubscriber("300234010753370", "447500000003");

  @Test
  void answersTheSamplesOfDataUsageAsThePageDoes() throws Exception {
    IotxSimulator simulator =
        empty()
            .subscriber(
                FIRST, IotxUsage.of(at("2016-11-29T10:00"), 316, 316), usage("2016-11-28T11:00"))
            .build();

    try (IotxCalls calls = new IotxCalls(simulator)) {
      assertThat(calls.get("data-usage?" + DATES).json())
          .isEqualTo(Answer.json(sample("data-usage.json")));
      assertThat(calls.get("data-usage/" + of(FIRST)).json())
          .isEqualTo(Answer.json(sample("subscriber-data-usage.json")));
    }
  }

  private static IotxUsage usage(String time) {
    return IotxUsage.of(at(time), 420, 420);
  }

  @Test
  void answersTheSampleBySubscriberAsThePageDoes() throws Exception {
    IotxSimulator simulator =
        empty()
            .subscriber(FIRST, IotxUsage.of(at("2016-12-06T10:30"), 2000, 182))
            .subscriber(THIRD, IotxUsage.of(at("2016-12-01T13:00"), 1735, 0))
            .subscriber(SECOND, IotxUsage.of(at("2016-12-29T10:30"), 0, 1212))
            .build();

    try (IotxCalls calls = new IotxCalls(simulator)) {
      // The schema and its example have different names for the total.
      assertThat(calls.get("data-usage-by-subscriber?" + DATES).json())
          .isEqualTo(
              Answer.json(
                  sample("data-usage-by-subscriber.json").replace("totalData", "totalDataUsage")));
    }
  }

  @Test
  void answersTheSamplesOfSessionsAsThePageDoes() throws Exception {
    IotxSimulator simulator =
        empty()
            .subscriber(
                FIRST,
                new IotxUsage(at("2016-12-16T10:00"), 0, 0, 2, "TCP", "8.8.8.4"),
                new IotxUsage(at("2016-12-16T10:00"), 0, 0, 1, "UDP", "8.8.8.4"),
                IotxUsage.of(at("2017-01-01T00:00"), 1, 1))
            .build();

    try (IotxCalls calls = new IotxCalls(simulator)) {
      assertThat(calls.get("session-count?" + DATES).json())
          .isEqualTo(Answer.json(sample("session-count.json")));
      assertThat(calls.get("session-count/" + of(FIRST)).json())
          .isEqualTo(Answer.json(sample("subscriber-session-count.json")));
    }
  }

  @Test
  void answersTheSampleByProtocolAsThePageDoes() throws Exception {
    IotxSimulator simulator =
        empty()
            .subscriber(
                FIRST,
                new IotxUsage(at("2016-12-16T10:00"), 100, 2, 1, "TCP", "8.8.8.4"),
                new IotxUsage(at("2017-01-01T00:00"), 2000, 0, 1, "TCP", "8.8.8.4"),
                new IotxUsage(at("2017-12-16T10:00"), 5311, 0, 1, "UDP", "8.8.8.4"),
                new IotxUsage(at("2018-01-01T00:00"), 1, 6000, 1, "UDP", "8.8.8.4"))
            .subscriber(SECOND, IotxUsage.of(at("2016-12-16T10:00"), 10, 20))
            .build();

    try (IotxCalls calls = new IotxCalls(simulator)) {
      assertThat(calls.get("data-usage-network-protocol?" + DATES).json())
          .isEqualTo(Answer.json(sample("data-usage-network-protocol.json")));
    }
  }

  @Test
  void answersTheSamplesByAddressAsThePageDoes() throws Exception {
    IotxSimulator simulator =
        empty()
            .subscriber(
                FIRST,
                IotxUsage.of(at("2016-12-29T10:30"), 2000, 0),
                IotxUsage.of(at("2016-12-28T10:30"), 82, 100),
                new IotxUsage(at("2016-12-01T00:00"), 1234, 0, 1, "TCP", "8.8.8.5"))
            .build();
    // The schema has a number, and the samples of a single address have the time it was last seen.
    String sample =
        sample("data-usage-ip-address.json")
            .replace("\"3416\"", "3416")
            .replace("\"2182\"", "\"2182\", \"lastSeen\": \"2016-12-29T10:30:00+00:00\"")
            .replace("\"1234\"", "\"1234\", \"lastSeen\": \"2016-12-01T00:00:00+00:00\"");

    try (IotxCalls calls = new IotxCalls(simulator)) {
      assertThat(calls.get("data-usage-ip-address?" + DATES).json()).isEqualTo(Answer.json(sample));
      assertThat(calls.get("data-usage-ip-address/" + of(FIRST)).json())
          .isEqualTo(Answer.json(sample));
    }
  }

  @Test
  void answersInTheShapeThatWasObservedIfTold() throws Exception {
    IotxSimulator simulator =
        empty()
            .shape(IotxShape.OBSERVED)
            .subscriber(FIRST, IotxUsage.of(at("2016-12-06T10:30"), 2000, 182))
            .build();

    try (IotxCalls calls = new IotxCalls(simulator)) {
      assertThat(JsonObject.of(content(calls.get("data-usage?" + DATES))).names())
          .containsExactly("mobileTerminated", "mobileOriginated");
      JsonObject bySubscriber =
          JsonObject.of(content(calls.get("data-usage-by-subscriber?" + DATES)));
      assertThat(bySubscriber.text("totalData")).isEqualTo("2182");
      JsonObject byAddress = JsonObject.of(content(calls.get("data-usage-ip-address?" + DATES)));
      assertThat(byAddress.text("totalData")).isEqualTo("2182");
      JsonObject sessions = JsonObject.of(content(calls.get("session-count/" + of(FIRST))));
      assertThat(sessions.object("content").text("2016-12-06T10:30:00+00:00")).isEqualTo("1");
    }
  }

  @Test
  void answersWithNothingWhereNothingWasUsed() throws Exception {
    try (IotxCalls calls = new IotxCalls(empty().subscriber(FIRST).build())) {
      for (String call : List.of("data-usage", "session-count", "data-usage-ip-address")) {
        assertThat(content(calls.get(call + "/" + of(FIRST)))).isEqualTo(List.of());
      }
      assertThat(content(calls.get("session-count?" + DATES))).isEqualTo(Map.of());
      assertThat(content(calls.get("data-usage-network-protocol?" + DATES))).isEqualTo(Map.of());
      assertThat(content(calls.get("data-usage-by-subscriber?" + DATES)))
          .isEqualTo(Map.of("subscriberDataUsage", Map.of(), "totalDataUsage", 0.0));
    }
  }

  @Test
  void putsRangesEndToEnd() throws Exception {
    IotxSimulator simulator =
        empty().subscriber(FIRST, usage("2026-01-01T00:00"), usage("2026-01-01T12:00")).build();

    try (IotxCalls calls = new IotxCalls(simulator)) {
      assertThat(sessions(calls, "2026-01-01T00:00:00%2B00:00", "2026-01-01T12:00:00%2B00:00"))
          .containsExactly("2026-01-01T00:00:00+00:00");
      assertThat(sessions(calls, "2026-01-01T13:00:00%2B01:00", "2026-01-01T12:00:01%2B00:00"))
          .containsExactly("2026-01-01T12:00:00+00:00");
      assertThat(sessions(calls, "2026-01-01T00:00:01%2B00:00", "2026-01-01T11:59:59%2B00:00"))
          .isEmpty();
    }
  }

  private static List<String> sessions(IotxCalls calls, String start, String end)
      throws IOException {
    return JsonObject.of(content(calls.get("session-count?startDate=" + start + "&endDate=" + end)))
        .names();
  }

  private static IotxSimulator.Builder empty() {
    return January.of(IotxSimulator.builder()).subscribers(0);
  }

  private static String of(IotxSubscriber subscriber) {
    String physicalId = subscriber.physicalId();
    return physicalId + "?physicalId=" + physicalId + "&" + DATES;
  }

  private static Instant at(String minute) {
    return Instant.parse(minute + ":00Z");
  }
}
