package io.simtally.fleet.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.DailyUsage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a sync does with responses that remove stored usage. Days are settled after three days. */
@Timeout(120)
class LossesTest {
  @TempDir private Path directory;

  private final ModelSource source = new ModelSource("eu", false);
  private UsageStore store;

  @BeforeEach
  void open() {
    store = UsageStore.open(directory.resolve("store.duckdb").toString(), Map.of());
    for (int device = 0; device < 6; device++) {
      for (int day = 1; day <= 28; day++) {
        source.set("device-" + device, day(day), device == 5 ? 0 : 100);
      }
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void holdsBackAnEmptyResponseOfADeviceWithUsage() {
    assertThat(sync(1, 4, 5).isComplete()).isTrue();
    source.empty.add("device-0");

    var result = sync(1, 5, 6);

    assertThat(result.isComplete()).isFalse();
    assertThat(result.carriers().get(0).held()).isEqualTo(1);
    assertThat(usage("device-0")).containsExactly("1 100", "2 100", "3 100", "4 100");
    assertThat(usage("device-1")).hasSize(5);
    assertThat(failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo("HELD");
              assertThat(failure.subject()).isEqualTo("device-0");
              assertThat(failure.days())
                  .isEqualTo(days(1, 5).overlap(failure.days()).orElseThrow());
              assertThat(failure.message())
                  .startsWith("held back: the store has ")
                  .contains(" bytes from 2026-03-0", ", the response has none; ")
                  .endsWith("simtally sync --accept-losses writes the response");
            });
    assertThat(corrections()).isEmpty();
    assertThat(known("device-0", 5)).as("the new day is not a false zero").isFalse();
  }

  @Test
  void readsAHeldDayAgainAndEndsTheFailureWhenTheUsageIsBack() {
    sync(3, 4, 5);
    source.empty.add("device-0");
    sync(3, 5, 6);
    assertThat(failures()).extracting(Failure::days).containsExactly(days(3, 5));
    source.empty.clear();

    assertThat(sync(3, 6, 7).isComplete()).isTrue();
    assertThat(failures()).isEmpty();
    assertThat(usage("device-0")).hasSize(4);
    assertThat(corrections()).isEmpty();
  }

  @Test
  void asksNoMoreForAHeldDayThatIsSettledAndKeepsItListed() {
    sync(1, 4, 5);
    source.empty.add("device-0");
    for (int today = 6; today <= 12; today++) {
      sync(1, today - 1, today);
    }
    source.asked.clear();

    var result = sync(1, 12, 13);

    assertThat(result.isComplete()).as("no held day fails the run").isTrue();
    assertThat(source.asked).noneMatch(each -> each.startsWith("device-0 2026-03-01"));
    assertThat(usage("device-0")).containsExactly("1 100", "2 100", "3 100", "4 100");
    assertThat(failures()).isNotEmpty().allMatch(each -> each.kind().equals(Failure.HELD));
    assertThat(known("device-0", 5)).as("read as empty while usage was held").isFalse();
  }

  @Test
  void writesTheUsageOfAForgottenLineFromItsFirstDayOn() {
    sync(1, 4, 5);
    // The history of the line ends on the fifth, and a new one begins on the seventh.
    for (int day = 1; day <= 6; day++) {
      source.set("device-0", day(day), 0);
    }

    assertThat(sync(1, 7, 8).isComplete()).isFalse();
    assertThat(usage("device-0")).containsExactly("1 100", "2 100", "3 100", "4 100", "7 100");
    assertThat(known("device-0", 6)).isFalse();
    assertThat(corrections()).isEmpty();
  }

  @Test
  void acceptsTheLossesOfADeviceOrOfAll() {
    sync(1, 4, 5);
    source.empty.addAll(List.of("device-0", "device-1"));
    sync(1, 5, 6);
    assertThat(failures()).hasSize(2);
    for (int today = 9; today <= 12; today++) {
      sync(1, 5, today);
    }

    // The settling time of the held days is over.
    var one = at(5, 20).days(days(1, 5)).acceptLosses(List.of("device-0")).run(List.of(source));
    assertThat(one.isComplete()).isTrue();
    assertThat(failures()).extracting(Failure::subject).containsOnly("device-1");
    var lost = usage("device-0");
    assertThat(at(5, 21).days(days(1, 5)).acceptLosses().run(List.of(source)).isComplete())
        .isTrue();
    assertThat(failures()).isEmpty();
    assertThat(usage("device-1")).isEqualTo(lost);
    assertThat(corrections())
        .hasSize(2 * (4 - lost.size()))
        .allMatch(each -> each.endsWith(" 100 0"));
    assertThat(known("device-0", 5)).isTrue();
  }

  @Test
  void neverHoldsIdleDevicesAndSmallCorrections() {
    sync(1, 4, 5);
    source.set("device-0", day(4), 60);
    source.set("device-1", day(4), 0);

    assertThat(sync(1, 5, 6).isComplete()).isTrue();
    assertThat(corrections()).containsExactly("device-0 4 100 60", "device-1 4 100 0");
    assertThat(usage("device-5")).isEmpty();
    assertThat(known("device-5", 5)).isTrue();
  }

  @Test
  void holdsBackADayThatMostDevicesLoseAndWritesTheirOtherDays() {
    sync(1, 4, 5);
    for (int device = 0; device < 3; device++) {
      source.set("device-" + device, day(3), 0);
    }
    source.set("device-0", day(4), 90);

    var result = sync(1, 5, 6);

    assertThat(result.isComplete()).isFalse();
    assertThat(usage("device-0")).containsExactly("1 100", "2 100", "3 100", "4 90", "5 100");
    assertThat(corrections()).containsExactly("device-0 4 100 90");
    assertThat(failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.subject()).isEqualTo(UsageStore.ACCOUNT);
              assertThat(failure.days()).isEqualTo(DayRange.of(day(3)));
              assertThat(failure.message())
                  .startsWith(
                      "held back: on 2026-03-03 the store has 500 bytes of 5 devices, the responses"
                          + " lower them by 300 bytes and leave 3 devices without usage");
            });

    assertThat(sync(1, 6, 7).isComplete()).isFalse();
    assertThat(sync(1, 7, 8).isComplete()).as("settled").isTrue();
    assertThat(failures()).hasSize(1);
    source.asked.clear();
    assertThat(sync(3, 3, 9).isComplete()).isTrue();
    assertThat(source.asked).isEmpty();
    assertThat(usage("device-0")).contains("3 100");
    assertThat(failures()).as("stays listed").hasSize(1);

    assertThat(at(3, 9).days(days(3, 3)).acceptLosses().run(List.of(source)).isComplete()).isTrue();
    assertThat(failures()).isEmpty();
    assertThat(usage("device-0")).doesNotContain("3 100");
  }

  @Test
  void writesNoLossBeforeAllDevicesHaveBeenRead() {
    sync(1, 4, 5);
    for (int device = 0; device < 5; device++) {
      source.set("device-" + device, day(3), 0);
    }
    var stopped =
        at(5, 6)
            .days(days(1, 5))
            .concurrency(1)
            .stopWhen(() -> source.asked.stream().filter(each -> each.endsWith("05")).count() >= 2)
            .run(List.of(source));

    assertThat(stopped.isComplete()).isFalse();
    assertThat(corrections()).isEmpty();
    assertThat(sync(1, 5, 6).isComplete()).isFalse();
    assertThat(corrections()).isEmpty();
    assertThat(usage("device-0")).contains("3 100");
  }

  @Test
  void holdsBackADayOfAWholeAccountThatLosesMoreThanHalf() {
    var whole = new ModelSource("whole", true);
    IntStream.range(0, 5).forEach(device -> source.bytes.forEach(whole.bytes::put));
    at(4, 5).days(days(1, 4)).run(List.of(whole));
    whole.empty.addAll(List.of("device-0", "device-1"));
    assertThat(at(5, 6).days(days(1, 4)).run(List.of(whole)).isComplete())
        .as("less than half")
        .isTrue();
    assertThat(corrections()).isNotEmpty().allMatch(each -> each.endsWith(" 100 0"));
    var before = corrections();

    whole.empty.addAll(List.of("device-2", "device-3"));
    var result = at(5, 6).days(days(1, 5)).run(List.of(whole));

    assertThat(result.isComplete()).isFalse();
    assertThat(corrections()).isEqualTo(before);
    assertThat(failures())
        .extracting(Failure::subject, Failure::kind)
        .containsOnly(tuple("*", "HELD"));
    assertThat(failures().get(0).message())
        .contains("the store has 300 bytes of 3 devices, the response has 100 bytes of 1 device");

    whole.empty.clear();
    whole.empty.addAll(whole.bytes.keySet());
    at(6, 6).days(days(1, 5)).run(List.of(whole));
    assertThat(known("*", 5)).isTrue();
    for (int today = 7; today <= 12; today++) {
      at(6, today).days(days(1, 5)).run(List.of(whole));
    }
    assertThat(at(6, 13).days(days(1, 5)).run(List.of(whole)).isComplete()).isTrue();
    assertThat(failures()).isNotEmpty();
    assertThat(corrections()).isEqualTo(before);
  }

  private SyncResult sync(int from, int to, int today) {
    return at(to, today).days(days(from, to)).run(List.of(source));
  }

  private Sync at(int to, int today) {
    var now = day(today).atTime(6, 0).toInstant(ZoneOffset.UTC);
    return Sync.into(store).days(days(1, to)).clock(Clock.fixed(now, ZoneOffset.UTC));
  }

  private static LocalDate day(int day) {
    return LocalDate.of(2026, 3, day);
  }

  private static DayRange days(int from, int to) {
    return DayRange.of(day(from), day(to));
  }

  private List<String> usage(String device) {
    try (var rows = store.dailyUsage(UsageQuery.all().subject(device))) {
      return rows.map(each -> each.day().getDayOfMonth() + " " + bytes(each)).toList();
    }
  }

  private static long bytes(DailyUsage usage) {
    return usage.totalBytes();
  }

  private boolean known(String subject, int day) {
    var query = UsageQuery.days(days(day, day)).subject(subject);
    try (var now = store.coverage(query);
        var asOf = store.coverage(query.asOf(Instant.parse("2027-01-01T00:00:00Z")))) {
      var isKnown = now.findAny().isPresent();
      assertThat(asOf.findAny().isPresent()).isEqualTo(isKnown);
      return isKnown;
    }
  }

  private List<Failure> failures() {
    try (var rows = store.failures(UsageQuery.all())) {
      return rows.toList();
    }
  }

  private List<String> corrections() {
    try (var rows = store.corrections(UsageQuery.all())) {
      return rows.map(
              each ->
                  "%s %s %s %s"
                      .formatted(
                          each.subject(),
                          each.day().getDayOfMonth(),
                          each.beforeBytes(),
                          each.afterBytes()))
          .toList();
    }
  }
}
