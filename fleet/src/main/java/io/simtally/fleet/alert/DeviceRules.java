package io.simtally.fleet.alert;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.store.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules about devices, as queries over one provider of an account. */
final class DeviceRules {
  /** How long ago a device may have had its last record to count as a device of the account. */
  private static final int KNOWN_FOR_DAYS = 366;

  private final Database database;
  private final EventTable events;
  private final StoredScope scope;

  /** The condition of the devices. */
  private final SqlText part;

  private final LocalDate today;
  private final Instant now;

  private DeviceRules(
      Database database, Connection connection, StoredScope scope, SqlText part, Instant now) {
    this.database = database;
    this.events = new EventTable(database, connection);
    this.scope = scope;
    this.part = part;
    this.today = DayRange.dayOf(now);
    this.now = now;
  }

  /** Evaluates a rule, for some devices at a time. */
  static void evaluate(
      Database database,
      Connection connection,
      StoredScope scope,
      AlertRule rule,
      DayRange cycle,
      Instant now)
      throws SQLException {
    var all = new DeviceRules(database, connection, scope, new SqlText(), now);
    var candidates = all.candidates(rule, cycle);
    if (candidates == null) {
      for (var part : scope.parts()) {
        new DeviceRules(database, connection, scope, part.condition(), now).evaluate(rule, cycle);
      }
      return;
    }
    for (var chunk : candidates.find(database, connection, all.of(candidates.days()))) {
      var part = new SqlText().addAmong(database, chunk);
      new DeviceRules(database, connection, scope, part, now).evaluate(rule, cycle);
    }
  }

  /** Returns the devices that a rule about days can report, or null for another rule. */
  private @Nullable Candidates candidates(AlertRule rule, DayRange cycle) {
    if (rule instanceof AlertRule.DeviceDay day) {
      return new Candidates(cycle, day.thresholdBytes(), 0);
    }
    return rule instanceof AlertRule.RunawayDevice runaway
        ? new Candidates(history(), runaway.minimumBytes(), runaway.factor())
        : null;
  }

  private DayRange history() {
    return DayRange.of(today.minusDays(AlertRule.RunawayDevice.HISTORY_DAYS), today);
  }

  private void evaluate(AlertRule rule, DayRange cycle) throws SQLException {
    if (rule instanceof AlertRule.DeviceDay day) {
      add(rule, RuleType.DEVICE_DAY, cycle, cycle, ofDay(day, cycle), day.thresholdBytes());
    } else if (rule instanceof AlertRule.DeviceCycle whole) {
      add(rule, RuleType.DEVICE_CYCLE, cycle, cycle, ofCycle(whole, cycle), whole.thresholdBytes());
    } else if (rule instanceof AlertRule.RunawayDevice runaway) {
      var history = history();
      if (history.overlap(cycle).isPresent()) {
        add(rule, RuleType.RUNAWAY, cycle, history, runaways(runaway, history, cycle), null);
      }
    } else if (rule instanceof AlertRule.Idle idle) {
      var days = DayRange.of(today.minusDays(idle.days()), today.minusDays(1));
      if (cycle.contains(days.to())) {
        addIdle(idle, cycle, days);
      }
    }
  }

  /**
   * Adds the events of a rule.
   *
   * @param known the days up to yesterday of which the event states how many are unknown
   * @param found a query of subject, from_day, to_day, bytes and median_bytes
   */
  private void add(
      AlertRule rule,
      String type,
      DayRange cycle,
      DayRange known,
      SqlText found,
      @Nullable Long limit)
      throws SQLException {
    var gaps =
        known.from().isBefore(today)
            ? scope.gapsOfDevice(
                DayRange.of(
                    known.from(), known.to().isBefore(today) ? known.to() : today.minusDays(1)))
            : List.<DayRange>of();
    var with =
        gaps(gaps)
            .add(", judged as (")
            .add(found)
            .add("), read_days as (" + covered(), scope.provider(), scope.account())
            .add("and c.subject in (select subject from judged) group by c.subject)");
    var all =
        new SqlText()
            .add(
                "select judged.*, cast(? as bigint) - coalesce(read_days.days, 0) as unknown_days"
                    + " from judged left join read_days on read_days.subject = judged.subject",
                days(gaps));
    events.addDevices(key(rule, type, cycle), with, all, limit, now);
  }

  private EventKey key(AlertRule rule, String type, DayRange cycle) {
    return new EventKey(rule.name(), type, "", scope.provider(), scope.account(), cycle);
  }

  private static long days(List<DayRange> ranges) {
    return ranges.stream().mapToLong(DayRange::days).sum();
  }

  /** Returns a query of the covered days in the gaps. Rows of one subject do not overlap. */
  private String covered() {
    var from = SqlText.day(database, "c.from_time");
    var to = SqlText.day(database, "c.to_time");
    return "select c.subject, sum(least(%s, gap_to) - greatest(%s, gap_from)) as days"
            .formatted(to, from)
        + " from coverage c join gaps on %s < gap_to and %s > gap_from".formatted(from, to)
        + " where c.provider = ? and c.account = ?";
  }

  /** Returns a table of ranges, whose last day is excluded. */
  private static SqlText gaps(List<DayRange> ranges) {
    var gaps = new SqlText().add("gaps as (select cast(null as date) as gap_from,");
    gaps.add("cast(null as date) as gap_to where 1 = 0");
    for (var each : ranges) {
      gaps.add(
          "union all select cast(? as date), cast(? as date)", each.from(), each.to().plusDays(1));
    }
    return gaps.add(")");
  }

  private SqlText ofDay(AlertRule.DeviceDay rule, DayRange cycle) {
    return new SqlText()
        .add(
            "select subject, min(day) as from_day, min(day) as to_day,"
                + " min(case when nth = 1 then bytes end) as bytes,"
                + " cast(null as bigint) as median_bytes from (select subject, day, bytes,"
                + " row_number() over (partition by subject order by day) as nth from (")
        .add(daily(cycle))
        .add(
            "having sum(total_bytes) >= ?) daily) numbered group by subject",
            rule.thresholdBytes());
  }

  private SqlText ofCycle(AlertRule.DeviceCycle rule, DayRange cycle) {
    return new SqlText()
        .add(
            "select subject, cast(? as date) as from_day, cast(? as date) as to_day,"
                + " sum(total_bytes) as bytes, cast(null as bigint) as median_bytes"
                + " from usage_record",
            cycle.from(),
            cycle.to())
        .add(of(cycle))
        .add("group by subject having sum(total_bytes) >= ?", rule.thresholdBytes());
  }

  /** Judges the greatest day of each device in the cycle by the other days of its history. */
  private SqlText runaways(AlertRule.RunawayDevice rule, DayRange history, DayRange cycle) {
    // The median of the other days cannot be at or above the day itself, by the least factor. So
    // leaving out that day does not move the days around the median.
    return new SqlText()
        .add("select judged.subject, first_day as from_day, first_day as to_day,")
        .add("top_bytes as bytes, cast(floor((sorted[cast(floor((days - 2) / 2.0) as integer) + 1]")
        .add("+ sorted[cast(floor((days - 1) / 2.0) as integer) + 1]) / 2.0) as bigint)")
        .add("as median_bytes from (select each.subject, top.bytes as top_bytes,")
        .add("count(*) as days, array_agg(each.bytes order by each.bytes) as sorted,")
        .add("min(case when each.bytes = top.bytes and each.day >= ?", cycle.from())
        .add("and each.day <= ? then each.day end) as first_day from (", cycle.to())
        .add(daily(history))
        .add(") each join (select subject, max(bytes) as bytes from (")
        .add(daily(history.overlap(cycle).orElseThrow()))
        .add(") daily group by subject having max(bytes) >= ?) top", rule.minimumBytes())
        .add("on top.subject = each.subject group by each.subject, top.bytes")
        .add("having count(*) >= ?", AlertRule.RunawayDevice.MINIMUM_DAYS)
        // Half of the days at least are low: this bounds the number of lists.
        .add("and sum(case when each.bytes * ? <= top.bytes then 1 else 0 end)", rule.factor())
        .add("> floor((count(*) - 2) / 2.0)) judged")
        .add("where 2 * top_bytes >= ? *", rule.factor())
        .add("(sorted[cast(floor((days - 2) / 2.0) as integer) + 1]")
        .add("+ sorted[cast(floor((days - 1) / 2.0) as integer) + 1])");
  }

  private void addIdle(AlertRule.Idle rule, DayRange cycle, DayRange days) throws SQLException {
    var gaps = scope.gapsOfDevice(days);
    var with =
        gaps(gaps)
            .add(", read_days as (" + covered(), scope.provider(), scope.account())
            .add(part)
            .add("group by c.subject), devices as (select distinct subject from coverage")
            .add("where provider = ? and account = ?", scope.provider(), scope.account())
            .add("and subject <> ? and to_time > ?", UsageStore.ACCOUNT, days.start())
            .add(part)
            .add("union select subject from device")
            .add("where provider = ? and account = ?", scope.provider(), scope.account())
            .add(part);
    if (scope.reportsPerDevice()) {
      with.add("union select distinct subject from usage_record")
          .add(of(DayRange.of(today.minusDays(KNOWN_FOR_DAYS), today)));
    }
    var found =
        new SqlText()
            .add("select devices.subject, cast(? as date) as from_day,", days.from())
            .add("cast(? as date) as to_day, 0 as bytes, null as median_bytes,", days.to())
            .add("0 as unknown_days from devices left join read_days")
            .add("on read_days.subject = devices.subject")
            .add("where coalesce(read_days.days, 0) >= ?", days(gaps))
            .add("and devices.subject not in (select distinct subject from usage_record")
            .add(of(days))
            .add("and total_bytes > 0)");
    if (scope.including() != null) {
      found.add("and devices.subject not in (").add(ofIncluding()).add(")");
    }
    events.addDevices(key(rule, RuleType.IDLE, cycle), with.add(")"), found, null, now);
  }

  /** Returns a query of the bytes of each device on each day, up to its {@code having}. */
  private SqlText daily(DayRange days) {
    return new SqlText()
        .add(
            "select subject, "
                + SqlText.day(database, "start_time")
                + " as day, cast(sum(total_bytes) as bigint) as bytes from usage_record")
        .add(of(days))
        .add("group by subject, " + SqlText.day(database, "start_time"));
  }

  /** Returns the condition of the records of devices that this provider alone counts. */
  private SqlText of(DayRange days) {
    var records =
        new SqlText()
            .add("where provider = ? and account = ?", scope.provider(), scope.account())
            .add("and start_time >= ? and start_time < ?", days.start(), days.end())
            .add(part);
    if (!scope.reportsPerDevice()) {
      // The records of the whole account have a subject of their own, which is no device.
      records
          .add(
              "and subject in (select subject from coverage where provider = ? and account = ?",
              scope.provider(),
              scope.account())
          .add("and subject <> ?)", UsageStore.ACCOUNT);
    }
    if (scope.including() != null) {
      records.add("and subject not in (").add(ofIncluding()).add(")");
    }
    return records;
  }

  private SqlText ofIncluding() {
    return new SqlText()
        .add(
            "select distinct subject from coverage where provider = ? and account = ?",
            scope.including(),
            scope.account());
  }
}
