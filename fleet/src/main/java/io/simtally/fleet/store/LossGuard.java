package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.UsageStore.GuardedWrite;
import io.simtally.fleet.store.sql.AccountKey;
import io.simtally.fleet.store.sql.SubjectDay;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which readings of a batch may be written although they remove usage.
 *
 * <p>Carriers correct figures, but they do not take back all of them. The thresholds separate a
 * correction from a loss with as little delay as possible:
 *
 * <ul>
 *   <li>A device that had usage and reports none at all was forgotten by its carrier, or got an
 *       empty response. A device that keeps usage on another of the days was corrected. A device
 *       without stored usage has nothing to lose, so that idle devices are never held.
 *   <li>Single devices of an account come and go, also by the carrier's list. More than half of its
 *       devices or bytes on one day is an outage of the carrier, and a smaller part is not worth a
 *       day that stays unsettled.
 * </ul>
 */
final class LossGuard {
  private static final String ADVICE =
      "; the stored figures stay. simtally sync --accept-losses writes the response";

  private final ReadingBatch batch;
  private final Map<String, List<Coverage>> before;
  private final Map<SubjectDay, Long> bytesBefore;
  private final Map<String, List<DayRange>> heldBefore;
  private final List<Reading> kept = new ArrayList<>();
  private final List<Failure> held = new ArrayList<>();
  private final List<GuardedWrite.Losing> losing = new ArrayList<>();

  /**
   * Creates a guard.
   *
   * @param before the coverage of the subjects and of the account
   * @param bytesBefore the stored bytes of the days of the batch
   * @param heldBefore the days of each subject that an earlier run held back
   * @param accepted whether all readings of a subject are written
   */
  LossGuard(
      ReadingBatch batch,
      Map<String, List<Coverage>> before,
      Map<SubjectDay, Long> bytesBefore,
      Map<String, List<DayRange>> heldBefore,
      Predicate<String> accepted) {
    this.batch = batch;
    this.before = before;
    this.bytesBefore = bytesBefore;
    this.heldBefore = heldBefore;
    var accounts = new ArrayList<Reading>();
    for (var reading : batch.readings()) {
      if (accepted.test(reading.subject())) {
        kept.add(reading);
      } else if (ReadingBatch.isOfAccount(reading)) {
        accounts.add(reading);
      } else if (isNew(reading.subject())) {
        kept.add(reading);
      } else {
        decideDevice(reading);
      }
    }
    if (!accounts.isEmpty()) {
      decideAccount(accounts);
    }
  }

  /** Returns the batch that may be written. */
  ReadingBatch kept() {
    return batch.with(kept);
  }

  GuardedWrite unwritten() {
    return new GuardedWrite(held, losing);
  }

  /** Returns whether nothing is known of a device, as in most readings of a first run. */
  private boolean isNew(String subject) {
    return !before.containsKey(subject)
        && !before.containsKey(UsageStore.ACCOUNT)
        && !heldBefore.containsKey(subject);
  }

  private boolean isKnown(String subject, LocalDate day) {
    return isCovered(subject, day) || isCovered(UsageStore.ACCOUNT, day);
  }

  private boolean isCovered(String subject, LocalDate day) {
    return before.getOrDefault(subject, List.of()).stream()
        .anyMatch(each -> each.days().contains(day));
  }

  private boolean wasHeld(String subject, LocalDate day) {
    return heldBefore.getOrDefault(subject, List.of()).stream()
        .anyMatch(days -> days.contains(day));
  }

  private void decideDevice(Reading reading) {
    var subject = reading.subject();
    var after = bytesByDay(reading.records());
    var lost = new TreeMap<LocalDate, Long>();
    var heldDays = new ArrayList<DayRange>();
    var hasUsageLeft = false;
    var storedBytes = BigInteger.ZERO;
    LocalDate lastUsed = null;
    for (var day : reading.days().each()) {
      var isHeld = wasHeld(subject, day);
      if (!isHeld && !isKnown(subject, day)) {
        continue;
      }
      long was = bytesBefore.getOrDefault(new SubjectDay(subject, day), 0L);
      long is = after.getOrDefault(day, 0L);
      hasUsageLeft |= is > 0;
      if (isHeld) {
        heldDays.add(DayRange.of(day));
      }
      if (was > 0) {
        lastUsed = day;
        storedBytes = storedBytes.add(BigInteger.valueOf(was));
      }
      if (is < was) {
        lost.put(day, was - is);
      }
    }
    if (hasUsageLeft || (lastUsed == null && heldDays.isEmpty())) {
      keep(reading, lost, after);
    } else if (lastUsed == null) {
      // Of these days nothing is stored: the response says no more than the one that was held.
      split(reading, heldDays, "the response has no usage of days that were held back before");
    } else {
      split(
          reading,
          List.of(untrusted(reading.days(), lastUsed, after)),
          String.format(
              Locale.ROOT,
              "the store has %,d bytes from %s to %s, the response has none",
              storedBytes,
              lost.firstKey(),
              lost.lastKey()));
    }
  }

  /** Keeps a reading, unless the devices of its account must decide about it together. */
  private void keep(Reading reading, Map<LocalDate, Long> lost, Map<LocalDate, Long> after) {
    if (lost.isEmpty()) {
      kept.add(reading);
      return;
    }
    var emptied = new HashSet<>(lost.keySet());
    emptied.removeIf(day -> after.getOrDefault(day, 0L) > 0);
    losing.add(new GuardedWrite.Losing(reading, lost, emptied));
  }

  /**
   * Returns the days of a response whose zeros prove nothing: those up to the first usage after the
   * loss. A carrier that forgot a line counts it again from that day on.
   */
  private static DayRange untrusted(DayRange days, LocalDate lastUsed, Map<LocalDate, Long> after) {
    var to =
        days.each().stream()
            .filter(day -> day.isAfter(lastUsed) && after.getOrDefault(day, 0L) > 0)
            .findFirst()
            .map(day -> day.minusDays(1))
            .orElse(days.to());
    return new DayRange(days.from(), to);
  }

  /** Holds back some days of a reading and keeps the others. */
  private void split(Reading reading, List<DayRange> days, String reason) {
    for (var left : reading.days().without(days)) {
      kept.add(ReadingBatch.part(reading, left));
    }
    for (var each : joined(days)) {
      hold(reading, each, reason);
    }
  }

  private static List<DayRange> joined(List<DayRange> days) {
    var joined = new ArrayList<DayRange>();
    for (var each : days) {
      var last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && last.to().plusDays(1).equals(each.from())) {
        joined.set(joined.size() - 1, new DayRange(last.from(), each.to()));
      } else {
        joined.add(each);
      }
    }
    return joined;
  }

  private void hold(Reading reading, DayRange days, String reason) {
    held.add(
        new Failure(
            reading.provider(),
            reading.account(),
            reading.subject(),
            days,
            Failure.HELD,
            "held back: " + reason + ADVICE,
            reading.readAt()));
  }

  private static Map<LocalDate, Long> bytesByDay(List<UsageRecord> records) {
    var bytes = new HashMap<LocalDate, Long>();
    for (var usage : records) {
      bytes.merge(DayRange.dayOf(usage.start()), usage.totalBytes(), Math::addExact);
    }
    return bytes;
  }

  private void decideAccount(List<Reading> readings) {
    var stored = byDay(bytesBefore);
    var losses = new HashMap<LocalDate, String>();
    for (var reading : readings) {
      var after = byDay(reading.records());
      for (var day : reading.days().each()) {
        var reason =
            loss(day, stored.getOrDefault(day, Map.of()), after.getOrDefault(day, Map.of()));
        if (reason != null) {
          losses.put(day, reason);
        }
      }
    }
    for (var reading : readings) {
      var used = byDay(reading.records()).keySet();
      var reasons = new TreeMap<LocalDate, String>();
      for (var day : reading.days().each()) {
        if (losses.containsKey(day)) {
          reasons.put(day, losses.getOrDefault(day, ""));
        } else if (!used.contains(day) && isUnread(day) && (!losses.isEmpty() || isHeld(day))) {
          reasons.put(day, "the response has no usage, as of days that lost theirs");
        }
      }
      for (var left :
          reading.days().without(reasons.keySet().stream().map(DayRange::of).toList())) {
        kept.add(ReadingBatch.part(reading, left));
      }
      reasons.forEach((day, reason) -> hold(reading, DayRange.of(day), reason));
    }
  }

  private boolean isUnread(LocalDate day) {
    return before.values().stream()
        .flatMap(List::stream)
        .noneMatch(each -> each.days().contains(day));
  }

  private boolean isHeld(LocalDate day) {
    return wasHeld(UsageStore.ACCOUNT, day);
  }

  private static Map<LocalDate, Map<String, Long>> byDay(Map<SubjectDay, Long> bytes) {
    var days = new HashMap<LocalDate, Map<String, Long>>();
    bytes.forEach((each, of) -> add(each, of, days));
    return days;
  }

  private static Map<LocalDate, Map<String, Long>> byDay(List<UsageRecord> records) {
    var days = new HashMap<LocalDate, Map<String, Long>>();
    for (var usage : records) {
      add(new SubjectDay(usage.subject(), DayRange.dayOf(usage.start())), usage.totalBytes(), days);
    }
    return days;
  }

  private static void add(SubjectDay day, long bytes, Map<LocalDate, Map<String, Long>> days) {
    if (bytes > 0) {
      days.computeIfAbsent(day.day(), key -> new HashMap<>())
          .merge(day.subject(), bytes, Math::addExact);
    }
  }

  private @Nullable String loss(LocalDate day, Map<String, Long> was, Map<String, Long> is) {
    var bytesBefore = sum(was.values());
    var bytesAfter = sum(is.values());
    long gone = was.keySet().stream().filter(subject -> !is.containsKey(subject)).count();
    // The account may name other subjects than the devices that were read one by one before it.
    var isLoss =
        isCovered(UsageStore.ACCOUNT, day)
            ? isLoss(gone, was.size(), bytesBefore.subtract(bytesAfter), bytesBefore)
            : bytesBefore.signum() > 0 && bytesAfter.signum() == 0;
    return isLoss
        ? String.format(
            Locale.ROOT,
            "on %s the store has %,d bytes of %s, the response has %,d bytes of %s",
            day,
            bytesBefore,
            devices(was.size()),
            bytesAfter,
            devices(is.size()))
        : null;
  }

  private static BigInteger sum(Iterable<Long> bytes) {
    var sum = BigInteger.ZERO;
    for (var each : bytes) {
      sum = sum.add(BigInteger.valueOf(each));
    }
    return sum;
  }

  private static String devices(long count) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "device" : "devices");
  }

  /** Returns whether an account loses more than half of its devices or bytes on a day. */
  private static boolean isLoss(
      long goneDevices, long devices, BigInteger lostBytes, BigInteger bytes) {
    return 2 * goneDevices > devices || lostBytes.shiftLeft(1).compareTo(bytes) > 0;
  }

  /** What the devices of an account lose on a day, read one by one. */
  private static final class DayLoss {
    private BigInteger lostBytes = BigInteger.ZERO;
    private long emptied;
  }

  /**
   * The days of an account that lose too much, of devices read one by one.
   *
   * @param stored the bytes of the account and its devices with usage on each day, in the store
   * @return a failure of the account for each day
   */
  static List<Failure> ofAccount(
      AccountKey key, List<GuardedWrite.Losing> losses, Map<LocalDate, AccountDay> stored) {
    var days = new TreeMap<LocalDate, DayLoss>();
    for (var each : losses) {
      each.lostBytes()
          .forEach(
              (day, bytes) -> {
                var loss = days.computeIfAbsent(day, date -> new DayLoss());
                loss.lostBytes = loss.lostBytes.add(BigInteger.valueOf(bytes));
                loss.emptied += each.emptied().contains(day) ? 1 : 0;
              });
    }
    var readAt = losses.stream().map(each -> each.reading().readAt()).max(Comparable::compareTo);
    var held = new ArrayList<Failure>();
    days.forEach(
        (day, loss) -> {
          var of = stored.getOrDefault(day, AccountDay.NONE);
          if (isLoss(loss.emptied, of.devices(), loss.lostBytes, of.bytes())) {
            held.add(
                new Failure(
                    key.provider(),
                    key.account(),
                    UsageStore.ACCOUNT,
                    DayRange.of(day),
                    Failure.HELD,
                    String.format(
                        Locale.ROOT,
                        "held back: on %s the store has %,d bytes of %s, the responses lower them by %,d bytes and leave %s without usage%s",
                        day,
                        of.bytes(),
                        devices(of.devices()),
                        loss.lostBytes,
                        devices(loss.emptied),
                        ADVICE),
                    readAt.orElseThrow()));
          }
        });
    return held;
  }

  /**
   * The usage of an account on a day.
   *
   * @param devices the number of devices with usage
   */
  record AccountDay(BigInteger bytes, long devices) {
    static final AccountDay NONE = new AccountDay(BigInteger.ZERO, 0);
  }

  /** Returns the days of some failures. */
  static Set<DayRange> daysOf(List<Failure> failures) {
    var days = new HashSet<DayRange>();
    failures.forEach(each -> days.add(each.days()));
    return days;
  }
}
