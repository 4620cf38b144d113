package io.simtally.iotx;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Decoder;
import io.simtally.core.internal.Json;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts by time, in most answers that of a bucket. Immutable. Keys are compared by instant; the
 * offset of the answer is kept.
 *
 * <p>Two arrays, because a fleet's answer holds ten thousand small maps, nearly always in order.
 */
@SuppressWarnings(
    "JdkObsolete") // The models promise a SortedMap; nothing needs what NavigableMap adds.
final class CountsByTime extends AbstractMap<OffsetDateTime, Long>
    implements SortedMap<OffsetDateTime, Long> {
  static final SortedMap<OffsetDateTime, Long> EMPTY =
      new CountsByTime(new OffsetDateTime[0], new long[0], 0);

  private static final Comparator<OffsetDateTime> ORDER = OffsetDateTime.timeLineOrder();

  private final OffsetDateTime[] times;
  private final long[] counts;
  private final int size;

  private CountsByTime(OffsetDateTime[] times, long[] counts, int size) {
    this.times = times;
    this.counts = counts;
    this.size = size;
  }

  /**
   * Reads counts.
   *
   * @throws JsonDataException if a time or count is unreadable, or a time has two different counts
   */
  static SortedMap<OffsetDateTime, Long> read(JsonReader reader) throws IOException {
    return ObjectOrText.read(reader, EMPTY, object -> readObject(object, null, null));
  }

  /** Reads several by name, each as {@link #read} does. */
  static Map<String, SortedMap<OffsetDateTime, Long>> readByName(JsonReader reader)
      throws IOException {
    var times = new TimeCache();
    Decoder<SortedMap<OffsetDateTime, Long>> counts = object -> readObject(object, times, null);
    return ImmutableOrderedMap.read(reader, each -> ObjectOrText.read(each, EMPTY, counts));
  }

  /**
   * Reads the first count of each instant.
   *
   * @param times the times of the answer that were read before
   * @param repeated accepts each further count of an instant
   */
  static SortedMap<OffsetDateTime, Long> read(
      JsonReader reader, TimeCache times, Consumer<SortedMap<OffsetDateTime, Long>> repeated)
      throws IOException {
    return ObjectOrText.read(reader, EMPTY, object -> readObject(object, times, repeated));
  }

  /**
   * Reads an object.
   *
   * @param times the times of the answer that were read before, or null
   * @param repeated accepts each further count of an instant, or null if it must be equal
   */
  private static SortedMap<OffsetDateTime, Long> readObject(
      JsonReader reader,
      @Nullable TimeCache times,
      @Nullable Consumer<SortedMap<OffsetDateTime, Long>> repeated)
      throws IOException {
    var builder = new Builder();
    reader.beginObject();
    while (reader.hasNext()) {
      var time =
          times == null ? Json.time(reader, "a time", reader.nextName()) : times.next(reader);
      var count = Json.count(reader, "a count");
      var earlier = builder.putIfAbsent(time, count);
      if (earlier != Json.NO_COUNT && repeated != null) {
        repeated.accept(copyOf(Map.of(time, count)));
      } else if (earlier != Json.NO_COUNT && earlier != count) {
        throw Json.unexpected(reader, "one count for each instant", "another one, " + count);
      }
    }
    reader.endObject();
    return builder.build();
  }

  /**
   * Copies counts.
   *
   * @throws IllegalArgumentException if an instant has two counts
   */
  static SortedMap<OffsetDateTime, Long> copyOf(Map<OffsetDateTime, Long> counts) {
    if (counts instanceof CountsByTime immutable) {
      return immutable;
    }
    var builder = new Builder();
    builder.putAll(counts);
    return builder.build();
  }

  /**
   * Merges counts.
   *
   * @throws IllegalArgumentException if an instant has two counts
   */
  static SortedMap<OffsetDateTime, Long> merged(List<SortedMap<OffsetDateTime, Long>> all) {
    var builder = new Builder();
    all.forEach(builder::putAll);
    return builder.build();
  }

  /** Adds up counts by instant. */
  static SortedMap<OffsetDateTime, Long> sum(List<SortedMap<OffsetDateTime, Long>> all) {
    var sums = new TreeMap<OffsetDateTime, Long>(ORDER);
    for (var counts : all) {
      counts.forEach((time, count) -> sums.merge(time, count, Math::addExact));
    }
    return copyOf(sums);
  }

  /** Returns the sum of these counts. */
  static long total(SortedMap<OffsetDateTime, Long> counts) {
    var total = 0L;
    for (var count : counts.values()) {
      total = Math.addExact(total, count);
    }
    return total;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable Long get(@Nullable Object key) {
    var index = indexOf(key);
    return index < 0 ? null : counts[index];
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return indexOf(key) >= 0;
  }

  private int indexOf(@Nullable Object key) {
    return key instanceof OffsetDateTime time
        ? Arrays.binarySearch(times, 0, size, time, ORDER)
        : -1;
  }

  @Override
  public Set<Entry<OffsetDateTime, Long>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Iterator<Entry<OffsetDateTime, Long>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Entry<OffsetDateTime, Long>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public Entry<OffsetDateTime, Long> next() {
      if (next == size) {
        throw new NoSuchElementException();
      }
      var index = next++;
      return Map.entry(times[index], counts[index]);
    }
  }

  @Override
  public Comparator<OffsetDateTime> comparator() {
    return ORDER;
  }

  @Override
  public OffsetDateTime firstKey() {
    return timeAt(0);
  }

  @Override
  public OffsetDateTime lastKey() {
    return timeAt(size - 1);
  }

  private OffsetDateTime timeAt(int index) {
    if (size == 0) {
      throw new NoSuchElementException();
    }
    return times[index];
  }

  @Override
  public SortedMap<OffsetDateTime, Long> subMap(OffsetDateTime from, OffsetDateTime to) {
    if (ORDER.compare(from, to) > 0) {
      throw new IllegalArgumentException(from + " is after " + to);
    }
    return between(firstFrom(from), firstFrom(to));
  }

  @Override
  public SortedMap<OffsetDateTime, Long> headMap(OffsetDateTime to) {
    return between(0, firstFrom(to));
  }

  @Override
  public SortedMap<OffsetDateTime, Long> tailMap(OffsetDateTime from) {
    return between(firstFrom(from), size);
  }

  private int firstFrom(OffsetDateTime time) {
    var index = Arrays.binarySearch(times, 0, size, time, ORDER);
    return index < 0 ? -index - 1 : index;
  }

  private SortedMap<OffsetDateTime, Long> between(int from, int to) {
    return new CountsByTime(
        Arrays.copyOfRange(times, from, to), Arrays.copyOfRange(counts, from, to), to - from);
  }

  private static final class Builder {
    private OffsetDateTime[] times = new OffsetDateTime[4];
    private long[] counts = new long[4];
    private int size;

    /** All counts from the first one out of order on. */
    private @Nullable TreeMap<OffsetDateTime, Long> unsorted;

    /** Returns the earlier count of the instant, or {@link Json#NO_COUNT}. */
    long putIfAbsent(OffsetDateTime time, long count) {
      var sorting = unsorted;
      if (sorting == null) {
        if (size == 0 || ORDER.compare(times[size - 1], time) < 0) {
          append(time, count);
          return Json.NO_COUNT;
        }
        sorting = new TreeMap<>(ORDER);
        for (int i = 0; i < size; i++) {
          sorting.put(times[i], counts[i]);
        }
        unsorted = sorting;
      }
      var earlier = sorting.putIfAbsent(time, count);
      return earlier == null ? Json.NO_COUNT : earlier;
    }

    void putAll(Map<OffsetDateTime, Long> counts) {
      counts.forEach(
          (time, count) -> {
            var earlier = putIfAbsent(time, count);
            if (earlier != Json.NO_COUNT && earlier != count) {
              throw new IllegalArgumentException("two counts for " + time);
            }
          });
    }

    private void append(OffsetDateTime time, long count) {
      if (size == times.length) {
        times = Arrays.copyOf(times, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      times[size] = time;
      counts[size] = count;
      size++;
    }

    SortedMap<OffsetDateTime, Long> build() {
      if (unsorted != null) {
        size = 0;
        unsorted.forEach(this::append);
      }
      return size == 0 ? EMPTY : new CountsByTime(times, counts, size);
    }
  }
}
