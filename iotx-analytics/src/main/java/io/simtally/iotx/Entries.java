package io.simtally.iotx;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Decoder;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Entries by name, of an answer with a total. On IoT-X's page an answer has two entries of one name
 * that both count, so a repeated entry is kept until the total shows its meaning. Immutable.
 *
 * @param values the first entry of each name
 * @param repeated the further entries of each name
 * @param measure the bytes and the sum of entries
 */
record Entries<V>(Map<String, V> values, List<Map.Entry<String, V>> repeated, Measure<V> measure) {
  private static final Measure<SortedMap<OffsetDateTime, Long>> COUNTS =
      new Measure<>(CountsByTime::total, CountsByTime::sum);
  private static final Measure<IpAddressUsage> ADDRESSES =
      new Measure<>(IpAddressUsage::bytes, Entries::sum);

  /**
   * The bytes and the sum of entries.
   *
   * @param bytes returns the bytes of an entry
   * @param sum returns one entry for several
   */
  record Measure<V>(ToLongFunction<V> bytes, Function<List<V>, V> sum) {}

  static <V> Entries<V> none() {
    return new Entries<>(Map.of(), List.of(), new Measure<>(value -> 0, all -> all.get(0)));
  }

  /** Reads counts by time, by name. */
  static Entries<SortedMap<OffsetDateTime, Long>> readCounts(JsonReader reader) throws IOException {
    var times = new TimeCache();
    return read(reader, COUNTS, (each, repeated) -> CountsByTime.read(each, times, repeated::add));
  }

  /** Reads the usage of addresses, by name. */
  static Entries<IpAddressUsage> readAddresses(JsonReader reader) throws IOException {
    return read(reader, ADDRESSES, (each, repeated) -> IpAddressUsage.read(each));
  }

  /** Decoder of an entry that collects the repetitions within it. */
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

  /**
   * Returns one entry for each name; immutable. Entries of one name are added up where that makes
   * the total, and taken for one where they are equal.
   *
   * @param reader the reader, for the path in the message
   * @param total the total of the answer, or null if it has none
   * @throws JsonDataException if neither holds, or there is no total to decide
   */
  Map<String, V> settled(JsonReader reader, @Nullable Long total) {
    if (repeated.isEmpty()) {
      return ImmutableOrderedMap.of(values);
    }
    if (total == null) {
      throw new JsonDataException(
          "Expected a total that says what entries of one name count but found none at path "
              + reader.getPath());
    }
    if (total.equals(bytesAdded())) {
      return added();
    }
    for (var one : repeated) {
      if (!one.getValue().equals(values.get(one.getKey()))) {
        throw new JsonDataException(
            "Expected different entries of one name that make the total "
                + total
                + " but the sum is "
                + Objects.requireNonNullElse(bytesAdded(), "more than a long")
                + " at path "
                + reader.getPath());
      }
    }
    return ImmutableOrderedMap.of(values);
  }

  /** Returns the bytes of all entries, or null if a long does not hold them. */
  private @Nullable Long bytesAdded() {
    try {
      var sum = 0L;
      for (var value : values.values()) {
        sum = Math.addExact(sum, measure.bytes.applyAsLong(value));
      }
      for (var one : repeated) {
        sum = Math.addExact(sum, measure.bytes.applyAsLong(one.getValue()));
      }
      return sum;
    } catch (ArithmeticException beyondALong) {
      return null;
    }
  }

  private Map<String, V> added() {
    var all = new LinkedHashMap<String, List<V>>();
    values.forEach((name, value) -> all.put(name, new ArrayList<>(List.of(value))));
    repeated.forEach(one -> all.getOrDefault(one.getKey(), List.of()).add(one.getValue()));
    var sums = new LinkedHashMap<String, V>();
    all.forEach((name, several) -> sums.put(name, measure.sum.apply(several)));
    return ImmutableOrderedMap.of(sums);
  }

  /** Adds up the bytes; the latest of the times is kept. */
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
