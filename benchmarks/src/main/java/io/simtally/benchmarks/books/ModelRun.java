package io.simtally.benchmarks.books;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The sync of one simulated day. The first run of a month reads the last 100 days once more, and
 * finds what the carriers have corrected since the days were settled.
 */
final class ModelRun {
  /** The hour of runs that are killed, before the run that completes the day. */
  static final int KILLED_HOUR = 5;

  static final int HOUR = 6;

  private static final int DAYS = 30;
  private static final int MANY_DAYS = 100;
  private static final int LATE_SETTLING = 90;

  private final int today;
  private final int interval;
  private final List<ModelSource> sources;

  /**
   * Creates a run.
   *
   * @param today the number of the day
   * @param interval the days from one run to the next
   */
  ModelRun(ModelUsage usage, int today, int interval) {
    this.today = today;
    this.interval = interval;
    this.sources =
        ModelCarrier.ALL.stream().map(each -> new ModelSource(usage, each, today)).toList();
  }

  int today() {
    return today;
  }

  LocalDate date() {
    return date(today);
  }

  static LocalDate date(int day) {
    return ModelUsage.FIRST.plusDays(day);
  }

  static Instant moment(int today, int hour) {
    return date(today).atTime(hour, 0).toInstant(ZoneOffset.UTC);
  }

  List<ModelSource> sources() {
    return sources;
  }

  boolean isOfManyDays() {
    return isFirstSince(1);
  }

  /** Returns whether this is the first run of the month on or after a day of the month. */
  boolean isFirstSince(int dayOfMonth) {
    var day = date().getDayOfMonth();
    return day >= dayOfMonth && day < dayOfMonth + interval;
  }

  /** Returns the first of the days that are read; the last one is yesterday. */
  int from() {
    return Math.max(0, today - (isOfManyDays() ? MANY_DAYS : DAYS));
  }

  DayRange days() {
    return DayRange.of(date(from()), date(today - 1));
  }

  int settleAfterDays(ModelCarrier carrier) {
    return isOfManyDays() ? LATE_SETTLING : carrier.settleAfterDays();
  }

  Sync sync(UsageStore store, int hour) {
    var sync =
        Sync.into(store).days(days()).clock(Clock.fixed(moment(today, hour), ZoneOffset.UTC));
    return isOfManyDays() ? sync.settleAfterDays(LATE_SETTLING) : sync;
  }
}
