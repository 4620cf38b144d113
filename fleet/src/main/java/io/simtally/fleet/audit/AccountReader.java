package io.simtally.fleet.audit;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import io.simtally.core.ApiException;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.Fleet;
import io.simtally.fleet.FleetStoppedException;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.UsageStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

/** Reads the chosen days of one source from its provider. Used once, by one thread. */
final class AccountReader {
  /** A response about a whole account holds all its devices: few of them at once. */
  private static final int ACCOUNTS_AT_ONCE = 4;

  private final UsageSource source;
  private final DaySample.Part part;
  private final int concurrency;
  private final List<AuditDifference> differences = new ArrayList<>();
  private final List<AuditFailure> failures = new ArrayList<>();

  /** One reading: the days of a device, from the first to the last chosen one. */
  private record Task(Device device, List<DeviceDay> chosen) {
    DayRange days() {
      return new DayRange(chosen.get(0).day(), chosen.get(chosen.size() - 1).day());
    }
  }

  AccountReader(DaySample.Part part, int concurrency) {
    this.source = part.of().source();
    this.part = part;
    this.concurrency = concurrency;
  }

  AccountAudit read() {
    var tasks = tasks();
    var open = new LinkedHashSet<>(tasks);
    try (var run =
        Fleet.of(tasks)
            .concurrency(isAccount(tasks) ? Math.min(ACCOUNTS_AT_ONCE, concurrency) : concurrency)
            .runAsync(task -> source.read(task.device(), task.days()))) {
      for (var result : run) {
        open.remove(result.device());
        if (result.failure() == null) {
          compare(result.device(), result.orThrow());
        } else {
          fail(result.device().chosen(), result.failure());
        }
      }
    } catch (CancellationException interrupted) {
      throw interrupted;
    } catch (RuntimeException e) {
      open.forEach(task -> fail(task.chosen(), e));
    }
    differences.sort(comparing(AuditDifference::subject).thenComparing(AuditDifference::day));
    failures.sort(comparing(AuditFailure::subject).thenComparing(AuditFailure::day));
    return new AccountAudit(
        source.provider(),
        source.account(),
        part.population(),
        part.stored().size(),
        differences,
        failures);
  }

  private static boolean isAccount(List<Task> tasks) {
    return tasks.stream().anyMatch(task -> task.device().isAccount());
  }

  /** Returns the fewest readings that include all chosen days of a device. */
  private List<Task> tasks() {
    var bySubject =
        part.stored().keySet().stream()
            .sorted(comparing(DeviceDay::day))
            .collect(
                groupingBy(
                    each -> each.isOfAccount() ? UsageStore.ACCOUNT : each.subject(),
                    TreeMap::new,
                    toList()));
    var tasks = new ArrayList<Task>();
    try {
      for (var each : devices(bySubject.keySet()).entrySet()) {
        addReadings(each.getValue(), bySubject.getOrDefault(each.getKey(), List.of()), tasks);
        bySubject.remove(each.getKey());
      }
      bySubject.values().forEach(this::failUnlisted);
    } catch (CancellationException interrupted) {
      throw interrupted;
    } catch (RuntimeException e) {
      bySubject.values().forEach(days -> fail(days, e));
    }
    return tasks;
  }

  private void addReadings(Device device, List<DeviceDay> days, List<Task> to) {
    var chosen = new ArrayList<DeviceDay>();
    for (var each : days) {
      if (!chosen.isEmpty()
          && each.day().toEpochDay() - chosen.get(0).day().toEpochDay() >= source.daysAtOnce()) {
        to.add(new Task(device, List.copyOf(chosen)));
        chosen.clear();
      }
      chosen.add(each);
    }
    to.add(new Task(device, List.copyOf(chosen)));
  }

  /** Returns the devices of the subjects. No request is sent if the source allows it. */
  private Map<String, Device> devices(Set<String> subjects) {
    if (subjects.equals(Set.of(UsageStore.ACCOUNT))) {
      return Map.of(UsageStore.ACCOUNT, Device.ACCOUNT);
    }
    var kind = source.discoveredKind();
    var found = new TreeMap<String, Device>();
    if (kind.isPresent()) {
      subjects.forEach(subject -> found.put(subject, new Device(kind.get(), subject)));
    } else if (!subjects.isEmpty()) {
      for (var devices = source.devices(span()).iterator();
          found.size() < subjects.size() && devices.hasNext(); ) {
        var device = devices.next();
        if (subjects.contains(device.subject())) {
          found.put(device.subject(), device);
        }
      }
    }
    if (subjects.contains(UsageStore.ACCOUNT)) {
      found.put(UsageStore.ACCOUNT, Device.ACCOUNT);
    }
    return found;
  }

  private DayRange span() {
    var days =
        part.stored().keySet().stream().map(DeviceDay::day).collect(toCollection(TreeSet::new));
    return new DayRange(days.first(), days.last());
  }

  private void compare(Task task, List<UsageRecord> records) {
    for (var each : task.chosen()) {
      try {
        var day = records.stream().filter(record -> isOf(each, record)).toList();
        compare(each, source.sourceRule().split(day).counted());
      } catch (ArithmeticException overflow) {
        fail(
            List.of(each),
            ApiException.Kind.UNREADABLE_RESPONSE.name(),
            "the bytes of the day are more than a long holds");
      }
    }
  }

  private void compare(DeviceDay chosen, List<UsageRecord> counted) {
    var answered = 0L;
    for (var record : counted) {
      answered = Math.addExact(answered, record.totalBytes());
    }
    var stored = part.stored().getOrDefault(chosen, 0L);
    if (answered != stored) {
      differences.add(
          new AuditDifference(
              source.provider(),
              source.account(),
              chosen.subject(),
              chosen.day(),
              stored,
              answered));
    }
  }

  private static boolean isOf(DeviceDay chosen, UsageRecord record) {
    return DayRange.dayOf(record.start()).equals(chosen.day())
        && (chosen.subject().equals(UsageStore.ACCOUNT)
            || chosen.subject().equals(record.subject()));
  }

  private void failUnlisted(List<DeviceDay> days) {
    fail(
        days,
        AuditFailure.NOT_LISTED,
        "the account lists no device with this subject; add it to the devices file");
  }

  private void fail(List<DeviceDay> days, RuntimeException why) {
    var cause = why instanceof FleetStoppedException stopped ? stopped.failure() : why;
    var kind =
        cause instanceof ApiException answer
            ? answer.kind().name()
            : cause.getClass().getSimpleName();
    var message = why.getMessage();
    fail(days, kind, message == null ? kind : message);
  }

  private void fail(List<DeviceDay> days, String kind, String message) {
    for (var each : days) {
      failures.add(
          new AuditFailure(
              source.provider(), source.account(), each.subject(), each.day(), kind, message));
    }
  }
}
