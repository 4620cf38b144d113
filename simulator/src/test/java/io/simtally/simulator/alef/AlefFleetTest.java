package io.simtally.simulator.alef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.Answer;
import io.simtally.simulator.January;
import io.simtally.simulator.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AlefFleetTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-01-31T00:00:00Z");

  @Test
  void theSameSeedGivesTheSameBytesInWhateverOrderTheyAreAskedFor() throws IOException {
    List<String> forwards = bodies(fleet(20, 7), fleet(20, 7).subscribers());
    List<AlefSubscriber> reversed = new ArrayList<>(fleet(20, 7).subscribers());
    Collections.reverse(reversed);
    List<String> backwards = bodies(fleet(20, 7), reversed);
    Collections.reverse(backwards);

    assertThat(backwards).isEqualTo(forwards);
  }

  @Test
  void anotherSeedGivesOtherSubscribersAndOtherUsage() {
    AlefSimulator one = fleet(20, 7);
    AlefSimulator two = fleet(20, 8);

    assertThat(two.subscribers()).doesNotContainAnyElementsOf(one.subscribers());
    assertThat(histories(two)).doesNotContainAnyElementsOf(histories(one));
  }

  @Test
  void aLargerFleetBeginsWithTheSmaller() {
    AlefSimulator small = fleet(10, 7);
    AlefSimulator large = fleet(100, 7);

    assertThat(large.subscribers().subList(0, 10)).isEqualTo(small.subscribers());
    assertThat(histories(large).subList(0, 10)).isEqualTo(histories(small));
  }

  @Test
  void theIdentifiersOfALargeFleetAreDistinctAndFindTheirSubscriber() {
    AlefSimulator simulator = fleet(10_000, 7);
    Set<String> seen = new HashSet<>();
    Set<String> sites = new HashSet<>();
    for (AlefSubscriber subscriber : simulator.subscribers()) {
      // The forms of the page's samples: 8020010012345, 310550000010232, 62c408aaadd8f757bf412345.
      assertThat(subscriber.msisdn()).matches("802[0-9]{10}");
      assertThat(subscriber.imsi()).matches("31055[0-9]{10}");
      assertThat(subscriber.siteId()).matches("[0-9a-f]{24}");
      assertThat(seen.add(subscriber.msisdn())).isTrue();
      assertThat(seen.add(subscriber.imsi())).isTrue();
      sites.add(subscriber.siteId());
    }
    assertThat(sites).hasSize(10_000 / 25);
  }

  @Test
  void theSubscriberAfterTheLastUsesNothing() {
    AlefSubscriber eleventh = fleet(11, 7).subscribers().get(10);

    assertThat(fleet(11, 7).usage(eleventh, START, END)).isNotEmpty();
    assertThat(fleet(10, 7).usage(eleventh, START, END)).isEmpty();
  }

  @Test
  void usesSomethingOnTheDaysAskedForOnly() {
    AlefSimulator simulator =
        January.of(AlefSimulator.builder())
            .subscribers(20)
            .days(LocalDate.of(2026, 2, 2), LocalDate.of(2026, 2, 3))
            .build();

    assertThat(histories(simulator, Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z")))
        .allSatisfy(
            history ->
                assertThat(history)
                    .extracting(AlefUsage::end)
                    .allSatisfy(
                        end ->
                            assertThat(end)
                                .isBetween(
                                    Instant.parse("2026-02-02T00:05:00Z"),
                                    Instant.parse("2026-02-04T00:00:00Z"))))
        .anySatisfy(history -> assertThat(history).hasSizeGreaterThan(24));
  }

  @Test
  void theReportOfAnAccountIsTheSumOfItsSubscribers() throws IOException {
    AlefSimulator simulator = fleet(30, 7);
    BigDecimal uplink = BigDecimal.ZERO;
    for (List<AlefUsage> history : histories(simulator)) {
      for (AlefUsage usage : history) {
        uplink = uplink.add(usage.uplinkBytes());
      }
    }
    try (AlefCalls calls = new AlefCalls(simulator)) {
      String account =
          """
          'dimension_filter_clauses':[{'filters':[
            {'dimension_name':'account_id','operator':'EXACT','expressions':['%s']}]}]
          """
              .formatted(simulator.accountId());
      Answer answer =
          calls.report(
              """
              {'start_date_time':'2026-01-01T00:00:00+00:00','granularity':'DAY',
               'end_date_time':'2026-01-31T00:00:00+00:00',%s,
               'metrics':[{'name':'uplink_bytes','aggregation_type':'COUNT'}]}
              """
                  .formatted(account));

      List<JsonObject> points = AlefReportTest.lists(answer.object()).get(0);
      assertThat(points).hasSize(30);
      assertThat(
              points.stream()
                  .map(point -> new BigDecimal(String.valueOf(point.value("value"))))
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(uplink);
    }
  }

  @Test
  void aFleetHasSilentDaysFractionsAndOneRunawayInAHundred() {
    List<List<AlefUsage>> histories = histories(fleet(200, 7));

    assertThat(histories).anySatisfy(history -> assertThat(days(history)).isLessThan(30));
    assertThat(histories).allSatisfy(history -> assertThat(days(history)).isGreaterThan(15));
    assertThat(histories.get(0)).anyMatch(usage -> usage.uplinkBytes().scale() > 0);
    assertThat(histories).filteredOn(AlefFleetTest::runsAway).hasSize(2);
  }

  @Test
  void refusesUsageThatCannotBe() {
    Instant end = START;
    assertThatThrownBy(() -> AlefUsage.of(end.plusSeconds(1), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("end");
    assertThatThrownBy(() -> AlefUsage.of(end, -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("uplinkBytes");
    assertThatThrownBy(
            () -> new AlefUsage(end, BigDecimal.ONE, new BigDecimal("0.0001"), AlefUsage.LENGTH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("downlinkBytes");
    assertThatThrownBy(
            () -> new AlefUsage(end, BigDecimal.ONE, BigDecimal.ONE, Duration.ofMinutes(6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("used");
    AlefSubscriber subscriber = new AlefSubscriber("1", "2", "site");
    assertThatThrownBy(
            () ->
                January.of(AlefSimulator.builder())
                    .subscriber(subscriber, AlefUsage.of(end, 1, 1), AlefUsage.of(end, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                January.of(AlefSimulator.builder())
                    .subscriber(subscriber)
                    .subscriber(new AlefSubscriber("3", "2", "site"))
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2");
    assertThatThrownBy(() -> new AlefSubscriber("+1", "2", "site"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("msisdn");
  }

  private static boolean runsAway(List<AlefUsage> history) {
    Instant lastDay = END.minus(Duration.ofDays(1));
    long onTheLast = bytes(history.stream().filter(usage -> usage.end().isAfter(lastDay)).toList());
    return onTheLast > bytes(history) / 2;
  }

  private static long bytes(List<AlefUsage> history) {
    return history.stream()
        .mapToLong(usage -> usage.uplinkBytes().add(usage.downlinkBytes()).longValue())
        .sum();
  }

  private static long days(List<AlefUsage> history) {
    return history.stream()
        .map(usage -> usage.end().minusSeconds(1).getEpochSecond() / 86_400)
        .distinct()
        .count();
  }

  private static AlefSimulator fleet(int subscribers, long seed) {
    return January.of(AlefSimulator.builder()).subscribers(subscribers).seed(seed).build();
  }

  private static List<List<AlefUsage>> histories(AlefSimulator simulator) {
    return histories(simulator, START, END);
  }

  private static List<List<AlefUsage>> histories(
      AlefSimulator simulator, Instant after, Instant until) {
    return simulator.subscribers().stream()
        .map(subscriber -> simulator.usage(subscriber, after, until))
        .toList();
  }

  private static List<String> bodies(AlefSimulator simulator, List<AlefSubscriber> subscribers)
      throws IOException {
    List<String> bodies = new ArrayList<>();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      for (AlefSubscriber subscriber : subscribers) {
        bodies.add(calls.bytes(subscriber).body());
      }
    }
    return bodies;
  }
}
