package io.simtally.spark.changes;

import io.simtally.core.DayRange;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has returned: the settled days of each subject, and a hash of each correction.
 *
 * @param settled the settled days
 * @param corrections the hashes, in ascending order
 */
record Returned(Map<Subject, List<DayRange>> settled, Map<Subject, long[]> corrections) {

  /** A device of an account, or {@code *} for the whole account. */
  record Subject(String provider, String account, String name) {
    static final String ALL = "*";

    Subject whole() {
      return new Subject(provider, account, ALL);
    }
  }

  static Returned nothing() {
    return new Returned(new HashMap<>(), new HashMap<>());
  }

  /** Returns a copy that can be changed. */
  Returned copy() {
    return new Returned(new HashMap<>(settled), new HashMap<>(corrections));
  }

  /** Returns whether a day of a subject has been returned, by itself or with its account. */
  boolean hasSettled(Subject subject, LocalDate day) {
    return contains(settled.get(subject), day) || contains(settled.get(subject.whole()), day);
  }

  static boolean contains(@Nullable List<DayRange> days, LocalDate day) {
    return days != null && days.stream().anyMatch(each -> each.contains(day));
  }

  /** Returns those of a subject's settled days that have not been returned. */
  List<DayRange> fresh(Subject subject, List<DayRange> days) {
    var known = new ArrayList<>(settled.getOrDefault(subject, List.of()));
    known.addAll(settled.getOrDefault(subject.whole(), List.of()));
    return days.stream().flatMap(each -> each.without(known).stream()).toList();
  }

  void addSettled(Subject subject, List<DayRange> days) {
    var all = new ArrayList<>(settled.getOrDefault(subject, List.of()));
    all.addAll(days);
    all.sort((one, other) -> one.from().compareTo(other.from()));
    var joined = new ArrayList<DayRange>();
    for (var each : all) {
      var last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && !each.from().isAfter(last.to().plusDays(1))) {
        var to = last.to().isAfter(each.to()) ? last.to() : each.to();
        joined.set(joined.size() - 1, DayRange.of(last.from(), to));
      } else {
        joined.add(each);
      }
    }
    settled.put(subject, joined);
  }

  /** Adds the hash of a correction. */
  void addCorrection(Subject subject, long hash) {
    var before = corrections.getOrDefault(subject, new long[0]);
    var after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = hash;
    Arrays.sort(after);
    corrections.put(subject, after);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(settled.size());
    for (var each : settled.entrySet()) {
      write(each.getKey(), out);
      out.writeInt(each.getValue().size());
      for (var days : each.getValue()) {
        out.writeLong(days.from().toEpochDay());
        out.writeLong(days.to().toEpochDay());
      }
    }
    out.writeInt(corrections.size());
    for (var each : corrections.entrySet()) {
      write(each.getKey(), out);
      out.writeInt(each.getValue().length);
      for (var hash : each.getValue()) {
        out.writeLong(hash);
      }
    }
  }

  private static void write(Subject subject, DataOutputStream out) throws IOException {
    out.writeUTF(subject.provider());
    out.writeUTF(subject.account());
    out.writeUTF(subject.name());
  }

  static Returned read(DataInputStream in) throws IOException {
    var read = nothing();
    for (int left = in.readInt(); left > 0; left--) {
      var subject = subject(in);
      var days = new ArrayList<DayRange>();
      for (int ranges = in.readInt(); ranges > 0; ranges--) {
        days.add(
            DayRange.of(LocalDate.ofEpochDay(in.readLong()), LocalDate.ofEpochDay(in.readLong())));
      }
      read.settled().put(subject, days);
    }
    for (int left = in.readInt(); left > 0; left--) {
      var subject = subject(in);
      var hashes = new long[in.readInt()];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = in.readLong();
      }
      read.corrections().put(subject, hashes);
    }
    return read;
  }

  private static Subject subject(DataInputStream in) throws IOException {
    return new Subject(in.readUTF(), in.readUTF(), in.readUTF());
  }
}
