package io.simtally.fleet.sync;

import io.simtally.core.DayRange;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.UsageStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * What the store lacks, looked up for some devices at a time while the run goes on, so that a list
 * of any length takes little memory.
 */
final class MissingDays implements Iterable<Task> {
  /** DuckDB looks through all coverage each time: few questions, each of many devices. */
  private static final int CHUNK = 10_000;

  /** Where nothing is missing, nothing waits in memory, and the questions may be larger. */
  private static final int LARGEST_CHUNK = 80_000;

  private final UsageSource source;
  private final Iterable<Device> devices;
  private final UsageStore store;
  private final CarrierSync.Settings settings;
  private final LongConsumer settled;

  /**
   * What is missing.
   *
   * @param settled told how many devices of a chunk lack nothing
   */
  MissingDays(
      UsageSource source,
      Iterable<Device> devices,
      UsageStore store,
      CarrierSync.Settings settings,
      LongConsumer settled) {
    this.source = source;
    this.devices = devices;
    this.store = store;
    this.settings = settings;
    this.settled = settled;
  }

  @Override
  public Iterator<Task> iterator() {
    var list = devices.iterator();
    return new Iterator<>() {
      private final Queue<Task> tasks = new ArrayDeque<>();
      private int size = CHUNK;

      @Override
      public boolean hasNext() {
        while (tasks.isEmpty() && !settings.isStopped().getAsBoolean() && list.hasNext()) {
          var chunk = chunk(list, size);
          // The first one tells whether the account has been read.
          if (size == CHUNK || !isSettled(chunk.keySet())) {
            tasks.addAll(missing(chunk));
          }
          size = tasks.isEmpty() ? Math.min(2 * size, LARGEST_CHUNK) : CHUNK;
        }
        return !tasks.isEmpty() && !settings.isStopped().getAsBoolean();
      }

      @Override
      public Task next() {
        // Not whether it is stopped: who has heard that there is one more gets it.
        if (tasks.isEmpty() && !hasNext()) {
          throw new NoSuchElementException("nothing is missing any more");
        }
        return tasks.remove();
      }
    };
  }

  /** Each device once. */
  private static Map<String, Device> chunk(Iterator<Device> list, int size) {
    var chunk = new LinkedHashMap<String, Device>();
    while (chunk.size() < size && list.hasNext()) {
      var device = list.next();
      chunk.putIfAbsent(device.id(), device);
    }
    return chunk;
  }

  /** Whether nothing is missing, which is to be expected where the chunk before lacked nothing. */
  private boolean isSettled(Set<String> subjects) {
    var count =
        store.settled(source.provider(), subjects, settings.days(), settings.settleAfterDays());
    if (count < subjects.size()) {
      return false;
    }
    settled.accept(count);
    return true;
  }

  private List<Task> missing(Map<String, Device> chunk) {
    var read = new HashMap<String, List<DayRange>>();
    var subjects = new ArrayList<>(chunk.keySet());
    var isAccount = chunk.containsKey(UsageStore.ACCOUNT);
    if (!isAccount) {
      subjects.add(UsageStore.ACCOUNT);
    }
    for (var coverage : store.coverage(source.provider(), subjects, settings.days())) {
      if (coverage.subject().equals(UsageStore.ACCOUNT) && !isAccount) {
        throw new IllegalStateException(
            "the store has "
                + coverage.days()
                + " of the whole account, and with its devices beside it these days would count"
                + " twice: read them into another store, or list no devices");
      }
      coverage
          .settled(settings.settleAfterDays())
          .ifPresent(days -> read.merge(coverage.subject(), List.of(days), MissingDays::joined));
    }
    var tasks = new ArrayList<Task>();
    var complete = 0L;
    var askedAt = settings.clock().instant();
    // Most devices lack the same: one list for all of them.
    var partsOf = new HashMap<List<DayRange>, List<DayRange>>();
    for (var device : chunk.values()) {
      var parts =
          partsOf.computeIfAbsent(
              read.getOrDefault(device.id(), List.of()),
              days -> parts(settings.days().without(days)));
      complete += parts.isEmpty() ? 1 : 0;
      for (int i = 0; i < parts.size(); i++) {
        tasks.add(new Task(device, parts.get(i), askedAt, i, parts.size()));
      }
    }
    if (complete > 0) {
      settled.accept(complete);
    }
    return tasks;
  }

  private static List<DayRange> joined(List<DayRange> days, List<DayRange> more) {
    return Stream.concat(days.stream(), more.stream()).toList();
  }

  private List<DayRange> parts(List<DayRange> lacking) {
    var parts = new ArrayList<DayRange>();
    for (var range : lacking) {
      for (var from = range.from();
          !from.isAfter(range.to());
          from = from.plusDays(source.daysAtOnce())) {
        var longest = range.to().toEpochDay() - from.toEpochDay();
        var to = from.plusDays(Math.min(longest, source.daysAtOnce() - 1L));
        parts.add(new DayRange(from, to));
      }
    }
    return parts;
  }
}
