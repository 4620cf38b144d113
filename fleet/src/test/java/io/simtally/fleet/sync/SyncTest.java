package io.simtally.fleet.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.Correction;
import io.simtally.fleet.store.DailyUsage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SyncTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final DayRange DAYS = DayRange.of(FIRST, FIRST.plusDays(9));

  @TempDir private Path directory;

  private final Carrier carrier = new Carrier("carrier", 5);
  private UsageStore store;

  @BeforeEach
  void open() {
    store = UsageStore.open(directory.resolve("store.duckdb").toString(), Map.of());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void keepsTheLastFigureOfADayThatIsCorrectedAndAsksForNothingThatIsSettled() {
    var day = FIRST.plusDays(9);
    run("2026-03-11T06:00:00Z");
    assertThat(bytes("device-0", day)).isEqualTo(100);

    carrier.bytes.put(day, 150L);
    run("2026-03-12T06:00:00Z");
    assertThat(bytes("device-0", day)).isEqualTo(150);
    assertThat(corrections()).hasSize(5).allMatch(each -> each.beforeBytes() == 100);

    carrier.bytes.put(day, 120L);
    run("2026-03-14T06:00:00Z");
    assertThat(bytes("device-0", day)).isEqualTo(120);

    carrier.asked.clear();
    carrier.bytes.put(day, 999L);
    run("2026-03-20T06:00:00Z");

    assertThat(carrier.asked).isEmpty();
    assertThat(bytes("device-0", day)).isEqualTo(120);
  }

  @Test
  void readsAgainOnlyTheDaysThatAreNotSettled() {
    run("2026-03-11T06:00:00Z");
    carrier.asked.clear();

    run("2026-03-11T07:00:00Z");

    // Three days after its end, the seventh is settled.
    assertThat(carrier.asked)
        .hasSize(5)
        .allMatch(asked -> asked.endsWith("2026-03-08 to 2026-03-10"));
  }

  @Test
  void goesOnWhereItWasStopped() {
    var begun = new AtomicInteger();
    var large = new Carrier("carrier", 300);
    var stopped =
        sync("2026-03-20T06:00:00Z")
            .concurrency(4)
            .stopWhen(() -> begun.incrementAndGet() > 100)
            .run(List.of(large));
    assertThat(stopped.isComplete()).isFalse();
    assertThat(stopped.carriers().get(0).isStopped()).isTrue();
    var before = large.asked.size();
    assertThat(before).isBetween(1, 299);
    assertThat(subjects()).as("what was read is stored").hasSize(before);

    var whole = sync("2026-03-20T07:00:00Z").run(List.of(large));

    assertThat(whole.isComplete()).isTrue();
    assertThat(whole.carriers().get(0).progress().settled()).isEqualTo(before);
    assertThat(large.asked).doesNotHaveDuplicates().hasSize(300);
    assertThat(subjects()).hasSize(300);
  }

  @Test
  void oneCarrierThatFailsDoesNotLoseTheOthers() {
    var broken = new Carrier("broken", 3);
    broken.failure = new IllegalStateException("no such fleet");

    var result = sync("2026-03-20T06:00:00Z").run(List.of(broken, carrier));

    assertThat(result.isComplete()).isFalse();
    assertThat(result.carriers().get(0).failure()).hasMessage("no such fleet");
    assertThat(result.carriers().get(1).isComplete()).isTrue();
    assertThat(subjects()).hasSize(5);
    assertThat(failures()).extracting(Failure::message).containsExactly("no such fleet");

    broken.failure = null;
    assertThat(sync("2026-03-20T07:00:00Z").run(List.of(broken)).isComplete()).isTrue();
    assertThat(failures()).isEmpty();
  }

  @Test
  void readsAnAccountDayByDay() {
    var account = new Carrier("account", 0);

    sync("2026-03-20T06:00:00Z").run(List.of(account));

    assertThat(account.asked).hasSize(10).first().isEqualTo("* 2026-03-01");
    assertThat(bytes("whoever", FIRST)).isEqualTo(100);
  }

  @Test
  void readsFewDaysOfAnAccountAtOnceSinceEachHoldsEverybody() {
    var account = new Carrier("account", 0);
    var held = new ConcurrentLinkedQueue<CompletableFuture<Void>>();
    var underWay = new AtomicInteger();
    var mostAtOnce = new AtomicInteger();
    account.answering =
        () -> {
          mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          var answer = new CompletableFuture<Void>();
          var ended = answer.thenRun(underWay::decrementAndGet);
          if (account.asked.size() > 4) {
            answer.complete(null);
            return ended;
          }
          held.add(answer);
          if (held.size() == 4) {
            var asking = Thread.currentThread();
            CompletableFuture<?> unused =
                CompletableFuture.runAsync(
                    () -> {
                      // Not before no other is asked for: that would hide that there are more.
                      while (asking.getState() == Thread.State.RUNNABLE) {
                        Thread.onSpinWait();
                      }
                      held.forEach(each -> each.complete(null));
                    });
          }
          return ended;
        };

    sync("2026-03-20T06:00:00Z").run(List.of(account));

    assertThat(account.asked).hasSize(10);
    assertThat(mostAtOnce).hasValue(4);
  }

  @Test
  void putsNoDevicesBesideTheWholeAccountThatCountsThemAlready() {
    sync("2026-03-20T06:00:00Z").run(List.of(new Carrier("carrier", 0)));

    var result = sync("2026-03-20T07:00:00Z").run(List.of(carrier));

    assertThat(result.carriers().get(0).failure())
        .hasMessageContaining("these days would count twice");
    assertThat(carrier.asked).isEmpty();
    assertThat(subjects()).containsExactly("whoever");
  }

  @Test
  void takesTheWholeAccountInThePlaceOfItsDevices() {
    run("2026-03-20T06:00:00Z");

    sync("2026-03-20T07:00:00Z").run(List.of(new Carrier("carrier", 0)));

    assertThat(subjects()).containsExactly("whoever");
  }

  @Test
  void asksOnWhileTheStoreWrites() {
    var large = new Carrier("carrier", 25_000);
    var askedMeanwhile = new CountDownLatch(15_000);
    large.whenAsked = askedMeanwhile::countDown;
    var askedMeanwhileOfFirst = new ArrayList<Boolean>();
    var slow =
        storeBefore(
            "write",
            () -> {
              // The first batch is of 10,000 devices: the others can only be asked about meanwhile.
              if (askedMeanwhileOfFirst.isEmpty()) {
                askedMeanwhileOfFirst.add(awaited(askedMeanwhile));
              }
            });

    var result = Sync.into(slow).days(DayRange.of(FIRST)).clock(at("2026-03-20T06:00:00Z"));

    assertThat(result.run(List.of(large)).isComplete()).isTrue();
    assertThat(askedMeanwhileOfFirst).containsExactly(true);
    assertThat(subjects()).hasSize(25_000);
  }

  @Test
  void endsWithTheFailureOfAStoreThatFailsInTheMiddle() {
    var large = new Carrier("carrier", 40_000);
    var writes = new AtomicInteger();
    var full =
        storeBefore(
            "write",
            () -> {
              if (writes.incrementAndGet() == 2) {
                throw new StoreException("the disk is full", null);
              }
            });
    var sync = Sync.into(full).days(DayRange.of(FIRST)).clock(at("2026-03-20T06:00:00Z"));

    assertThatThrownBy(() -> sync.run(List.of(large)))
        .isInstanceOf(StoreException.class)
        .hasMessage("the disk is full");

    assertThat(large.asked).as("nothing is asked for that cannot be kept").hasSizeLessThan(35_000);
    assertThat(subjects()).as("what was written before").hasSize(10_000);
    assertThat(sync("2026-03-20T06:00:00Z").days(DayRange.of(FIRST)).run(List.of(large)))
        .matches(SyncResult::isComplete);
    assertThat(subjects()).hasSize(40_000);
  }

  /** The store, with something done before each call of a method. */
  private UsageStore storeBefore(String method, Runnable before) {
    return (UsageStore)
        Proxy.newProxyInstance(
            UsageStore.class.getClassLoader(),
            new Class<?>[] {UsageStore.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                before.run();
              }
              try {
                return called.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tellsHowFarItHasCome() {
    var told = new CopyOnWriteArrayList<SyncProgress>();

    sync("2026-03-20T06:00:00Z").listener(told::add).run(List.of(carrier));

    assertThat(told).hasSize(5);
    var last = told.get(4);
    assertThat(last.done()).isEqualTo(5);
    assertThat(last.expected()).isEqualTo(5);
    assertThat(last.records()).isEqualTo(50);
    assertThat(last.timeLeft()).contains(Duration.ZERO);
  }

  @Test
  void measuresItsRateByTheDevicesThatWereAskedAbout() {
    var progress = new SyncProgress("carrier", 300, 50, 0, 0, 1_050L, Duration.ofSeconds(50));

    assertThat(progress.devicesPerSecond()).isEqualTo(5);
    assertThat(progress.timeLeft()).contains(Duration.ofSeconds(150));
  }

  private void run(String now) {
    assertThat(sync(now).run(List.of(carrier)).isComplete()).isTrue();
  }

  private Sync sync(String now) {
    return Sync.into(store).days(DAYS).clock(at(now));
  }

  private static Clock at(String now) {
    return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
  }

  private long bytes(String subject, LocalDate day) {
    var found = new HashMap<String, Long>();
    store.dailyUsage(DayRange.of(day), usage -> found.put(usage.subject(), usage.totalBytes()));
    return found.getOrDefault(subject, -1L);
  }

  private List<String> subjects() {
    var all = new ArrayList<DailyUsage>();
    store.dailyUsage(DAYS, all::add);
    return all.stream().map(DailyUsage::subject).distinct().toList();
  }

  private List<Correction> corrections() {
    var all = new ArrayList<Correction>();
    store.corrections(all::add);
    return all;
  }

  private List<Failure> failures() {
    var all = new ArrayList<Failure>();
    store.failures(all::add);
    return all;
  }

  /** Whose devices use a hundred bytes a day, unless it says otherwise. */
  private static final class Carrier implements UsageSource {
    final Map<LocalDate, Long> bytes = new HashMap<>();
    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    Runnable whenAsked = () -> {};
    Supplier<CompletableFuture<Void>> answering = () -> CompletableFuture.completedFuture(null);
    RuntimeException failure;

    private final String provider;
    private final int devices;

    Carrier(String provider, int devices) {
      this.provider = provider;
      this.devices = devices;
    }

    @Override
    public String provider() {
      return provider;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      if (failure != null) {
        throw failure;
      }
      return devices == 0
          ? List.of(Device.ACCOUNT)
          : IntStream.range(0, devices).mapToObj(i -> new Device("iccid", "device-" + i)).toList();
    }

    @Override
    public int daysAtOnce() {
      return devices == 0 ? 1 : Integer.MAX_VALUE;
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      asked.add(device.id() + " " + days);
      whenAsked.run();
      var subject = device.isAccount() ? "whoever" : device.id();
      return answering.get().thenApply(unused -> records(subject, days));
    }

    private List<UsageRecord> records(String subject, DayRange days) {
      return days.each().stream()
          .map(
              day ->
                  new UsageRecord(
                      provider,
                      subject,
                      day.atStartOfDay(ZoneOffset.UTC).toInstant(),
                      Duration.ofDays(1),
                      bytes.getOrDefault(day, 100L),
                      null,
                      null,
                      null))
          .toList();
    }

    @Override
    public void close() {}
  }
}
