package io.simtally.fleet.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.Correction;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.DailyUsage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageQuery;
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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  void keepsTheLastFigureOfADayAndRequestsNoSettledDay() {
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
  void aLongerSettlingTimeCostsNoRequestsWhereOneCoversAllDays() {
    var ofDevices = new ArrayList<Integer>();
    var ofAccounts = new ArrayList<Integer>();
    for (var settling : List.of(3, 7, 27)) {
      var devices = new Carrier("devices-" + settling, 5);
      var account = new Carrier("account-" + settling, 0);
      devices.settleAfterDays = settling;
      account.settleAfterDays = settling;
      for (var day = 0; day < 40; day++) {
        var clock = at(FIRST.plusDays(day) + "T06:00:00Z");
        Sync.into(store).clock(clock).run(List.of(devices, account));
      }
      ofDevices.add(devices.asked.size());
      ofAccounts.add(account.asked.size());
    }

    // One request a day for each device, whatever the days in it.
    assertThat(ofDevices).containsExactly(40 * 5, 40 * 5, 40 * 5);
    // One request for each day that is not settled, after the thirty days of the first run.
    assertThat(ofAccounts).containsExactly(30 + 39 * 4, 30 + 39 * 8, 30 + 39 * 28);
  }

  @Test
  void continuesAStoppedRun() {
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
  void storesTheOthersIfOneCarrierFails() {
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
  void readsFewDaysOfAnAccountAtOnce() {
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
                      // Only with all others requested first; else it would hide that there are
                      // more.
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
  void refusesDevicesThatTheWholeAccountCounts() {
    sync("2026-03-20T06:00:00Z").run(List.of(new Carrier("carrier", 0)));

    var result = sync("2026-03-20T07:00:00Z").run(List.of(carrier));

    assertThat(result.carriers().get(0).failure())
        .hasMessageContaining("these days would count twice");
    assertThat(carrier.asked).isEmpty();
    assertThat(subjects()).containsExactly("whoever");
  }

  @Test
  void replacesDevicesByTheWholeAccount() {
    run("2026-03-20T06:00:00Z");

    sync("2026-03-20T07:00:00Z").run(List.of(new Carrier("carrier", 0)));

    assertThat(subjects()).containsExactly("whoever");
  }

  @Test
  void requestsDevicesWhileTheStoreWrites() {
    var large = new Carrier("carrier", 25_000);
    var askedMeanwhile = new CountDownLatch(15_000);
    large.whenAsked = askedMeanwhile::countDown;
    var askedMeanwhileOfFirst = new ArrayList<Boolean>();
    var slow =
        storeBefore(
            "write",
            () -> {
              // The first batch has 10,000 devices; the others are requested while the store writes
              // it.
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
  void failsWithTheExceptionOfTheStore() {
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

  @Test
  void storesWhatTheOtherSourcesAreReadingIfTheStoreFails() {
    var failed = new CountDownLatch(1);
    var full =
        storeBefore(
            "write",
            () -> {
              if (failed.getCount() > 0) {
                failed.countDown();
                throw new StoreException("the disk is full", null);
              }
            });
    var other = new Carrier("other", 50);
    other.whenAsked = () -> awaited(failed);
    var sync = Sync.into(full).days(DayRange.of(FIRST)).clock(at("2026-03-20T06:00:00Z"));

    assertThatThrownBy(() -> sync.run(List.of(new Carrier("carrier", 10_000), other)))
        .hasMessage("the disk is full");

    assertThat(subjects()).as("written before the run returns").contains("device-0");
  }

  @Test
  void storesTheReadingsOfOneAccountIfTheStoreRefusesThoseOfAnother() {
    var goodIsRead = new CountDownLatch(1);
    var refused = new CountDownLatch(1);
    var refusing =
        storeBefore(
            "write",
            arguments -> {
              var readings = (List<?>) arguments[0];
              if (readings.stream().anyMatch(each -> ((Reading) each).provider().equals("bad"))) {
                refused.countDown();
                throw new StoreException("a text has a zero byte", null);
              }
            });
    var bad = new Carrier("bad", 1);
    bad.whenAsked = () -> awaited(goodIsRead);
    var good = new Carrier("good", 2);
    good.whenAsked = () -> awaited(good.asked.size() > 1 ? refused : new CountDownLatch(0));
    var sync =
        Sync.into(refusing)
            .days(DayRange.of(FIRST))
            .concurrency(1)
            .clock(at("2026-03-20T06:00:00Z"))
            .listener(
                progress -> {
                  if (progress.provider().equals("good")) {
                    goodIsRead.countDown();
                  }
                });

    assertThatThrownBy(() -> sync.run(List.of(bad, good))).hasMessage("a text has a zero byte");

    assertThat(store.subjects(UsageQuery.all().provider("good"))).contains("device-0");
    assertThat(store.subjects(UsageQuery.all().provider("bad"))).isEmpty();
  }

  private UsageStore storeBefore(String method, Runnable before) {
    return storeBefore(method, arguments -> before.run());
  }

  /** A store that runs an action before each call of a method, with its arguments. */
  private UsageStore storeBefore(String method, Consumer<Object[]> before) {
    return (UsageStore)
        Proxy.newProxyInstance(
            UsageStore.class.getClassLoader(),
            new Class<?>[] {UsageStore.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                before.accept(arguments);
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
  void reportsItsProgress() {
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
  void measuresItsRateByTheRequestedDevices() {
    var progress =
        new SyncProgress("carrier", "carrier", 300, 50, 0, 0, 1_050L, Duration.ofSeconds(50));

    assertThat(progress.devicesPerSecond()).isEqualTo(5);
    assertThat(progress.timeLeft()).contains(Duration.ofSeconds(150));
  }

  @Test
  void keepsDaysThatTheProviderHasDropped() {
    run("2026-03-20T06:00:00Z");
    carrier.asked.clear();
    carrier.oldest = FIRST.plusDays(4);
    carrier.bytes.put(FIRST, 999L);

    var result = sync("2026-03-20T07:00:00Z").settleAfterDays(90).run(List.of(carrier));

    assertThat(carrier.asked).hasSize(5).allMatch(each -> each.endsWith("03-05 to 2026-03-10"));
    assertThat(bytes("device-0", FIRST)).isEqualTo(100);
    assertThat(result.carriers().get(0).unavailable())
        .isEqualTo(new UnavailableDays(DayRange.of(FIRST, FIRST.plusDays(3)), 0));
    assertThat(result.isComplete()).isTrue();
  }

  @Test
  void countsTheDaysThatAreNoLongerAvailableAndWereNeverRead() {
    sync("2026-03-20T06:00:00Z").days(DayRange.of(FIRST)).run(List.of(carrier));
    carrier.oldest = FIRST.plusDays(4);

    var result = sync("2026-03-20T07:00:00Z").run(List.of(carrier));

    // Three of the four days, of five devices.
    assertThat(result.carriers().get(0).unavailable().unread()).isEqualTo(15);
    assertThat(result.isComplete()).isFalse();
    assertThat(coveredDays("device-0"))
        .containsExactly(DayRange.of(FIRST), DayRange.of(FIRST.plusDays(4), FIRST.plusDays(9)));
  }

  @Test
  void requestsNothingIfNoDayIsAvailable() {
    carrier.oldest = FIRST.plusDays(10);

    var result = sync("2026-03-20T07:00:00Z").run(List.of(carrier));

    assertThat(carrier.asked).isEmpty();
    assertThat(coveredDays("device-0")).isEmpty();
    assertThat(result.carriers().get(0).unavailable()).isEqualTo(new UnavailableDays(DAYS, 50));
    assertThat(result.isComplete()).isFalse();
  }

  @Test
  void settlesDaysByTheNumberOfTheSourceUnlessItIsSet() {
    carrier.settleAfterDays = 7;
    run("2026-03-11T06:00:00Z");
    carrier.asked.clear();

    run("2026-03-11T07:00:00Z");
    assertThat(carrier.asked).allMatch(each -> each.endsWith("2026-03-04 to 2026-03-10"));

    carrier.asked.clear();
    sync("2026-03-11T08:00:00Z").settleAfterDays(1).run(List.of(carrier));
    assertThat(carrier.asked).hasSize(5).allMatch(each -> each.endsWith(" 2026-03-10"));
  }

  @Test
  void neverSettlesADayThatIsNotOver() {
    var today = DayRange.of(FIRST.plusDays(9), FIRST.plusDays(11));
    sync("2026-03-10T12:00:00Z").days(today).settleAfterDays(0).run(List.of(carrier));
    carrier.asked.clear();

    sync("2026-03-12T12:00:00Z").days(today).settleAfterDays(0).run(List.of(carrier));

    assertThat(carrier.asked)
        .hasSize(5)
        .allMatch(each -> each.endsWith("2026-03-10 to 2026-03-12"));
  }

  @Test
  void readsADayAgainAfterAHigherSettleAfterDays() {
    sync("2026-03-11T06:00:00Z").settleAfterDays(0).run(List.of(carrier));
    carrier.asked.clear();
    carrier.bytes.put(FIRST.plusDays(9), 150L);

    sync("2026-03-12T06:00:00Z").settleAfterDays(3).run(List.of(carrier));

    assertThat(carrier.asked)
        .hasSize(5)
        .allMatch(each -> each.endsWith("2026-03-08 to 2026-03-10"));
    assertThat(bytes("device-0", FIRST.plusDays(9))).isEqualTo(150);
  }

  @Test
  void readsADeviceUntilItSettlesThoughTheProviderNoLongerListsIt() {
    carrier.discoveredKind = "iccid";
    run("2026-03-11T06:00:00Z");
    carrier.devices = 2;
    carrier.bytes.put(FIRST.plusDays(9), 0L);
    carrier.asked.clear();
    var told = new CopyOnWriteArrayList<SyncProgress>();

    sync("2026-03-12T06:00:00Z").acceptLosses().listener(told::add).run(List.of(carrier));

    assertThat(carrier.asked).hasSize(5);
    assertThat(bytes("device-4", FIRST.plusDays(9))).isZero();
    assertThat(told.get(4).expected()).isEqualTo(5);

    run("2026-03-20T06:00:00Z");
    carrier.asked.clear();
    run("2026-03-20T07:00:00Z");
    assertThat(carrier.asked).isEmpty();
  }

  @Test
  void doesNotReadDevicesOfTheStoreThatTheUserNoLongerLists() {
    run("2026-03-11T06:00:00Z");
    carrier.devices = 2;
    carrier.asked.clear();

    run("2026-03-12T06:00:00Z");

    assertThat(carrier.asked).hasSize(2);
  }

  @Test
  void failsADeviceWhoseDayIsMoreThanALongHoldsAndStoresTheOthers() {
    carrier.doubled = "device-3";
    carrier.bytes.put(FIRST, Long.MAX_VALUE);

    var result = sync("2026-03-20T06:00:00Z").run(List.of(carrier));

    assertThat(result.carriers().get(0).progress().failed()).isEqualTo(1);
    assertThat(subjects()).hasSize(4).doesNotContain("device-3");
    assertThat(failures())
        .singleElement()
        .matches(each -> each.subject().equals("device-3"))
        .matches(each -> each.message().contains("device-3 on 2026-03-01"));
  }

  @Test
  void keepsTheDevicesBeforeAFailureOfTheList() {
    carrier.failsAfter = 3;

    var result = sync("2026-03-20T06:00:00Z").run(List.of(carrier));

    assertThat(result.carriers().get(0).failure()).hasMessage("the list is cut off");
    assertThat(subjects()).hasSize(3);
    assertThat(failures())
        .singleElement()
        .matches(each -> each.subject().equals(UsageStore.ACCOUNT));
  }

  @Test
  void readsTwoDevicesOfTheSameDigits() {
    carrier.listed = List.of(new Device("esn", "15550100001"), new Device("msisdn", "15550100001"));

    run("2026-03-20T06:00:00Z");

    assertThat(subjects()).containsExactlyInAnyOrder("esn:15550100001", "15550100001");
  }

  @Test
  void readsADeviceOnceThatIsListedInTwoSpellings() {
    carrier.listed =
        List.of(new Device("MEID", "a10000009296f2"), new Device("meid", "A10000009296F2"));

    run("2026-03-20T06:00:00Z");

    assertThat(carrier.asked).hasSize(1);
    assertThat(subjects()).containsExactly("meid:A10000009296F2");
  }

  @Test
  void refusesTwoDevicesOfOneSubject() {
    carrier.listed =
        List.of(new Device("imei", "1", "one-account"), new Device("imei", "1", "another"));

    var result = sync("2026-03-20T06:00:00Z").run(List.of(carrier));

    assertThat(result.carriers().get(0).failure())
        .hasMessage(
            "the devices 'imei 1 of one-account' and 'imei 1 of another' of the list have one"
                + " subject, 1");
  }

  @Test
  void refusesDevicesBesideTheWholeAccount() {
    carrier.listed = List.of(new Device("iccid", "1"), Device.ACCOUNT);

    var result = sync("2026-03-20T06:00:00Z").run(List.of(carrier));

    assertThat(result.carriers().get(0).failure())
        .hasMessage("the list has devices beside the whole account");
    assertThat(carrier.asked).isEmpty();
  }

  private List<DayRange> coveredDays(String subject) {
    try (var rows = store.coverage(UsageQuery.days(DAYS).subject(subject))) {
      return rows.map(Coverage::days).toList();
    }
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
    try (var rows = store.dailyUsage(UsageQuery.days(DayRange.of(day)).subject(subject))) {
      return rows.map(DailyUsage::totalBytes).findFirst().orElse(-1L);
    }
  }

  private List<String> subjects() {
    try (var rows = store.dailyUsage(UsageQuery.days(DAYS))) {
      return rows.map(DailyUsage::subject).distinct().toList();
    }
  }

  private List<Correction> corrections() {
    try (var rows = store.corrections(UsageQuery.all())) {
      return rows.toList();
    }
  }

  private List<Failure> failures() {
    try (var rows = store.failures(UsageQuery.all())) {
      return rows.toList();
    }
  }

  /** A carrier with devices that use a hundred bytes a day by default. */
  private static final class Carrier implements UsageSource {
    final Map<LocalDate, Long> bytes = new HashMap<>();
    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    Runnable whenAsked = () -> {};
    Supplier<CompletableFuture<Void>> answering = () -> CompletableFuture.completedFuture(null);
    RuntimeException failure;

    private final String provider;
    private int devices;
    private LocalDate oldest;
    private int settleAfterDays = 3;
    private String discoveredKind;
    private String doubled;
    private int failsAfter = Integer.MAX_VALUE;
    private List<Device> listed;

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
      if (listed != null) {
        return listed;
      }
      if (failsAfter < devices) {
        return () -> cutOff(IntStream.range(0, devices).mapToObj(Carrier::device).iterator());
      }
      return devices == 0
          ? List.of(Device.ACCOUNT)
          : IntStream.range(0, devices).mapToObj(Carrier::device).toList();
    }

    private static Device device(int number) {
      return new Device("iccid", "device-" + number);
    }

    private Iterator<Device> cutOff(Iterator<Device> whole) {
      var taken = new AtomicInteger();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return whole.hasNext();
        }

        @Override
        public Device next() {
          if (taken.getAndIncrement() == failsAfter) {
            throw new IllegalStateException("the list is cut off");
          }
          return whole.next();
        }
      };
    }

    @Override
    public Optional<String> discoveredKind() {
      return Optional.ofNullable(discoveredKind);
    }

    @Override
    public int settleAfterDays() {
      return settleAfterDays;
    }

    @Override
    public LocalDate oldestDay(Clock clock) {
      return oldest;
    }

    @Override
    public int daysAtOnce() {
      return devices == 0 ? 1 : Integer.MAX_VALUE;
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      asked.add(device.id() + " " + days);
      whenAsked.run();
      var subject = device.isAccount() ? "whoever" : device.subject();
      return answering
          .get()
          .thenApply(
              unused ->
                  Stream.generate(() -> records(subject, days))
                      .limit(subject.equals(doubled) ? 2 : 1)
                      .flatMap(List::stream)
                      .toList());
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
