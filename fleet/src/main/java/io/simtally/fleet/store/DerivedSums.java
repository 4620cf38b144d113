package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.sum.DayTotal;
import io.simtally.fleet.store.sum.SubjectDayTotal;
import io.simtally.fleet.store.sum.SubjectUsage;
import io.simtally.fleet.store.sum.SubjectUsage.ReadDays;
import io.simtally.fleet.store.sum.SubjectUsage.Sizes;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The sums of a report that no database computes: the rows are added in memory. */
record DerivedSums(UsageReader store) {
  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::provider)
          .thenComparing(Key::account)
          .thenComparing(Key::subject)
          .thenComparing(Key::day);

  /** One day of a subject, of all subjects if the subject is empty. */
  private record Key(String provider, String account, String subject, LocalDate day) {
    static Key of(StoredRecord record) {
      var usage = record.usage();
      return new Key(
          usage.provider(), record.account(), usage.subject(), DayRange.dayOf(usage.start()));
    }
  }

  private static final class Sum {
    private BigInteger bytes = BigInteger.ZERO;
    private long records;
    private final Set<String> sources = new TreeSet<>();

    void add(UsageRecord usage) {
      bytes = bytes.add(BigInteger.valueOf(usage.totalBytes()));
      records++;
      if (usage.source() != null) {
        sources.add(usage.source());
      }
    }
  }

  /** What the store has of one subject. */
  private static final class Subject {
    private final Sum sum = new Sum();
    private final BitSet days = new BitSet();
    private final List<ReadDays> read = new ArrayList<>();
    private @Nullable StoredDevice device;
    private @Nullable UsageRecord last;
    private @Nullable Long longestSeconds;
    private boolean hasFailure;

    void add(UsageRecord usage, LocalDate first) {
      sum.add(usage);
      days.set((int) (DayRange.dayOf(usage.start()).toEpochDay() - first.toEpochDay()));
      if (last == null || last.start().isBefore(usage.start())) {
        last = usage;
      }
      if (usage.period() != null) {
        var seconds = usage.period().toSeconds();
        longestSeconds = longestSeconds == null ? seconds : Math.max(longestSeconds, seconds);
      }
    }

    boolean isKnown() {
      return sum.records > 0 || !read.isEmpty() || hasFailure;
    }

    SubjectUsage usage(Key key) {
      return new SubjectUsage(
          key.provider(),
          key.account(),
          key.subject(),
          device == null ? null : device.label(),
          device == null ? null : device.group(),
          sum.records,
          sum.bytes,
          days,
          new Sizes(last == null ? 0 : Math.min(last.totalBytes(), Sizes.MOST_BYTES), null),
          sum.sources.size() > 1,
          longestSeconds,
          List.copyOf(read),
          hasFailure);
    }
  }

  Stream<SubjectUsage> subjectUsage(UsageQuery query) {
    var days =
        query
            .days()
            .orElseThrow(() -> new IllegalArgumentException("a query of subjects needs days"));
    var subjects = new TreeMap<Key, Subject>(ORDER);
    try (var records = store.usageRecords(query)) {
      records.forEach(
          each ->
              subject(subjects, each.usage().provider(), each.account(), each.usage().subject())
                  .add(each.usage(), days.from()));
    }
    var ofAllDays = withoutDays(query);
    try (var coverage = store.coverage(ofAllDays)) {
      coverage
          .filter(each -> !each.subject().equals(UsageStore.ACCOUNT))
          .forEach(
              each ->
                  subject(subjects, each.provider(), each.account(), each.subject())
                      .read
                      .add(new ReadDays(each.days(), DayRange.dayOf(each.readAt()))));
    }
    try (var failures = store.failures(ofAllDays)) {
      failures
          .filter(each -> !each.subject().equals(UsageStore.ACCOUNT))
          .forEach(
              each ->
                  subject(subjects, each.provider(), each.account(), each.subject()).hasFailure =
                      true);
    }
    try (var devices = store.devices(ofAllDays)) {
      devices.forEach(
          each -> subject(subjects, each.provider(), each.account(), each.subject()).device = each);
    }
    return subjects.entrySet().stream()
        .filter(each -> each.getValue().isKnown())
        .map(each -> each.getValue().usage(each.getKey()));
  }

  private static Subject subject(
      Map<Key, Subject> subjects, String provider, String account, String subject) {
    return subjects.computeIfAbsent(
        new Key(provider, account, subject, LocalDate.EPOCH), key -> new Subject());
  }

  private static UsageQuery withoutDays(UsageQuery query) {
    var all = UsageQuery.all();
    all = query.account().map(all::account).orElse(all);
    all = query.provider().map(all::provider).orElse(all);
    return query.subject().map(all::subject).orElse(all);
  }

  List<DayTotal> dayTotals(UsageQuery query) {
    var sums = new TreeMap<Key, Sum>(ORDER);
    try (var records = store.usageRecords(query)) {
      records.forEach(
          each ->
              sums.computeIfAbsent(
                      new Key(
                          each.usage().provider(),
                          each.account(),
                          "",
                          DayRange.dayOf(each.usage().start())),
                      key -> new Sum())
                  .add(each.usage()));
    }
    return sums.entrySet().stream()
        .map(
            each ->
                new DayTotal(
                    each.getKey().provider(),
                    each.getKey().account(),
                    each.getKey().day(),
                    each.getValue().records,
                    each.getValue().bytes))
        .toList();
  }

  Stream<SubjectDayTotal> subjectDays(UsageQuery query, Collection<String> subjects) {
    var wanted = Set.copyOf(subjects);
    return subjectDays(
        store
            .usageRecords(query)
            .filter(each -> wanted.isEmpty() || wanted.contains(each.usage().subject())));
  }

  /**
   * Adds up the records of each subject on each day, which follow each other: a database that
   * groups them holds all days of all subjects in memory.
   */
  static Stream<SubjectDayTotal> subjectDays(Stream<StoredRecord> records) {
    return StreamSupport.stream(new SubjectDays(records.spliterator()), false)
        .onClose(records::close);
  }

  private static final class SubjectDays extends AbstractSpliterator<SubjectDayTotal> {
    private final Spliterator<StoredRecord> records;
    private @Nullable StoredRecord next;

    SubjectDays(Spliterator<StoredRecord> records) {
      super(Long.MAX_VALUE, ORDERED | NONNULL | IMMUTABLE);
      this.records = records;
      advance();
    }

    private void advance() {
      if (!records.tryAdvance(record -> next = record)) {
        next = null;
      }
    }

    @Override
    public boolean tryAdvance(Consumer<? super SubjectDayTotal> action) {
      if (next == null) {
        return false;
      }
      var day = Key.of(next);
      var sum = new Sum();
      while (next != null && Key.of(next).equals(day)) {
        sum.add(next.usage());
        advance();
      }
      action.accept(
          new SubjectDayTotal(
              day.provider(),
              day.account(),
              day.subject(),
              day.day(),
              sum.bytes,
              sum.sources.size() > 1 ? List.copyOf(sum.sources) : List.of()));
      return true;
    }
  }
}
