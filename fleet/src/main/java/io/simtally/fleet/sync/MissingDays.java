package io.simtally.fleet.sync;

import io.simtally.core.DayRange;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.StoredDevice;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The days that the store lacks, looked up for a chunk of devices at a time while the run proceeds,
 * so that a list of any length needs little memory. Iterated once.
 */
final class MissingDays implements Iterable<Task> {
  /** DuckDB scans all coverage for each query: few queries, each for many devices. */
  private static final int CHUNK = 10_000;

  /** Devices that lack nothing do not wait in memory, so that their chunks can be larger. */
  private static final int LARGEST_CHUNK = 80_000;

  private final UsageSource source;
  private final Iterable<Device> devices;
  private final UsageStore store;
  private final CarrierSync.Settings settings;
  private final LongConsumer settled;

  /** The requested days that the provider still keeps, at most one range. */
  private final List<DayRange> kept;

  private final @Nullable DayRange unavailable;

  /** The days of each subject that were held back by a reading after their settling time. */
  private final Map<String, List<DayRange>> heldForGood;

  /** One moment for all readings of a run, so that the ledger needs one row per day for it. */
  private final Instant askedAt;

  private long unread;
  private long droppedDevices;

  /** Why the list ended early, thrown after the devices before have been read. */
  private @Nullable RuntimeException cutOff;

  /** The subjects so far of a source that lists its own devices, unless the list is a set. */
  private final Set<String> seen = new HashSet<>();

  /**
   * Creates the missing days of some devices.
   *
   * @param settled receives the number of devices of a chunk that lack nothing
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
    this.unavailable = unavailable(settings.days(), source.oldestDay(settings.clock()));
    this.askedAt = settings.clock().instant();
    this.heldForGood = readHeldForGood();
    this.kept = settings.days().without(unavailable == null ? List.of() : List.of(unavailable));
  }

  private Map<String, List<DayRange>> readHeldForGood() {
    var held = new HashMap<String, List<DayRange>>();
    var query =
        UsageQuery.days(settings.days()).provider(source.provider()).account(source.account());
    try (var failures = store.failures(query)) {
      failures
          .filter(each -> each.kind().equals(Failure.HELD))
          .filter(each -> !settings.accepted().contains(each.subject()))
          .forEach(
              each ->
                  settledPart(each)
                      .ifPresent(
                          days -> held.merge(each.subject(), List.of(days), MissingDays::joined)));
    }
    return held;
  }

  /** Returns the days whose response was held back when it would have settled them. */
  private Optional<DayRange> settledPart(Failure held) {
    return new Coverage(
            held.provider(), held.account(), held.subject(), held.days(), held.failedAt())
        .settled(settings.settleAfterDays());
  }

  /** Returns the days of the account that stay held back, since no run reads them again. */
  List<DayRange> heldForGood() {
    return heldForGood.getOrDefault(UsageStore.ACCOUNT, List.of());
  }

  private static @Nullable DayRange unavailable(DayRange days, @Nullable LocalDate oldest) {
    if (oldest == null || !days.from().isBefore(oldest)) {
      return null;
    }
    var last = oldest.minusDays(1);
    return DayRange.of(days.from(), last.isBefore(days.to()) ? last : days.to());
  }

  /** Returns the requested days that the provider no longer keeps, or null if there are none. */
  @Nullable UnavailableDays unavailable() {
    return unavailable == null ? null : new UnavailableDays(unavailable, unread);
  }

  /** Returns the number of devices so far that the list does not name. */
  long droppedDevices() {
    return droppedDevices;
  }

  @Override
  public Iterator<Task> iterator() {
    var list = listedAndDropped();
    return new Iterator<>() {
      private final Queue<Task> tasks = new ArrayDeque<>();
      private int size = CHUNK;

      @Override
      public boolean hasNext() {
        while (tasks.isEmpty() && !isEnded()) {
          var chunk = chunk(list, size);
          if (chunk.isEmpty()) {
            break;
          }
          writeLabels(chunk);
          // The first chunk shows whether the account as a whole has been read.
          if (size == CHUNK || !isSettled(chunk.keySet())) {
            tasks.addAll(missing(chunk));
          }
          size = tasks.isEmpty() ? Math.min(2 * size, LARGEST_CHUNK) : CHUNK;
        }
        if (tasks.isEmpty() && cutOff != null) {
          throw cutOff;
        }
        return !tasks.isEmpty() && !settings.isStopped().getAsBoolean();
      }

      @Override
      public Task next() {
        // A caller that has seen hasNext() gets the task even if the run is stopped by now.
        if (tasks.isEmpty() && !hasNext()) {
          throw new NoSuchElementException("no more days are missing");
        }
        return tasks.remove();
      }
    };
  }

  private boolean isEnded() {
    return cutOff != null || settings.isStopped().getAsBoolean();
  }

  /** Stores the labels of listed devices. A provider's own list has none. */
  private void writeLabels(Map<String, Device> chunk) {
    if (source.discoveredKind().isEmpty() && !chunk.containsKey(UsageStore.ACCOUNT)) {
      store.writeDevices(
          source.account(), chunk.entrySet().stream().map(each -> stored(each)).toList());
    }
  }

  private StoredDevice stored(Map.Entry<String, Device> device) {
    return new StoredDevice(
        source.provider(),
        source.account(),
        device.getKey(),
        device.getValue().label(),
        device.getValue().group());
  }

  /** The devices of the list, followed by those that the list no longer names. */
  private Iterator<Device> listedAndDropped() {
    var isDiscovered = source.discoveredKind().isPresent();
    var list = devices.iterator();
    return new Iterator<>() {
      private Iterator<Device> current = list;

      @Override
      public boolean hasNext() {
        if (!current.hasNext() && current == list && isDiscovered) {
          current = dropped().iterator();
        }
        return current.hasNext();
      }

      @Override
      public Device next() {
        var device = current.next();
        if (isDiscovered && !(devices instanceof Set)) {
          seen.add(device.subject());
        }
        return device;
      }
    };
  }

  /**
   * Returns the devices with days that are not settled which the provider's list does not name. A
   * list of devices with usage loses a device whose usage is corrected to zero.
   */
  private List<Device> dropped() {
    var kind = source.discoveredKind().orElseThrow();
    var dropped = new LinkedHashSet<Device>();
    var query =
        UsageQuery.days(settings.days()).provider(source.provider()).account(source.account());
    try (var covered = store.coverage(query)) {
      covered
          .filter(each -> !each.subject().equals(UsageStore.ACCOUNT) && !isSettled(each))
          .map(each -> new Device(kind, each.subject()))
          .filter(device -> !isListed(device))
          .forEach(dropped::add);
    }
    droppedDevices = dropped.size();
    return List.copyOf(dropped);
  }

  private boolean isListed(Device device) {
    return devices instanceof Set<?> set ? set.contains(device) : seen.contains(device.subject());
  }

  private boolean isSettled(Coverage coverage) {
    return coverage.settled(settings.settleAfterDays()).filter(coverage.days()::equals).isPresent();
  }

  /** Returns the next devices, each once by its subject; fewer if the list fails. */
  private Map<String, Device> chunk(Iterator<Device> list, int size) {
    var chunk = new LinkedHashMap<String, Device>();
    try {
      while (chunk.size() < size && list.hasNext()) {
        var device = list.next();
        requireSame(device, chunk.putIfAbsent(device.subject(), device));
      }
    } catch (RuntimeException e) {
      cutOff = e;
    }
    if (chunk.size() > 1 && chunk.containsKey(UsageStore.ACCOUNT)) {
      throw new IllegalArgumentException("the list has devices beside the whole account");
    }
    return chunk;
  }

  private static void requireSame(Device device, @Nullable Device other) {
    if (other != null && !isSame(device, other)) {
      throw new IllegalArgumentException(
          "the devices '%s' and '%s' of the list have one subject, %s"
              .formatted(inFull(other), inFull(device), device.subject()));
    }
  }

  /** Two spellings of an id are one device, two accounts or kinds are not. */
  private static boolean isSame(Device one, Device other) {
    return one.kind().equals(other.kind()) && Objects.equals(one.account(), other.account());
  }

  private static String inFull(Device device) {
    return device.account() == null ? device.toString() : device + " of " + device.account();
  }

  /** Whether nothing is missing, which is expected where the chunk before lacked nothing. */
  private boolean isSettled(Set<String> subjects) {
    if (unavailable != null) {
      return false;
    }
    var count =
        store.settled(
            source.provider(),
            source.account(),
            subjects,
            settings.days(),
            settings.settleAfterDays());
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
    if (unavailable != null) {
      unread += unavailable.days() * chunk.size();
    }
    for (var coverage :
        store.coverage(source.provider(), source.account(), subjects, settings.days())) {
      if (coverage.subject().equals(UsageStore.ACCOUNT) && !isAccount) {
        throw new IllegalStateException(
            "the store has "
                + coverage.days()
                + " of the whole account; together with its devices these days would count twice:"
                + " read the devices into another store, or list no devices");
      }
      if (unavailable != null) {
        unread -= coverage.days().overlap(unavailable).map(DayRange::days).orElse(0L);
      }
      coverage
          .settled(settings.settleAfterDays())
          .ifPresent(days -> read.merge(coverage.subject(), List.of(days), MissingDays::joined));
      // A device that has not been read on a held day of its account is read.
      if (!settings.accepted().contains(coverage.subject())) {
        for (var held : heldForGood()) {
          coverage
              .days()
              .overlap(held)
              .ifPresent(
                  days -> read.merge(coverage.subject(), List.of(days), MissingDays::joined));
        }
      }
    }
    if (!heldForGood.isEmpty()) {
      for (var subject : chunk.keySet()) {
        var held = heldForGood.get(subject);
        if (held != null) {
          read.merge(subject, held, MissingDays::joined);
        }
      }
    }
    var tasks = new ArrayList<Task>();
    var complete = 0L;
    // Most devices lack the same days: they share one list.
    var partsOf = new HashMap<List<DayRange>, List<DayRange>>();
    for (var device : chunk.entrySet()) {
      var parts =
          partsOf.computeIfAbsent(read.getOrDefault(device.getKey(), List.of()), this::parts);
      complete += parts.isEmpty() ? 1 : 0;
      for (int i = 0; i < parts.size(); i++) {
        tasks.add(new Task(device.getValue(), parts.get(i), askedAt, i, parts.size()));
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

  /** Returns the days to read, in ranges that the source can read at once. */
  private List<DayRange> parts(List<DayRange> settledDays) {
    var parts = new ArrayList<DayRange>();
    for (var days : kept) {
      for (var range : days.without(settledDays)) {
        for (var from = range.from();
            !from.isAfter(range.to());
            from = from.plusDays(source.daysAtOnce())) {
          var longest = range.to().toEpochDay() - from.toEpochDay();
          var to = from.plusDays(Math.min(longest, source.daysAtOnce() - 1L));
          parts.add(new DayRange(from, to));
        }
      }
    }
    return parts;
  }
}
