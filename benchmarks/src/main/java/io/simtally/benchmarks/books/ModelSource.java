package io.simtally.benchmarks.books;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.SourceRule;
import io.simtally.fleet.source.UsageSource;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A simulated carrier as it responds on one day. */
final class ModelSource implements UsageSource {
  private static final String KIND = "iccid";
  private static final String ESTIMATE = "estimate";
  private static final String RATED = "rated";

  private final ModelUsage usage;
  private final ModelCarrier carrier;
  private final int today;
  private final List<String> subjects;
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The requested days of each device, or of all devices for a whole account. */
  private final Map<Integer, ConcurrentLinkedQueue<DayRange>> asked = new ConcurrentHashMap<>();

  ModelSource(ModelUsage usage, ModelCarrier carrier, int today) {
    this.usage = usage;
    this.carrier = carrier;
    this.today = today;
    this.subjects = usage.subjects(carrier);
    for (int device = 0; device < usage.devices(); device++) {
      numbers.put(subjects.get(device), device);
    }
  }

  String subject(int device) {
    return subjects.get(device);
  }

  ModelCarrier carrier() {
    return carrier;
  }

  /** Returns the requested ranges of a device; of the account if the device is -1. */
  Iterable<DayRange> asked(int device) {
    var ranges = asked.get(device);
    return ranges == null ? List.of() : ranges;
  }

  long requests() {
    return asked.values().stream().mapToLong(ConcurrentLinkedQueue::size).sum();
  }

  @Override
  public String provider() {
    return carrier.provider();
  }

  @Override
  public String account() {
    return carrier.account();
  }

  @Override
  public int daysAtOnce() {
    return carrier.isWhole() ? 1 : Integer.MAX_VALUE;
  }

  @Override
  public int settleAfterDays() {
    return carrier.settleAfterDays();
  }

  @Override
  public SourceRule sourceRule() {
    return carrier == ModelCarrier.M2M ? SourceRule.LARGEST : SourceRule.SUM;
  }

  @Override
  public Optional<String> discoveredKind() {
    return carrier == ModelCarrier.MASON ? Optional.of(KIND) : Optional.empty();
  }

  @Override
  public Iterable<Device> devices(DayRange days) {
    if (carrier.isWhole()) {
      return List.of(Device.ACCOUNT);
    }
    return IntStream.range(0, usage.devices())
        .filter(device -> usage.isListed(carrier, device, today))
        .mapToObj(device -> new Device(KIND, subject(device)))
        .toList();
  }

  @Override
  public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
    var records = new ArrayList<UsageRecord>();
    if (device.isAccount()) {
      ask(-1, days);
      for (int each = 0; each < usage.devices(); each++) {
        add(each, days, records);
      }
    } else {
      var number = numbers.getOrDefault(device.id(), -1);
      ask(number, days);
      add(number, days, records);
    }
    return CompletableFuture.completedFuture(records);
  }

  private void ask(int device, DayRange days) {
    asked.computeIfAbsent(device, key -> new ConcurrentLinkedQueue<>()).add(days);
  }

  private void add(int device, DayRange days, List<UsageRecord> records) {
    var subject = subject(device);
    for (var day : days.each()) {
      var bytes = response(device, day);
      if (bytes > 0) {
        var isCountedTwice = carrier == ModelCarrier.M2M && bytes % 3 == 0;
        records.add(record(subject, day, bytes, isCountedTwice ? RATED : null));
        if (isCountedTwice) {
          records.add(record(subject, day, bytes - bytes / 10, ESTIMATE));
        }
      }
    }
  }

  /** Returns the bytes of the response of this day. */
  long response(int device, LocalDate day) {
    return usage.isSilent(carrier, device, today)
        ? 0
        : usage.bytes(carrier, device, number(day), today);
  }

  /** Returns the number of a day, from 0. */
  static int number(LocalDate day) {
    return (int) (day.toEpochDay() - ModelUsage.FIRST.toEpochDay());
  }

  private UsageRecord record(String subject, LocalDate day, long bytes, @Nullable String source) {
    var isSession = carrier == ModelCarrier.HYPERPRECISE;
    var start = DayRange.of(day).start();
    return new UsageRecord(
        carrier.provider(),
        subject,
        isSession ? start.plusSeconds(bytes % 86_400) : start,
        isSession ? null : Duration.ofDays(1),
        bytes,
        isSession || source != null ? null : bytes / 3,
        isSession || source != null ? null : bytes - bytes / 3,
        source);
  }
}
