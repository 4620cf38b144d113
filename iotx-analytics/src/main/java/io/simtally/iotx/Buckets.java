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
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts by the time of their bucket. Immutable. Two times are the same key if they are the same
 * instant; the offset stays as it came.
 *
 * <p>Two arrays: a fleet's answer holds ten thousand small ones of these, nearly always in order.
 */
@SuppressWarnings(
    "JdkObsolete") // The models promise a SortedMap; nothing needs what NavigableMap adds.
final class Buckets extends AbstractMap<OffsetDateTime, Long>
    implements SortedMap<OffsetDateTime, Long> {
  static final SortedMap<OffsetDateTime, Long> EMPTY =
      new Buckets(new OffsetDateTime[0], new long[0], 0);

  private static final Comparator<OffsetDateTime> ORDER = OffsetDateTime.timeLineOrder();

  private final OffsetDateTime[] times;
  private final long[] counts;
  private final int size;

  private Buckets(OffsetDateTime[] times, long[] counts, int size) {
    this.times = times;
    this.counts = counts;
    this.size = size;
  }

  /**
   * Reads them.
   *
   * @throws JsonDataException if a time or count is unreadable, or a time comes twice with
   *     different counts
   */
  static SortedMap<OffsetDateTime, Long> read(JsonReader reader) throws IOException {
    return ObjectOrText.read(reader, EMPTY, object -> readObject(object, null));
  }

  /** Reads many by their names, as {@link #read} does each. */
  static Map<String, SortedMap<OffsetDateTime, Long>> readByName(JsonReader reader)
      throws IOException {
    var times = new Times();
    Decoder<SortedMap<OffsetDateTime, Long>> buckets = object -> readObject(object, times);
    return ByName.read(reader, each -> ObjectOrText.read(each, EMPTY, buckets));
  }

  /**
   * Reads an object.
   *
   * @param times where times may have been read before, or null
   */
  private static SortedMap<OffsetDateTime, Long> readObject(
      JsonReader reader, @Nullable Times times) throws IOException {
    var builder = new Builder();
    reader.beginObject();
    while (reader.hasNext()) {
      var time =
          times == null ? Json.time(reader, "a time", reader.nextName()) : times.next(reader);
      var count = Json.count(reader, "a count");
      if (!builder.put(time, count)) {
        throw Json.unexpected(reader, "one count for each instant", "another one, " + count);
      }
    }
    reader.endObject();
    return builder.build();
  }

  /**
   * Returns these buckets, immutable.
   *
   * @throws IllegalArgumentException if an instant has two counts
   */
  static SortedMap<OffsetDateTime, Long> copyOf(Map<OffsetDateTime, Long> buckets) {
    if (buckets instanceof Buckets immutable) {
      return immutable;
    }
    var builder = new Builder();
    builder.putAll(buckets);
    return builder.build();
  }

  /**
   * Returns the buckets of both.
   *
   * @throws IllegalArgumentException if an instant has two counts
   */
  static SortedMap<OffsetDateTime, Long> merged(
      Map<OffsetDateTime, Long> one, Map<OffsetDateTime, Long> other) {
    var builder = new Builder();
    builder.putAll(one);
    builder.putAll(other);
    return builder.build();
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
    return new Buckets(
        Arrays.copyOfRange(times, from, to), Arrays.copyOfRange(counts, from, to), to - from);
  }

  private static final class Builder {
    private OffsetDateTime[] times = new OffsetDateTime[4];
    private long[] counts = new long[4];
    private int size;

    /** Takes all from the first that comes out of order on. */
    private @Nullable TreeMap<OffsetDateTime, Long> unsorted;

    /** Returns false if the instant is there with another count. */
    boolean put(OffsetDateTime time, long count) {
      var sorting = unsorted;
      if (sorting == null) {
        if (size == 0 || ORDER.compare(times[size - 1], time) < 0) {
          append(time, count);
          return true;
        }
        sorting = new TreeMap<>(ORDER);
        for (int i = 0; i < size; i++) {
          sorting.put(times[i], counts[i]);
        }
        unsorted = sorting;
      }
      var there = sorting.putIfAbsent(time, count);
      return there == null || there == count;
    }

    void putAll(Map<OffsetDateTime, Long> buckets) {
      buckets.forEach(
          (time, count) -> {
            if (!put(time, count)) {
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
      return size == 0 ? EMPTY : new Buckets(times, counts, size);
    }
  }
}
