package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.store.sum.DayTotal;
import io.simtally.fleet.store.sum.SubjectDayTotal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A tally of the records, readings and failures of a test. Adds them up record by record in Java,
 * so that the sums of a database have a counterpart.
 */
public final class StoredTally {
  private final CarrierTerms terms;
  private final DayRange period;
  private final CarrierTally tally;
  private final List<UsageRecord> records = new ArrayList<>();
  private final List<Coverage> coverage = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  public StoredTally(CarrierTerms terms, DayRange period) {
    this.terms = terms;
    this.period = period;
    this.tally = new CarrierTally(terms, period);
  }

  public void add(UsageRecord usage) {
    records.add(usage);
  }

  public void add(Coverage read) {
    coverage.add(read);
  }

  public void add(Failure failed) {
    failures.add(failed);
  }

  public void list(String subject) {
    tally.list(List.of(new Device("iccid", subject)));
  }

  public void requestOnlyListed() {
    tally.requestOnlyListed();
  }

  public void fail(String reason) {
    tally.fail(reason);
  }

  /** Returns the result without an overlap. */
  public CarrierUsage result() {
    return result((carrier, device) -> {});
  }

  /** Returns the result, and passes on the devices. */
  public CarrierUsage result(DeviceUsage.Sink sink) {
    failures.forEach(tally::add);
    coverage.stream()
        .filter(each -> each.subject().equals(UsageStore.ACCOUNT))
        .forEach(tally::addAccount);
    coverage.forEach(tally::close);
    days().forEach(tally::add);
    for (var subject : subjects()) {
      var device =
          tally.add(Subjects.of(subject, period, records, coverage, failures), BigInteger.ZERO);
      if (device != null) {
        sink.take(terms, device);
      }
    }
    tally.addUnread(sink);
    for (var subject : List.copyOf(tally.toExamine())) {
      daysOf(subject).forEach(tally::examine);
    }
    return tally.result(List.of(), Overlap.NONE);
  }

  private Set<String> subjects() {
    var subjects = new TreeSet<String>();
    records.forEach(each -> subjects.add(each.subject()));
    coverage.forEach(each -> subjects.add(each.subject()));
    failures.forEach(each -> subjects.add(each.subject()));
    subjects.remove(UsageStore.ACCOUNT);
    return subjects;
  }

  private List<DayTotal> days() {
    var days = new TreeMap<LocalDate, List<UsageRecord>>();
    records.forEach(
        each ->
            days.computeIfAbsent(DayRange.dayOf(each.start()), day -> new ArrayList<>()).add(each));
    var totals = new ArrayList<DayTotal>();
    days.forEach(
        (day, all) -> totals.add(new DayTotal("fake", "lab", day, all.size(), Subjects.sum(all))));
    return totals;
  }

  private List<SubjectDayTotal> daysOf(String subject) {
    var days = new TreeMap<LocalDate, List<UsageRecord>>();
    records.stream()
        .filter(each -> each.subject().equals(subject))
        .forEach(
            each ->
                days.computeIfAbsent(DayRange.dayOf(each.start()), day -> new ArrayList<>())
                    .add(each));
    var totals = new ArrayList<SubjectDayTotal>();
    days.forEach(
        (day, all) -> {
          var sources = new LinkedHashSet<String>();
          all.stream()
              .filter(each -> each.source() != null)
              .forEach(each -> sources.add(String.valueOf(each.source())));
          totals.add(
              new SubjectDayTotal(
                  "fake",
                  "lab",
                  subject,
                  day,
                  Subjects.sum(all),
                  sources.size() > 1 ? sources.stream().sorted().toList() : List.of()));
        });
    return totals;
  }
}
