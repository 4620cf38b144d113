package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.sum.SubjectUsage;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/** The rows of subjects that a store would have for records in memory. */
final class Subjects {
  private Subjects() {}

  static SubjectUsage of(
      String subject,
      DayRange period,
      List<UsageRecord> records,
      List<Coverage> coverage,
      List<Failure> failures) {
    var own = records.stream().filter(each -> each.subject().equals(subject)).toList();
    var days = new BitSet();
    own.forEach(
        each ->
            days.set(
                (int) (DayRange.dayOf(each.start()).toEpochDay() - period.from().toEpochDay())));
    return new SubjectUsage(
        "fake",
        "lab",
        subject,
        null,
        null,
        own.size(),
        sum(own),
        days,
        new SubjectUsage.Sizes(own.isEmpty() ? 0 : own.get(own.size() - 1).totalBytes(), null),
        own.stream().map(UsageRecord::source).distinct().count() > 1,
        own.stream()
            .map(UsageRecord::period)
            .filter(Objects::nonNull)
            .map(each -> each.toSeconds())
            .max(Long::compare)
            .orElse(null),
        coverage.stream()
            .filter(each -> each.subject().equals(subject))
            .map(each -> new SubjectUsage.ReadDays(each.days(), DayRange.dayOf(each.readAt())))
            .toList(),
        failures.stream().anyMatch(each -> each.subject().equals(subject)));
  }

  static BigInteger sum(List<UsageRecord> records) {
    return records.stream()
        .map(each -> BigInteger.valueOf(each.totalBytes()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
