package io.simtally.iotx;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Decoder;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Entries by their name, of an answer that tells their total. On IoT-X's own page an answer has two
 * entries of one name that both count, so what comes again under a name is kept until the total has
 * shown what it means. Immutable.
 *
 * @param values the first entry of each name
 * @param repeated the entries whose name had come before
 * @param measure what an entry counts
 */
record Entries<V>(Map<String, V> values, List<Map.Entry<String, V>> repeated, Measure<V> measure) {
  private static final Measure<SortedMap<OffsetDateTime, Long>> COUNTS =
      new Measure<>(CountsByTime::total, CountsByTime::sum);
  private static final Measure<IpAddressUsage> ADDRESSES =
      new Measure<>(IpAddressUsage::bytes, Entries::sum);

  /**
   * What entries count.
   *
   * @param bytes the bytes of one
   * @param sum makes one entry of several
   */
  record Measure<V>(ToLongFunction<V> bytes, Function<List<V>, V> sum) {}

  static <V> Entries<V> none() {
    return new Entries<>(Map.of(), List.of(), new Measure<>(value -> 0, all -> all.get(0)));
  }

  /** Reads counts by their time by name. */
  static Entries<SortedMap<OffsetDateTime, Long>> readCounts(JsonReader reader) throws IOException {
    var times = new TimeCache();
    return read(reader, COUNTS, (each, repeated) -> CountsByTime.read(each, times, repeated::add));
  }

  /** Reads the usage of addresses by name. */
  static Entries<IpAddressUsage> readAddresses(JsonReader reader) throws IOException {
    return read(reader, ADDRESSES, (each, repeated) -> IpAddressUsage.read(each));
  }

  /** Reads an entry, and what comes twice within it apart. */
  private interface EntryDecoder<V> {
    V decode(JsonReader reader, List<V> repeated) throws IOException;
  }

  private static <V> Entries<V> read(JsonReader reader, Measure<V> measure, EntryDecoder<V> decoder)
      throws IOException {
    Decoder<Entries<V>> entries = object -> readObject(object, measure, decoder);
    return ObjectOrText.read(reader, none(), entries);
  }

  private static <V> Entries<V> readObject(
      JsonReader reader, Measure<V> measure, EntryDecoder<V> decoder) throws IOException {
    var values = new LinkedHashMap<String, V>();
    var repeated = new ArrayList<Map.Entry<String, V>>();
    var repeatedWithin = new ArrayList<V>();
    reader.beginObject();
    while (reader.hasNext()) {
      var name = reader.nextName();
      var value = decoder.decode(reader, repeatedWithin);
      if (values.putIfAbsent(name, value) != null) {
        repeated.add(Map.entry(name, value));
      }
      for (var again : repeatedWithin) {
        repeated.add(Map.entry(name, again));
      }
      repeatedWithin.clear();
    }
    reader.endObject();
    return new Entries<>(values, repeated, measure);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** Whether each name comes once only. */
  boolean areUnambiguous() {
    return repeated.isEmpty();
  }

  /** Whether what comes again under a name says what was said before. */
  boolean areRepeatedAlike() {
    return repeated.stream().allMatch(one -> one.getValue().equals(values.get(one.getKey())));
  }

  /** The bytes of all entries, those of repeated names too. */
  long bytesAdded() {
    var sum = bytesOnce();
    for (var one : repeated) {
      sum = Math.addExact(sum, measure.bytes.applyAsLong(one.getValue()));
    }
    return sum;
  }

  /** The bytes of the first entry of each name. */
  long bytesOnce() {
    var sum = 0L;
    for (var value : values.values()) {
      sum = Math.addExact(sum, measure.bytes.applyAsLong(value));
    }
    return sum;
  }

  /** What {@link #bytesAdded} returns, for a message. */
  String bytesInWords() {
    try {
      return String.valueOf(bytesAdded());
    } catch (ArithmeticException e) {
      return "more than a long";
    }
  }

  /** All entries, those of one name added up. Immutable. */
  Map<String, V> added() {
    if (areUnambiguous()) {
      return once();
    }
    var all = new LinkedHashMap<String, List<V>>();
    values.forEach((name, value) -> all.put(name, new ArrayList<>(List.of(value))));
    repeated.forEach(one -> all.getOrDefault(one.getKey(), List.of()).add(one.getValue()));
    var sums = new LinkedHashMap<String, V>();
    all.forEach((name, several) -> sums.put(name, measure.sum.apply(several)));
    return ImmutableOrderedMap.of(sums);
  }

  /** The first entry of each name. Immutable. */
  Map<String, V> once() {
    return ImmutableOrderedMap.of(values);
  }

  /** The bytes of all, last seen when the latest of them was. */
  private static IpAddressUsage sum(List<IpAddressUsage> all) {
    var sum = new IpAddressUsage(0, null);
    for (var usage : all) {
      sum =
          new IpAddressUsage(
              Math.addExact(sum.bytes(), usage.bytes()),
              wasSeenLater(usage, sum) ? usage.lastSeen() : sum.lastSeen());
    }
    return sum;
  }

  private static boolean wasSeenLater(IpAddressUsage one, IpAddressUsage other) {
    var time = one.lastSeenAt();
    var otherTime = other.lastSeenAt();
    return other.lastSeen() == null
        || (time.isPresent() && (otherTime.isEmpty() || time.get().isAfter(otherTime.get())));
  }
}
