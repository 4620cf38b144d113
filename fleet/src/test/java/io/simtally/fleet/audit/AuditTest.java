package io.simtally.fleet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class AuditTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final int RUNS = 200;

  private final MadeSource source = new MadeSource("made", "one", false);
  private final MadeSource account = new MadeSource("whole", "two", true);

  @TempDir private Path directory;

  private @Nullable UsageStore store;

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }

  private static Clock clock(String now) {
    return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
  }

  private String location() {
    return directory.resolve("store.duckdb").toString();
  }

  private UsageStore store() {
    if (store == null) {
      store = UsageStore.openReadOnly(location(), Map.of());
    }
    return store;
  }

  private void sync(DayRange days, MadeSource... sources) {
    sync(days, clock("2026-06-01T06:00:00Z"), sources);
  }

  /** Reads days into the store. */
  private void sync(DayRange days, Clock now, MadeSource... sources) {
    try (var into = UsageStore.open(location(), Map.of())) {
      assertThat(Sync.into(into).days(days).clock(now).run(List.of(sources)).isComplete()).isTrue();
    }
    for (var each : sources) {
      each.asked.clear();
    }
  }

  private static AuditResult audit(Audit audit, MadeSource... sources) {
    for (var each : sources) {
      each.asked.clear();
    }
    return audit.run(List.of(sources));
  }

  private static DayRange days(int count) {
    return new DayRange(FIRST, FIRST.plusDays(count - 1L));
  }

  /** Gives each device usage on four of five days. */
  private static void fill(MadeSource made, String name, int devices, int days) {
    for (var device = 0; device < devices; device++) {
      made.add(name + "-" + device);
      for (var day : days(days).each()) {
        if ((device + day.getDayOfMonth()) % 5 != 0) {
          made.use(name + "-" + device, day, 1_000L + device);
        }
      }
    }
  }

  @Test
  void findsADriftOfOnePercentInAtLeast99Of100Runs() throws IOException {
    fill(source, "device", 80, 100);
    fill(account, "line", 20, 100);
    sync(days(100), source, account);
    var before = Files.readAllBytes(Path.of(location()));

    var found = 0;
    for (var seed = 0; seed < RUNS; seed++) {
      var drifted = drift(seed);
      var result = audit(Audit.of(store()).seed(seed), source, account);
      assertThat(result.population()).isEqualTo(10_000);
      assertThat(result.compared()).isEqualTo(Audit.DEFAULT_SAMPLE);
      assertThat(result.failures()).isEmpty();
      for (var each : result.differences()) {
        assertThat(each.carrierBytes() - each.storedBytes())
            .isEqualTo(drifted.get(List.of(each.subject(), each.day())));
      }
      found += result.differences().isEmpty() ? 0 : 1;
      drifted.forEach((day, bytes) -> add((String) day.get(0), (LocalDate) day.get(1), -bytes));
    }

    assertThat(found).isBetween(RUNS * 99 / 100, RUNS);
    close();
    assertThat(Files.readAllBytes(Path.of(location()))).as("nothing is written").isEqualTo(before);
  }

  /** Changes 1 % of 10,000 device-days at the carriers, days without usage included. */
  private Map<List<Object>, Long> drift(long seed) {
    var random = new Random(seed + 1_000_000);
    var changes = new HashMap<List<Object>, Long>();
    while (changes.size() < 100) {
      var index = random.nextInt(100);
      var device = index < 80 ? "device-" + index : "line-" + (index - 80);
      var day = FIRST.plusDays(random.nextInt(100));
      var bytes = 1L + random.nextInt(1_000);
      if (changes.putIfAbsent(List.of(device, day), bytes) == null) {
        add(device, day, bytes);
      }
    }
    return changes;
  }

  private void add(String device, LocalDate day, long bytes) {
    var made = device.startsWith("line") ? account : source;
    Objects.requireNonNull(made.truth.get(device)).merge(day, bytes, Long::sum);
  }

  @Test
  void choosesEachSettledDeviceDayWithTheSameChance() {
    fill(source, "device", 3, 5);
    fill(account, "line", 4, 5);
    sync(days(5), source, account);
    source.use("late", FIRST.plusDays(5), 7);
    sync(new DayRange(FIRST.plusDays(5), FIRST.plusDays(9)), source);
    // With another figure on each day, the differences are the sample.
    for (var made : List.of(source, account)) {
      for (var byDay : made.truth.values()) {
        days(10).each().forEach(day -> byDay.merge(day, 1L, Long::sum));
      }
    }

    var chosen = new HashMap<List<Object>, Integer>();
    for (var seed = 0; seed < 400; seed++) {
      var result = audit(Audit.of(store()).sample(20).seed(seed), source, account);
      assertThat(result.differences()).hasSize(20).doesNotHaveDuplicates();
      result
          .differences()
          .forEach(each -> chosen.merge(List.of(each.subject(), each.day()), 1, Integer::sum));
    }

    // Three devices with ten days, one with five, four lines with five days of the account.
    assertThat(chosen).hasSize(55);
    // 400 * 20 / 55, and five standard deviations of 9.6.
    assertThat(chosen.values()).allSatisfy(count -> assertThat(count).isCloseTo(145, within(48)));
  }

  @Test
  void theSeedDecidesTheSample() {
    fill(source, "device", 10, 30);
    sync(days(30), source);
    source.truth.values().forEach(each -> days(30).each().forEach(day -> each.put(day, 1L)));

    var one = audit(Audit.of(store()).sample(40).seed(7), source);
    var same = audit(Audit.of(store()).sample(40).seed(7), source);
    var other = audit(Audit.of(store()).sample(40).seed(8), source);
    var random = audit(Audit.of(store()).sample(40), source);

    assertThat(one).isEqualTo(same);
    assertThat(other.differences()).isNotEqualTo(one.differences());
    assertThat(audit(Audit.of(store()).sample(40).seed(random.seed()), source)).isEqualTo(random);
  }

  @Test
  void comparesEachDayOfASmallStoreOnceWithOneRequestPerDevice() {
    fill(source, "device", 4, 10);
    sync(days(10), source);

    var result = audit(Audit.of(store()).sample(1_000_000), source);

    assertThat(result.population()).isEqualTo(40);
    assertThat(result.compared()).isEqualTo(40);
    assertThat(result.isClean()).isTrue();
    assertThat(source.asked)
        .containsExactlyInAnyOrder(
            "device-0 " + days(10),
            "device-1 " + days(10),
            "device-2 " + days(10),
            "device-3 " + days(10));
  }

  @Test
  void readsADayOfAnAccountOnceForAllItsDevices() {
    account.daysAtOnce = 1;
    fill(account, "line", 50, 4);
    sync(days(4), account);
    account.use("line-7", FIRST.plusDays(1), 5);

    var result = audit(Audit.of(store()).sample(150), account);

    assertThat(result.compared()).isEqualTo(150);
    assertThat(account.asked).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void findsUsageThatAWholeAccountHadNotReported() {
    sync(days(3), account);
    account.use("line-0", FIRST.plusDays(1), 5);

    var result = audit(Audit.of(store()), account);

    assertThat(result.differences())
        .containsExactly(
            new AuditDifference("whole", "two", UsageStore.ACCOUNT, FIRST.plusDays(1), 0, 5));
    assertThat(result.compared()).isEqualTo(3);
  }

  @Test
  void namesTheFigureOfTheStoreAndThatOfTheCarrier() {
    source.use("device-0", FIRST, 1_000);
    source.use("device-0", FIRST.plusDays(1), 2_000);
    sync(days(3), source);
    source.use("device-0", FIRST, 1_500);
    source.truth.get("device-0").remove(FIRST.plusDays(1));
    source.use("device-0", FIRST.plusDays(2), 3);

    var result = audit(Audit.of(store()), source);

    assertThat(result.differences())
        .containsExactly(
            new AuditDifference("made", "one", "device-0", FIRST, 1_000, 1_500),
            new AuditDifference("made", "one", "device-0", FIRST.plusDays(1), 2_000, 0),
            new AuditDifference("made", "one", "device-0", FIRST.plusDays(2), 0, 3));
    assertThat(result.isClean()).isFalse();
    assertThat(result.drift().orElseThrow().share()).isEqualTo(1);
  }

  @Test
  void countsFailuresNeitherAsEqualNorAsDifferent() {
    fill(source, "device", 4, 10);
    sync(days(10), source);
    source.failing.add("device-1");
    source.unlisted.add("device-2");
    source.use("device-3", FIRST, 77);

    var result = audit(Audit.of(store()), source);

    assertThat(result.sampled()).isEqualTo(40);
    assertThat(result.compared()).isEqualTo(20);
    assertThat(result.failures()).hasSize(20);
    assertThat(result.failures())
        .filteredOn(each -> each.subject().equals("device-1"))
        .hasSize(10)
        .allMatch(each -> each.kind().equals("NOT_FOUND"))
        .allMatch(each -> each.message().contains("no such device"));
    assertThat(result.failures())
        .filteredOn(each -> each.subject().equals("device-2"))
        .hasSize(10)
        .allMatch(each -> each.kind().equals(AuditFailure.NOT_LISTED));
    assertThat(result.drift().orElseThrow().share()).isEqualTo(0.05);
    assertThat(result.isClean()).isFalse();
  }

  @Test
  void aSourceThatFailsLeavesTheOthersAlone() {
    fill(source, "device", 2, 5);
    fill(account, "line", 2, 5);
    sync(days(5), source, account);
    source.listFailure = new IllegalStateException("no list");

    var result = audit(Audit.of(store()), source, account);

    assertThat(result.accounts().get(0).compared()).isZero();
    assertThat(result.accounts().get(0).failures())
        .hasSize(10)
        .allMatch(each -> each.message().equals("no list"));
    assertThat(result.accounts().get(1).compared()).isEqualTo(10);
  }

  @Test
  void leavesOutDaysThatAreNotSettledOrNoLongerKept() {
    fill(source, "device", 1, 20);
    // Three days after its end, the tenth day is the last one that is settled.
    sync(days(12), clock("2026-01-14T06:00:00Z"), source);
    source.oldest = FIRST.plusDays(4);
    source.truth.values().forEach(each -> days(20).each().forEach(day -> each.put(day, 1L)));

    var result = audit(Audit.of(store()), source);
    var some = audit(Audit.of(store()).days(days(6)), source);
    var later = audit(Audit.of(store()).settleAfterDays(5), source);

    assertThat(result.differences())
        .extracting(AuditDifference::day)
        .containsExactlyElementsOf(new DayRange(FIRST.plusDays(4), FIRST.plusDays(9)).each());
    assertThat(some.differences()).hasSize(2);
    assertThat(later.differences()).hasSize(4);
  }

  @Test
  void comparesNothingInAStoreWithoutSettledDays() {
    fill(source, "device", 1, 2);
    sync(days(2), clock("2026-01-03T06:00:00Z"), source);

    var result = audit(Audit.of(store()), source);

    assertThat(result.compared()).isZero();
    assertThat(result.drift()).isEmpty();
    assertThat(result.isClean()).isFalse();
    assertThat(source.asked).isEmpty();
  }

  @Test
  void refusesAStoreOfTheOtherOrigin() {
    fill(source, "device", 1, 2);
    sync(days(2), source);

    assertThatThrownBy(() -> Audit.of(store()).simulated().run(List.of(source)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("holds real figures");
    assertThat(source.asked).isEmpty();
  }

  @Test
  void refusesASampleThatIsNotPositive() {
    sync(days(1), source);

    assertThatThrownBy(() -> Audit.of(store()).sample(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sample");
  }

  /** The expected intervals are published examples of the method, and 1 - 0.025^(1/n). */
  @ParameterizedTest
  @CsvSource({
    "0, 459, 0, 0.00800",
    "0, 30, 0, 0.11570",
    "1, 10, 0.00253, 0.44502",
    "5, 100, 0.01643, 0.11283",
    "10, 10, 0.69150, 1",
    "20, 40, 0.33802, 0.66198"
  })
  void theIntervalIsThatOfClopperAndPearson(int differing, int compared, double low, double high) {
    fill(source, "device", 1, compared);
    sync(days(compared), clock("2028-01-01T00:00:00Z"), source);
    for (var day = 0; day < differing; day++) {
      source.use("device-0", FIRST.plusDays(day), 9);
    }

    var drift = audit(Audit.of(store()), source).drift().orElseThrow();

    assertThat(drift.share()).isCloseTo((double) differing / compared, within(1e-12));
    assertThat(drift.low()).isCloseTo(low, within(1e-5));
    assertThat(drift.high()).isCloseTo(high, within(1e-5));
  }

  @Test
  void theDefaultSampleFindsOnePercentWith99PercentWhileAQuarterOfItFails() {
    fill(source, "device", 1, 459);
    sync(days(459), clock("2028-01-01T00:00:00Z"), source);

    var result = audit(Audit.of(store()), source);

    assertThat(result.compared()).isEqualTo(459);
    assertThat(result.chanceToFind(0.01)).isBetween(0.99, 0.9902);
    assertThat(Audit.DEFAULT_SAMPLE).isGreaterThan(459 * 5 / 4);
  }
}
