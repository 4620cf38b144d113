package io.simtally.simulator.iotx;

import static io.simtally.simulator.iotx.IotxCalls.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.Answer;
import io.simtally.simulator.January;
import io.simtally.simulator.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IotxFleetTest {
  @Test
  void isTheSameWithTheSameSeedOnly() throws Exception {
    String one = usage(January.of(IotxSimulator.builder()).seed(7).build());

    assertThat(usage(January.of(IotxSimulator.builder()).seed(7).build())).isEqualTo(one);
    assertThat(usage(January.of(IotxSimulator.builder()).seed(8).build())).isNotEqualTo(one);
  }

  private static String usage(IotxSimulator simulator) throws Exception {
    try (IotxCalls calls = new IotxCalls(simulator)) {
      return calls.company("data-usage-by-subscriber").body()
          + calls.company("data-usage-ip-address").body();
    }
  }

  @Test
  void isThePartOfALargerOne() {
    IotxSimulator small = January.of(IotxSimulator.builder()).subscribers(10).build();
    IotxSimulator large = January.of(IotxSimulator.builder()).subscribers(1_000_000).build();

    assertThat(large.subscribers().subList(0, 10)).isEqualTo(small.subscribers());
    assertThat(large.subscribers()).hasSize(1_000_000);
    Set<IotxSubscriber> different = new HashSet<>(large.subscribers().subList(0, 10_000));
    assertThat(different).hasSize(10_000);
    assertThat(different)
        .allMatch(subscriber -> subscriber.physicalId().matches("8944[0-9]{16}"))
        .allMatch(subscriber -> subscriber.msisdn().matches("44[0-9]{10}"));
  }

  @Test
  void findsTheLastOfAMillion() throws Exception {
    IotxSimulator simulator = January.of(IotxSimulator.builder()).subscribers(1_000_000).build();
    IotxSubscriber last = simulator.subscribers().get(999_999);

    try (IotxCalls calls = new IotxCalls(simulator)) {
      content(calls.subscriber("data-usage", last.physicalId()));
    }
  }

  @Test
  void countsTheSameBytesInEveryAnswer() throws Exception {
    IotxSimulator simulator = January.of(IotxSimulator.builder()).subscribers(120).build();
    try (IotxCalls calls = new IotxCalls(simulator)) {
      JsonObject bySubscriber = JsonObject.of(content(calls.company("data-usage-by-subscriber")));
      long total = add(bySubscriber.object("subscriberDataUsage"), new HashMap<>());
      assertThat(total).isEqualTo(bySubscriber.number("totalDataUsage"));

      JsonObject direction = calls.company("data-usage").object().objects("content").get(0);
      Map<String, Long> byTime = new HashMap<>();
      assertThat(add(direction, byTime)).isEqualTo(total);

      Map<String, Long> allProtocols = new HashMap<>();
      add(JsonObject.of(content(calls.company("data-usage-network-protocol"))), allProtocols);
      assertThat(allProtocols).isEqualTo(byTime);

      JsonObject byAddress =
          calls.company("data-usage-ip-address").object().objects("content").get(0);
      assertThat(byAddress.number("totalData")).isEqualTo(total);
      assertThat(JsonObject.of(content(calls.company("session-count"))).names())
          .containsExactlyInAnyOrderElementsOf(byTime.keySet());
    }
  }

  @Test
  void countsTheSameForOneSubscriberAsInTheBreakdown() throws Exception {
    IotxSimulator simulator = January.of(IotxSimulator.builder()).build();
    try (IotxCalls calls = new IotxCalls(simulator)) {
      JsonObject all =
          JsonObject.of(content(calls.company("data-usage-by-subscriber")))
              .object("subscriberDataUsage");
      for (IotxSubscriber subscriber : simulator.subscribers()) {
        Map<String, Long> byTime = new HashMap<>();
        long sum =
            add(
                calls
                    .subscriber("data-usage", subscriber.physicalId())
                    .object()
                    .objects("content")
                    .get(0),
                byTime);

        // By the specification: the last network connection, and the usage of the range.
        JsonObject entry = all.object(subscriber.msisdn());
        assertThat(entry.names()).containsExactly(Collections.max(byTime.keySet()));
        assertThat(addTimes(entry, new HashMap<>())).isEqualTo(sum);
      }
    }
  }

  @Test
  void countsTheEndDateInEitherReading() throws Exception {
    Instant end = Instant.parse("2026-01-05T00:00:00Z");
    IotxUsage before = new IotxUsage(end.minusSeconds(3600), 1, 0, 1, "TCP", "203.0.113.1");
    IotxUsage atEnd = new IotxUsage(end, 2, 0, 1, "TCP", "203.0.113.1");
    IotxSubscriber subscriber = new IotxSubscriber("1", "447530000000");
    for (boolean included : new boolean[] {false, true}) {
      IotxSimulator.Builder builder =
          January.of(IotxSimulator.builder()).subscribers(0).subscriber(subscriber, before, atEnd);
      try (IotxCalls calls =
          new IotxCalls((included ? builder.includesEndDate() : builder).build())) {
        Answer answer =
            calls.get(
                "data-usage-by-subscriber?startDate=2026-01-04T00:00:00%2B00:00"
                    + "&endDate=2026-01-05T00:00:00%2B00:00");
        assertThat(JsonObject.of(content(answer)).number("totalDataUsage"))
            .isEqualTo(included ? 3 : 1);
      }
    }
  }

  /** Sums objects of times by time, and returns the total. */
  private static long add(JsonObject objects, Map<String, Long> byTime) {
    return objects.names().stream().mapToLong(name -> addTimes(objects.object(name), byTime)).sum();
  }

  private static long addTimes(JsonObject times, Map<String, Long> byTime) {
    long sum = 0;
    for (String time : times.names()) {
      long count = Long.parseLong(times.text(time));
      byTime.merge(time, count, Long::sum);
      sum += count;
    }
    return sum;
  }

  @Test
  void hasUsageOnTheDaysItIsToldOnly() throws Exception {
    IotxSimulator simulator =
        January.of(IotxSimulator.builder())
            .subscribers(50)
            .days(LocalDate.of(2026, 1, 5), LocalDate.of(2026, 1, 6))
            .build();
    try (IotxCalls calls = new IotxCalls(simulator)) {
      assertThat(JsonObject.of(content(calls.company("session-count"))).names())
          .isNotEmpty()
          .allMatch(time -> time.matches("2026-01-0[56]T[0-9]{2}:00:00\\+00:00"));
    }
  }

  @Test
  void hasARunaway() throws Exception {
    IotxSimulator simulator = January.of(IotxSimulator.builder()).subscribers(100).build();
    try (IotxCalls calls = new IotxCalls(simulator)) {
      long runaways = 0;
      for (IotxSubscriber subscriber : simulator.subscribers()) {
        Map<String, Long> byTime = new HashMap<>();
        long sum =
            add(
                calls
                    .subscriber("data-usage", subscriber.physicalId())
                    .object()
                    .objects("content")
                    .get(0),
                byTime);
        long lastDay =
            byTime.entrySet().stream()
                .filter(bucket -> bucket.getKey().startsWith("2026-01-30"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        runaways += 2 * lastDay > sum ? 1 : 0;
      }
      assertThat(runaways).isEqualTo(1);
    }
  }

  @Test
  void refusesNamesThatAreTaken() {
    IotxSubscriber subscriber = new IotxSubscriber("1", "2");
    IotxSubscriber made = January.of(IotxSimulator.builder()).build().subscribers().get(0);
    for (IotxSubscriber taken :
        new IotxSubscriber[] {
          new IotxSubscriber("1", "3"),
          new IotxSubscriber("3", "2"),
          new IotxSubscriber("3", made.msisdn()),
          new IotxSubscriber(made.physicalId(), "3")
        }) {
      IotxSimulator.Builder builder =
          January.of(IotxSimulator.builder()).subscriber(subscriber).subscriber(taken);
      assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    IotxSimulator.Builder builder = January.of(IotxSimulator.builder());
    LocalDate day = LocalDate.of(2026, 1, 1);

    assertThatThrownBy(() -> builder.subscribers(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.subscribers(1_000_001))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.days(day, day.minusDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.token(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IotxSubscriber("", "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IotxUsage.of(day.atStartOfDay().toInstant(ZoneOffset.UTC), -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
