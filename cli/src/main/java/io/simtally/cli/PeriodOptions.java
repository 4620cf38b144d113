package io.simtally.cli;

import io.simtally.core.DayRange;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select days. */
final class PeriodOptions {
  /** The longest period: more than a carrier keeps and a chart can show. */
  static final int MAX_DAYS = 366;

  /** The length of the default period. */
  static final int DEFAULT_DAYS = 30;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "First day, such as 2026-01-01 (default: 30 days up to --to)")
  private @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description = "Last day, included (default: yesterday, the last whole day)")
  private @Nullable LocalDate to;

  @Option(names = "--days", paramLabel = "N", description = "N days up to --to, instead of --from")
  private @Nullable Integer count;

  /** For picocli, which sets the fields. */
  @SuppressWarnings("NullAway.Init")
  PeriodOptions() {}

  boolean isGiven() {
    return from != null || to != null || count != null;
  }

  /** The days of a report or a sync, of which there is a maximum. */
  DayRange period(Clock clock) {
    if (count != null && count > MAX_DAYS) {
      throw misuse("--days must be 1 to " + MAX_DAYS);
    }
    var days = days(clock);
    if (days.days() > MAX_DAYS) {
      throw misuse("the period from " + days + " is longer than " + MAX_DAYS + " days");
    }
    return days;
  }

  /** Any number of days. */
  DayRange days(Clock clock) {
    var today = DayRange.dayOf(clock.instant());
    var last = to != null ? to : today.minusDays(1);
    if (from != null && count != null) {
      throw misuse("--from and --days exclude each other");
    }
    if (count != null && count < 1) {
      throw misuse("--days must be 1 to " + MAX_DAYS);
    }
    if (last.isAfter(today)) {
      throw misuse("the period ends (" + last + ") after today (" + today + " in UTC)");
    }
    var first = from != null ? from : last.minusDays((count != null ? count : DEFAULT_DAYS) - 1L);
    if (first.isAfter(last)) {
      throw misuse("the period ends (" + last + ") before it starts (" + first + ")");
    }
    try {
      return DayRange.of(first, last);
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
