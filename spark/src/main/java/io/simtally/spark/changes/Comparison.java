package io.simtally.spark.changes;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.Correction;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import io.simtally.spark.changes.Returned.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares one state of a store with what the stream has returned, and writes the difference. All
 * rows are compared, not those behind a time, so that a transaction that commits late is found.
 */
final class Comparison {
  private final UsageReader store;
  private final UsageQuery query;
  private final ToIntFunction<String> settleAfterDays;
  private final Returned before;
  private final Returned after;
  private final Sink sink;

  /** The settled days that have not been returned. */
  private final Map<Subject, List<DayRange>> fresh = new LinkedHashMap<>();

  /** The days of whole accounts in {@link #fresh} on which a subject has a record. */
  private final Map<Subject, Set<LocalDate>> used = new HashMap<>();

  /** Receives the rows. */
  @FunctionalInterface
  interface Sink {
    void accept(Change change) throws IOException;
  }

  Comparison(
      UsageReader store,
      UsageQuery query,
      ToIntFunction<String> settleAfterDays,
      Returned before,
      Sink sink) {
    this.store = store;
    this.query = query;
    this.settleAfterDays = settleAfterDays;
    this.before = before;
    this.after = before.copy();
    this.sink = sink;
  }

  /** Writes the difference and returns what the stream will have returned with it. */
  Returned run() throws IOException {
    try {
      findSettled();
      writeSettled();
      writeCorrections();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    fresh.forEach(after::addSettled);
    return after;
  }

  private void findSettled() {
    var settled = new LinkedHashMap<Subject, List<DayRange>>();
    try (var covered = store.coverage(query)) {
      covered.forEach(
          each ->
              each.settled(settleAfterDays.applyAsInt(each.provider()))
                  .ifPresent(
                      days ->
                          settled
                              .computeIfAbsent(
                                  new Subject(each.provider(), each.account(), each.subject()),
                                  key -> new ArrayList<>(1))
                              .add(days)));
    }
    settled.forEach(
        (subject, days) -> {
          var left = before.fresh(subject, days);
          if (!left.isEmpty()) {
            fresh.put(subject, left);
          }
        });
  }

  private void writeSettled() throws IOException {
    if (fresh.isEmpty()) {
      return;
    }
    var zero = new HashMap<Subject, Set<LocalDate>>();
    try (var usage = store.dailyUsage(within(span()))) {
      usage.forEach(
          each -> {
            var subject = new Subject(each.provider(), each.account(), each.subject());
            var isOwn = Returned.contains(fresh.get(subject), each.day());
            var isOfAccount = Returned.contains(fresh.get(subject.whole()), each.day());
            if (isOwn) {
              zero.computeIfAbsent(subject, key -> new HashSet<>()).add(each.day());
            }
            if (isOfAccount) {
              used.computeIfAbsent(subject.whole(), key -> new HashSet<>()).add(each.day());
            }
            if (isOwn || (isOfAccount && !before.hasSettled(subject, each.day()))) {
              write(settled(subject, each.day(), each.totalBytes()));
            }
          });
    }
    // A settled day without a record is zero: of a device, or of a whole account.
    for (var each : fresh.entrySet()) {
      var subject = each.getKey();
      var isAccount = subject.name().equals(Subject.ALL);
      var known = (isAccount ? used : zero).getOrDefault(subject, Set.of());
      for (var days : each.getValue()) {
        for (var day :
            (Iterable<LocalDate>) days.from().datesUntil(days.to().plusDays(1))::iterator) {
          if (!known.contains(day)) {
            sink.accept(settled(subject, day, 0));
          }
        }
      }
    }
  }

  private void write(Change change) {
    try {
      sink.accept(change);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Change settled(Subject subject, LocalDate day, long bytes) {
    return new Change(
        Change.SETTLED,
        subject.provider(),
        subject.account(),
        subject.name(),
        (int) day.toEpochDay(),
        bytes,
        null,
        null,
        false);
  }

  private DayRange span() {
    var all = fresh.values().stream().flatMap(List::stream).toList();
    var from = all.stream().map(DayRange::from).min(LocalDate::compareTo).orElseThrow();
    var to = all.stream().map(DayRange::to).max(LocalDate::compareTo).orElseThrow();
    return DayRange.of(from, to);
  }

  private UsageQuery within(DayRange days) {
    var limited = UsageQuery.days(days);
    if (query.account().isPresent()) {
      limited = limited.account(query.account().get());
    }
    return query.provider().isPresent() ? limited.provider(query.provider().get()) : limited;
  }

  /** Writes the rows of the ledger that have not been returned. They are ordered by subject. */
  private void writeCorrections() {
    var known =
        new Object() {
          @Nullable Subject subject;
          long[] hashes = {};
          int[] times = {};
        };
    try (var corrections = store.corrections(query)) {
      corrections.forEach(
          each -> {
            var subject = new Subject(each.provider(), each.account(), each.subject());
            if (!subject.equals(known.subject)) {
              known.subject = subject;
              known.hashes = before.corrections().getOrDefault(subject, new long[0]);
              known.times = new int[known.hashes.length];
            }
            long hash = hash(each);
            if (!take(known.hashes, known.times, hash)) {
              after.addCorrection(subject, hash);
              write(correction(subject, each));
            }
          });
    }
  }

  /** Takes one of the equal hashes that has not been taken. Returns false if none is left. */
  private static boolean take(long[] hashes, int[] taken, long hash) {
    int at = Arrays.binarySearch(hashes, hash);
    if (at < 0) {
      return false;
    }
    while (at > 0 && hashes[at - 1] == hash) {
      at--;
    }
    for (; at < hashes.length && hashes[at] == hash; at++) {
      if (taken[at] == 0) {
        taken[at] = 1;
        return true;
      }
    }
    return false;
  }

  private Change correction(Subject subject, Correction correction) {
    return new Change(
        Change.CORRECTION,
        subject.provider(),
        subject.account(),
        subject.name(),
        (int) correction.day().toEpochDay(),
        correction.afterBytes(),
        correction.beforeBytes(),
        micros(correction.noticedAt()),
        before.hasSettled(subject, correction.day()));
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  /** Returns 64 bits of a digest; the corrections of one subject are few. */
  private static long hash(Correction each) {
    var text =
        each.day() + "|" + each.beforeBytes() + "|" + each.afterBytes() + "|" + each.noticedAt();
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      long hash = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        hash = hash << Byte.SIZE | (digest[i] & 0xff);
      }
      return hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }
}
