package io.simtally.fleet.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.squareup.moshi.Moshi;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.account.BillingCycle;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What alerts do on each database. */
abstract class AlertsContract {
  private static final String MASON = "mason-usage";
  private static final String M2M = "thingspace-m2m";
  private static final String HYPER = "thingspace-hyperprecise";
  private static final String ALEF = "alef-connectivity";
  private static final String EU = "mason-eu";
  private static final long MB = 1_000_000;

  /** The cycle of {@link #EU} runs from the 5th of March to the 4th of April. */
  private static final LocalDate TODAY = LocalDate.parse("2026-03-20");

  private static final AlertRule DAY = new AlertRule.DeviceDay("day", null, 500 * MB);
  private static final AlertRule CYCLE = new AlertRule.DeviceCycle("cycle", null, 800 * MB);
  private static final AlertRule RUNAWAY =
      new AlertRule.RunawayDevice("runaway", null, 10, 10 * MB);
  private static final AlertRule IDLE = new AlertRule.Idle("idle", null, 7);

  private UsageStore store;

  record TestAccount(String name, BillingCycle billing, OptionalLong poolBytes)
      implements AlertAccount {
    @Override
    public DayRange cycle(LocalDate day) {
      return billing.containing(day);
    }
  }

  abstract String location();

  @BeforeEach
  void open() {
    store = UsageStore.open(location(), Map.of());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void reportsTheFirstDayOfACycleThatReachesTheThresholdOnce() {
    read("a", "2026-03-01", "2026-03-19", Map.of("2026-03-08", 500 * MB, "2026-03-09", 700 * MB));
    read("b", "2026-03-01", "2026-03-19", Map.of("2026-03-08", 500 * MB - 1));

    var events = run(TODAY, DAY);

    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.subject()).isEqualTo("a");
              assertThat(event.type()).isEqualTo("device-day");
              assertThat(event.account()).isEqualTo(EU);
              assertThat(event.provider()).isEqualTo(MASON);
              assertThat(event.cycle()).isEqualTo(days("2026-03-05", "2026-04-04"));
              assertThat(event.days()).isEqualTo(days("2026-03-08", "2026-03-08"));
              assertThat(event.bytes()).isEqualTo(500 * MB);
              assertThat(event.limitBytes()).isEqualTo(500 * MB);
              assertThat(event.unknownDays()).isZero();
              assertThat(event.noticedAt()).isEqualTo(at(TODAY).instant());
            });
    assertThat(run(TODAY, DAY)).isEmpty();
    assertThat(run(TODAY.plusDays(1), DAY)).isEmpty();
  }

  @Test
  void reportsTheSameDeviceAgainInTheNextCycle() {
    read("a", "2026-03-01", "2026-03-19", Map.of("2026-03-02", 600 * MB, "2026-03-06", 600 * MB));

    assertThat(run(TODAY, DAY))
        .extracting(event -> event.cycle().from(), event -> event.days().from())
        .containsExactlyInAnyOrder(
            tuple(LocalDate.parse("2026-02-05"), LocalDate.parse("2026-03-02")),
            tuple(LocalDate.parse("2026-03-05"), LocalDate.parse("2026-03-06")));
  }

  @Test
  void addsUpTheRecordsOfADay() {
    var start = LocalDate.parse("2026-03-10").atStartOfDay(ZoneOffset.UTC).toInstant();
    var records =
        List.of(
            new UsageRecord(MASON, "a", start, Duration.ofHours(12), 300 * MB, null, null, null),
            new UsageRecord(
                MASON,
                "a",
                start.plus(Duration.ofHours(12)),
                Duration.ofHours(12),
                200 * MB,
                null,
                null,
                null));
    write(new Reading(MASON, EU, "a", days("2026-03-10", "2026-03-10"), now(), records));

    assertThat(run(TODAY, DAY)).extracting(AlertEvent::bytes).containsExactly(500 * MB);
  }

  @Test
  void countsTheUnknownDaysOfADeviceInItsCycle() {
    read("a", "2026-03-07", "2026-03-09", Map.of("2026-03-08", 900 * MB));
    read("a", "2026-03-12", "2026-03-15", Map.of());

    assertThat(run(TODAY, CYCLE))
        .extracting(AlertEvent::bytes, AlertEvent::limitBytes, AlertEvent::unknownDays)
        // 15 days from the 5th to the 19th, 7 of them read.
        .containsExactly(tuple(900 * MB, 800 * MB, 8L));
  }

  @Test
  void judgesARunawayByItsOwnHistory() {
    var usual = new TreeMap<String, Long>();
    for (var day = LocalDate.parse("2026-02-25"); day.isBefore(TODAY); day = day.plusDays(1)) {
      usual.put(day.toString(), 2 * MB);
    }
    var burst = new TreeMap<>(usual);
    burst.put("2026-02-27", 400 * MB);
    burst.put("2026-03-18", 21 * MB);
    var below = new TreeMap<>(usual);
    below.put("2026-03-18", 20 * MB - 1);
    read("burst", "2026-02-25", "2026-03-19", burst);
    read("below", "2026-02-25", "2026-03-19", below);
    read("new", "2026-03-16", "2026-03-19", Map.of("2026-03-16", MB, "2026-03-18", 900 * MB));

    assertThat(run(TODAY, RUNAWAY))
        .extracting(
            AlertEvent::subject,
            event -> event.days().from(),
            AlertEvent::bytes,
            AlertEvent::medianBytes)
        .containsExactlyInAnyOrder(
            tuple("burst", LocalDate.parse("2026-02-27"), 400 * MB, 2 * MB),
            tuple("burst", LocalDate.parse("2026-03-18"), 21 * MB, 2 * MB));
  }

  @Test
  void callsNoDeviceIdleWithoutCoverage() {
    read("idle", "2026-03-13", "2026-03-19", Map.of("2026-03-15", 0L));
    read("gap", "2026-03-13", "2026-03-15", Map.of());
    read("gap", "2026-03-17", "2026-03-19", Map.of());
    read("busy", "2026-03-13", "2026-03-19", Map.of("2026-03-13", 1L));
    read("late", "2026-03-14", "2026-03-19", Map.of());

    assertThat(run(TODAY, IDLE))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.subject()).isEqualTo("idle");
              assertThat(event.days()).isEqualTo(days("2026-03-13", "2026-03-19"));
              assertThat(event.bytes()).isZero();
            });
    assertThat(run(TODAY.plusDays(1), IDLE)).as("the 20th is unknown").isEmpty();
  }

  @Test
  void knowsTheIdleDevicesOfAnAccountThatIsReadAsAWhole() {
    write(
        new Reading(
            MASON,
            EU,
            UsageStore.ACCOUNT,
            days("2026-03-01", "2026-03-18"),
            now(),
            List.of(usage(MASON, "a", "2026-03-02", 5), usage(MASON, "b", "2026-03-17", 5))));
    assertThat(run(TODAY, IDLE)).as("the 19th is unknown").isEmpty();

    write(
        new Reading(
            MASON, EU, UsageStore.ACCOUNT, days("2026-03-19", "2026-03-19"), now(), List.of()));

    assertThat(run(TODAY, IDLE)).extracting(AlertEvent::subject).containsExactly("a");
  }

  @Test
  void seesNoDeviceInAnAccountWhoseReadingsNameNone() {
    write(
        new Reading(
            ALEF,
            EU,
            UsageStore.ACCOUNT,
            days("2026-03-01", "2026-03-19"),
            now(),
            List.of(usage(ALEF, "account-1", "2026-03-10", 9_000 * MB))));

    assertThat(run(TODAY, DAY, CYCLE, IDLE, RUNAWAY)).isEmpty();
    assertThat(runPool(10_000 * MB, TODAY, pool(90)))
        .extracting(AlertEvent::bytes, AlertEvent::unknownDays)
        .containsExactly(tuple(9_000 * MB, 0L));
  }

  @Test
  void countsADeviceOfTwoProvidersOnce() {
    for (var provider : List.of(M2M, HYPER)) {
      write(
          new Reading(
              provider,
              EU,
              "a",
              days("2026-03-05", "2026-03-19"),
              now(),
              List.of(usage(provider, "a", "2026-03-10", 600 * MB))));
    }
    write(
        new Reading(
            HYPER,
            EU,
            "b",
            days("2026-03-05", "2026-03-19"),
            now(),
            List.of(usage(HYPER, "b", "2026-03-10", 550 * MB))));

    assertThat(run(TODAY, DAY))
        .extracting(AlertEvent::provider, AlertEvent::subject)
        .containsExactlyInAnyOrder(tuple(M2M, "a"), tuple(HYPER, "b"));
    assertThat(runPool(1_000 * MB, TODAY, pool(100)))
        .extracting(AlertEvent::bytes)
        .containsExactly(1_150 * MB);
  }

  @Test
  void reportsEachShareOfAPoolOnce() {
    read("a", "2026-03-05", "2026-03-10", Map.of("2026-03-06", 799 * MB));
    assertThat(runPool(1_000 * MB, LocalDate.parse("2026-03-11"), pool(80, 100))).isEmpty();

    read("a", "2026-03-11", "2026-03-12", Map.of("2026-03-11", MB));
    assertThat(runPool(1_000 * MB, LocalDate.parse("2026-03-13"), pool(80, 100)))
        .extracting(
            AlertEvent::percent, AlertEvent::bytes, AlertEvent::limitBytes, AlertEvent::subject)
        .containsExactly(tuple(80, 800 * MB, 1_000 * MB, null));

    read("a", "2026-03-13", "2026-03-14", Map.of("2026-03-13", 200 * MB));
    assertThat(runPool(1_000 * MB, LocalDate.parse("2026-03-17"), pool(80, 100)))
        .extracting(AlertEvent::percent, AlertEvent::unknownDays)
        .containsExactly(tuple(100, 2L));
    assertThat(runPool(1_000 * MB, LocalDate.parse("2026-03-17"), pool(80, 100))).isEmpty();
  }

  @Test
  void addsALateCorrectionToThePoolOfTheCycleBefore() {
    read("a", "2026-02-05", "2026-03-04", Map.of("2026-03-04", 900 * MB));
    assertThat(runPool(1_000 * MB, LocalDate.parse("2026-03-06"), pool(100))).isEmpty();

    read("a", "2026-03-04", "2026-03-04", Map.of("2026-03-04", 1_000 * MB));

    assertThat(runPool(1_000 * MB, LocalDate.parse("2026-03-08"), pool(100)))
        .extracting(event -> event.cycle().from())
        .containsExactly(LocalDate.parse("2026-02-05"));
  }

  @Test
  void warnsOfAPoolThatWillBeExceeded() {
    var usage = new TreeMap<String, Long>();
    for (var day = LocalDate.parse("2026-02-10"); day.isBefore(TODAY); day = day.plusDays(1)) {
      usage.put(day.toString(), 10 * MB);
    }
    read("a", "2026-02-10", "2026-03-19", usage);
    var forecast = new AlertRule.Pool("forecast", null, List.of(), true);

    // 31 days of 10 MB.
    assertThat(runPool(311 * MB, TODAY, forecast)).isEmpty();
    assertThat(runPool(310 * MB, TODAY, forecast))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("pool-forecast");
              assertThat(event.bytes()).isEqualTo(150 * MB);
              assertThat(event.forecast()).isNotNull();
              assertThat(event.forecast().bytes()).isEqualTo(310 * MB);
            });
  }

  @Test
  void estimatesTheUnknownDaysOfAPoolInsteadOfTakingThemForZero() {
    var usage = new TreeMap<String, Long>();
    for (var day = LocalDate.parse("2026-02-10"); day.isBefore(TODAY); day = day.plusDays(1)) {
      usage.put(day.toString(), 10 * MB);
    }
    read("a", "2026-02-10", "2026-03-09", usage);
    read("a", "2026-03-13", "2026-03-19", usage);

    assertThat(runPool(310 * MB, TODAY, new AlertRule.Pool("forecast", null, List.of(), true)))
        .extracting(AlertEvent::bytes, AlertEvent::unknownDays, event -> event.forecast().bytes())
        .containsExactly(tuple(120 * MB, 3L, 310 * MB));
  }

  @Test
  void deliversAnEventAgainThatWasNotTaken() {
    read("a", "2026-03-01", "2026-03-19", Map.of("2026-03-08", 500 * MB));
    read("b", "2026-03-01", "2026-03-19", Map.of("2026-03-08", 500 * MB));
    var taken = new ArrayList<AlertEvent>();

    assertThatThrownBy(
            () ->
                alerts(TODAY, DAY)
                    .run(
                        store,
                        event -> {
                          taken.add(event);
                          throw new IllegalStateException("the pipe is closed");
                        }))
        .hasMessage("the pipe is closed");

    // Not reported any more, and delivered all the same.
    read("a", "2026-03-08", "2026-03-08", Map.of("2026-03-08", MB));
    var events = run(TODAY.plusDays(1), DAY);
    assertThat(events).hasSize(2).containsAll(taken);
    assertThat(run(TODAY, DAY)).isEmpty();
  }

  @Test
  void writesAnEventAsJson() throws IOException {
    read("a", "2026-03-08", "2026-03-08", Map.of("2026-03-08", 9_007_199_254_740_993L));

    var event = run(TODAY, DAY).get(0);

    assertThat(event.json()).doesNotContain("\n").contains("\"bytes\":9007199254740993,");
    var json = (Map<?, ?>) new Moshi.Builder().build().adapter(Object.class).fromJson(event.json());
    assertThat(json.keySet())
        .map(String::valueOf)
        .containsExactly(
            "id",
            "rule",
            "type",
            "account",
            "provider",
            "subject",
            "cycle_from",
            "cycle_to",
            "from",
            "to",
            "bytes",
            "limit_bytes",
            "percent",
            "median_bytes",
            "forecast_bytes",
            "forecast_low_bytes",
            "forecast_high_bytes",
            "unknown_days",
            "noticed_at",
            "message");
    assertThat(json.get("id")).isEqualTo(event.id());
    assertThat(json.get("message"))
        .isEqualTo(
            "a of mason-eu used 9.0 PB on 2026-03-08, the limit is 500.0 MB;"
                + " 14 days are unknown, so it may be more.");
  }

  @Test
  void narrowsARuleToItsAccount() {
    read("a", "2026-03-08", "2026-03-08", Map.of("2026-03-08", 900 * MB));

    assertThat(run(TODAY, new AlertRule.DeviceDay("other", "mason-us", MB))).isEmpty();
    assertThat(run(TODAY, new AlertRule.DeviceDay("own", EU, MB))).hasSize(1);
  }

  /** Compares all rules about devices with their definition, over a random ledger. */
  @Test
  void agreesWithTheLedger() {
    var random = new Random(20_260_320);
    var ledger = new Ledger();
    for (var i = 0; i < 150; i++) {
      ledger.add("device-" + i, random);
    }
    store.write(
        ledger.bytes.keySet().stream().flatMap(each -> ledger.readings(each).stream()).toList(), 3);

    var events = run(TODAY, DAY, CYCLE, RUNAWAY, IDLE);

    assertThat(keys(events, "device-day")).isEqualTo(ledger.heavyDays()).hasSizeGreaterThan(5);
    assertThat(keys(events, "device-cycle")).isEqualTo(ledger.heavyCycles()).hasSizeGreaterThan(5);
    assertThat(keys(events, "runaway")).isEqualTo(ledger.runaways()).hasSizeGreaterThan(5);
    assertThat(keys(events, "idle")).isEqualTo(ledger.idle()).hasSizeGreaterThan(5);
    assertThat(run(TODAY, DAY, CYCLE, RUNAWAY, IDLE)).isEmpty();
  }

  private static Set<String> keys(List<AlertEvent> events, String type) {
    var keys = new TreeSet<String>();
    for (var event : events) {
      if (event.type().equals(type)) {
        keys.add(
            String.join(
                " ",
                event.subject(),
                event.cycle().from().toString(),
                event.days().from().toString(),
                String.valueOf(event.bytes()),
                String.valueOf(event.unknownDays())));
      }
    }
    return keys;
  }

  /** The true usage of each device, and the days that have been read of it. */
  private static final class Ledger {
    private static final List<DayRange> CYCLES =
        List.of(days("2026-02-05", "2026-03-04"), days("2026-03-05", "2026-04-04"));

    final Map<String, TreeMap<LocalDate, Long>> bytes = new TreeMap<>();
    final Map<String, TreeSet<LocalDate>> read = new TreeMap<>();

    void add(String subject, Random random) {
      var own = new TreeMap<LocalDate, Long>();
      var known = new TreeSet<LocalDate>();
      var usual = 1L << random.nextInt(29);
      var from = TODAY.minusDays(3 + random.nextInt(45));
      var isIdle = random.nextInt(4) == 0;
      for (var day = from; day.isBefore(TODAY); day = day.plusDays(1)) {
        if (random.nextInt(12) == 0 && !isIdle) {
          continue;
        }
        known.add(day);
        if (random.nextInt(3) > 0 && !isIdle) {
          var factor = random.nextInt(15) == 0 ? 20 + random.nextInt(30) : 1;
          own.put(day, usual / 2 * factor + random.nextInt((int) usual));
        }
      }
      bytes.put(subject, own);
      read.put(subject, known);
    }

    List<Reading> readings(String subject) {
      var readings = new ArrayList<Reading>();
      for (var day : read.get(subject)) {
        var bytesOfDay = bytes.get(subject).get(day);
        readings.add(
            new Reading(
                MASON,
                EU,
                subject,
                DayRange.of(day),
                now(),
                bytesOfDay == null
                    ? List.of()
                    : List.of(usage(MASON, subject, day.toString(), bytesOfDay))));
      }
      return readings;
    }

    private long unknown(String subject, DayRange days) {
      return days.each().stream()
          .filter(day -> day.isBefore(TODAY) && !read.get(subject).contains(day))
          .count();
    }

    private String key(String subject, DayRange cycle, LocalDate from, long amount, DayRange of) {
      return String.join(
          " ",
          subject,
          cycle.from().toString(),
          from.toString(),
          String.valueOf(amount),
          String.valueOf(unknown(subject, of)));
    }

    Set<String> heavyDays() {
      var keys = new TreeSet<String>();
      for (var cycle : CYCLES) {
        bytes.forEach(
            (subject, own) ->
                own.subMap(cycle.from(), true, cycle.to(), true).entrySet().stream()
                    .filter(day -> day.getValue() >= 500 * MB)
                    .findFirst()
                    .ifPresent(
                        day -> keys.add(key(subject, cycle, day.getKey(), day.getValue(), cycle))));
      }
      return keys;
    }

    Set<String> heavyCycles() {
      var keys = new TreeSet<String>();
      for (var cycle : CYCLES) {
        bytes.forEach(
            (subject, own) -> {
              var sum =
                  own.subMap(cycle.from(), true, cycle.to(), true).values().stream()
                      .mapToLong(Long::longValue)
                      .sum();
              if (sum >= 800 * MB) {
                keys.add(key(subject, cycle, cycle.from(), sum, cycle));
              }
            });
      }
      return keys;
    }

    Set<String> runaways() {
      var keys = new TreeSet<String>();
      var history = DayRange.of(TODAY.minusDays(30), TODAY);
      for (var cycle : CYCLES) {
        bytes.forEach(
            (subject, own) -> {
              var days = own.subMap(history.from(), true, history.to(), true);
              LocalDate top = null;
              for (var day : days.keySet()) {
                if (cycle.contains(day) && (top == null || days.get(day) > days.get(top))) {
                  top = day;
                }
              }
              if (top != null && days.size() >= 5 && isRunaway(days, top)) {
                keys.add(key(subject, cycle, top, days.get(top), history));
              }
            });
      }
      return keys;
    }

    private static boolean isRunaway(Map<LocalDate, Long> days, LocalDate top) {
      var others = new ArrayList<Long>();
      days.forEach(
          (day, bytesOfDay) -> {
            if (!day.equals(top)) {
              others.add(bytesOfDay);
            }
          });
      others.sort(null);
      var middles = others.get((others.size() - 1) / 2) + others.get(others.size() / 2);
      return days.get(top) >= 10 * MB && 2 * days.get(top) >= 10 * middles;
    }

    Set<String> idle() {
      var keys = new TreeSet<String>();
      var week = DayRange.of(TODAY.minusDays(7), TODAY.minusDays(1));
      bytes.forEach(
          (subject, own) -> {
            var used = new HashSet<>(week.each());
            used.retainAll(own.keySet());
            used.removeIf(day -> own.get(day) == 0);
            if (used.isEmpty() && unknown(subject, week) == 0) {
              keys.add(key(subject, CYCLES.get(1), week.from(), 0, week));
            }
          });
      return keys;
    }
  }

  private static AlertRule.Pool pool(Integer... percents) {
    return new AlertRule.Pool("pool", null, List.of(percents), false);
  }

  private List<AlertEvent> run(LocalDate today, AlertRule... rules) {
    var events = new ArrayList<AlertEvent>();
    assertThat(alerts(today, rules).run(store, events::add)).isEqualTo(events.size());
    return events;
  }

  private static Alerts alerts(LocalDate today, AlertRule... rules) {
    return alerts(OptionalLong.empty(), today, rules);
  }

  private static Alerts alerts(OptionalLong pool, LocalDate today, AlertRule... rules) {
    return Alerts.of(List.of(rules), List.of(new TestAccount(EU, new BillingCycle(5), pool)))
        .clock(at(today));
  }

  private List<AlertEvent> runPool(long pool, LocalDate today, AlertRule... rules) {
    var events = new ArrayList<AlertEvent>();
    alerts(OptionalLong.of(pool), today, rules).run(store, events::add);
    return events;
  }

  private void read(String subject, String from, String to, Map<String, Long> bytes) {
    var days = days(from, to);
    var records =
        bytes.entrySet().stream()
            .filter(each -> days.contains(LocalDate.parse(each.getKey())))
            .map(each -> usage(MASON, subject, each.getKey(), each.getValue()))
            .toList();
    write(new Reading(MASON, EU, subject, days, now(), records));
  }

  private void write(Reading reading) {
    store.write(List.of(reading), 3);
  }

  private static UsageRecord usage(String provider, String subject, String day, long bytes) {
    return new UsageRecord(
        provider,
        subject,
        LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant(),
        Duration.ofDays(1),
        bytes,
        null,
        null,
        null);
  }

  private static Clock at(LocalDate day) {
    return Clock.fixed(day.atTime(6, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
  }

  private static Instant now() {
    return at(TODAY).instant();
  }

  private static DayRange days(String from, String to) {
    return DayRange.of(LocalDate.parse(from), LocalDate.parse(to));
  }
}
