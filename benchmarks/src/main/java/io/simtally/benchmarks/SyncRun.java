package io.simtally.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.Fleet;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Measures a complete {@code sync} of a fleet into DuckDB, from a server that takes 20 ms, with 64
 * calls in flight.
 */
final class SyncRun {
  private static final String PROVIDER = "thingspace-m2m";
  private static final int IN_FLIGHT = 64;
  private static final int ACCOUNTS = 20;

  /** The days of the server's responses. */
  private static final DayRange MONTH =
      DayRange.of(LocalDate.parse("2020-12-01"), LocalDate.parse("2020-12-30"));

  private static final DayRange LAST_THREE =
      DayRange.of(LocalDate.parse("2020-12-28"), LocalDate.parse("2020-12-30"));

  private static final int LAST_THREE_SETTLE = 3;

  /** A moment soon after the last day, when three days are not settled. */
  private static final Instant SOON = Instant.parse("2020-12-31T06:00:00Z");

  private static final Instant LATER = Instant.parse("2021-02-01T06:00:00Z");

  private final String server;
  private final Path folder;
  private final int devices;

  private SyncRun(String server, Path folder, int devices) {
    this.server = server;
    this.folder = folder;
    this.devices = devices;
  }

  /** The wall-clock time and CPU time of some work. */
  private record Took(double seconds, double cpuSeconds) {}

  /**
   * The responses of a server.
   *
   * @param path the path of the server
   * @param records the average number of records of a device
   * @param cycle the number of devices after which the responses repeat
   */
  private record Shape(String name, String path, long records, int cycle) {
    /** Records of two or three sources on some days. */
    static final Shape MIXED =
        new Shape(
            "0 to 90 records each, several sources on some days",
            "/d20/mixed",
            3 * (LightServer.MIXED - 1) / 2,
            LightServer.MIXED);

    /** Returns a number of devices whose responses have the average number of records. */
    int whole(int devices) {
      return Math.max(1, devices / cycle) * cycle;
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  /**
   * Runs all measurements.
   *
   * @param devices the number of devices of each run over the network
   * @param settledDevices the number of devices of the settled store
   * @param manyDevices the number of devices of the memory run, which is compared with a hundredth
   *     of it
   */
  static void run(
      String server, int devices, int rounds, int settledDevices, int manyDevices, Table table)
      throws Exception {
    var folder = Files.createTempDirectory("simtally-sync");
    try {
      var run = new SyncRun(server, folder, devices);
      run.inTurn(rounds, new Shape("30 records each", "/d20", MONTH.days(), 1), table);
      run.inTurn(rounds, Shape.MIXED, table);
      run.daily(table);
      run.accounts(rounds, table);
      new SyncRun(server, folder, settledDevices).settled(table);
      memory(server, folder, manyDevices, table);
      resident(server, folder, manyDevices, table);
    } finally {
      deleteStores(folder);
      Files.delete(folder);
    }
  }

  private void inTurn(int rounds, Shape shape, Table table) throws Exception {
    var took = new LinkedHashMap<String, List<Took>>();
    var number = shape.whole(devices);
    var few = shape.whole(devices / 10);
    Map<String, Work> contestants = new LinkedHashMap<>();
    contestants.put("raw sockets", () -> readRaw(shape, number));
    contestants.put("Fleet without a store", () -> readFleet(shape, number));
    contestants.put("sync into DuckDB", () -> syncMonth("round.duckdb", shape, number));
    readRaw(shape, few);
    readFleet(shape, few);
    syncMonth("warm-up.duckdb", shape, few);
    for (int round = 0; round < rounds; round++) {
      for (var each : contestants.entrySet()) {
        deleteStores(folder);
        took.computeIfAbsent(each.getKey(), name -> new ArrayList<>()).add(took(each.getValue()));
      }
    }
    var title = "sync, %,d devices × 30 days, %s: ".formatted(number, shape.name);
    table.atLeast(
        title + "devices/s by those of raw sockets",
        0.85,
        Spread.ofRatios(seconds(took, "raw sockets"), seconds(took, "sync into DuckDB")));
    table.atMost(
        title + "CPU by that of Fleet without a store",
        1.35,
        Spread.ofRatios(cpu(took, "sync into DuckDB"), cpu(took, "Fleet without a store")));
    table.detail(title.strip(), "contestant", "devices/s", "CPU µs a device");
    for (var name : took.keySet()) {
      table.detailRow(
          name,
          Spread.of(Arrays.stream(seconds(took, name)).mapToObj(each -> number / each).toList()),
          Spread.of(Arrays.stream(cpu(took, name)).mapToObj(s -> s / number * 1e6).toList()));
    }
  }

  private static double[] seconds(Map<String, List<Took>> took, String name) {
    return took.getOrDefault(name, List.of()).stream().mapToDouble(Took::seconds).toArray();
  }

  private static double[] cpu(Map<String, List<Took>> took, String name) {
    return took.getOrDefault(name, List.of()).stream().mapToDouble(Took::cpuSeconds).toArray();
  }

  private static Took took(Work work) throws Exception {
    // This clock counts threads that have ended; its resolution of 10 ms does not matter here.
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var cpu = process.getProcessCpuTime();
    var start = System.nanoTime();
    work.run();
    return new Took((System.nanoTime() - start) / 1e9, (process.getProcessCpuTime() - cpu) / 1e9);
  }

  /** Uses a thread and a connection for each call in flight, and discards the bytes. */
  private void readRaw(Shape shape, int number) throws Exception {
    var next = new AtomicInteger();
    var threads = Executors.newFixedThreadPool(IN_FLIGHT);
    var tasks = new ArrayList<Future<?>>();
    for (int i = 0; i < IN_FLIGHT; i++) {
      tasks.add(
          threads.submit(
              () -> {
                try (var socket = ThingSpaceCalls.rawSocket(server + shape.path)) {
                  while (next.getAndIncrement() < number) {
                    socket.call();
                  }
                }
                return null;
              }));
    }
    for (var task : tasks) {
      task.get();
    }
    threads.shutdown();
  }

  private void readFleet(Shape shape, int number) {
    var records = 0L;
    try (var source = source(server + shape.path, number);
        var run =
            Fleet.<Device>of(source.devices(MONTH))
                .concurrency(IN_FLIGHT)
                .runAsync(device -> source.read(device, MONTH))) {
      for (var result : run) {
        records += result.orThrow().size();
      }
    }
    require(records, number * shape.records);
  }

  private void syncMonth(String file, Shape shape, int number) {
    require(sync(file, source(server + shape.path, number), MONTH, LATER), number * shape.records);
  }

  private long sync(String file, UsageSource source, DayRange days, Instant now) {
    try (source;
        var store = UsageStore.open(folder.resolve(file).toString(), Map.of())) {
      return sync(store, source, days, now);
    }
  }

  private static long sync(UsageStore store, UsageSource source, DayRange days, Instant now) {
    var result =
        Sync.into(store)
            .days(days)
            .settleAfterDays(LAST_THREE_SETTLE)
            .concurrency(IN_FLIGHT)
            .clock(Clock.fixed(now, ZoneOffset.UTC))
            .run(List.of(source));
    if (!result.isComplete()) {
      throw new IllegalStateException("not all was read: " + result);
    }
    return result.carriers().get(0).progress().records();
  }

  /**
   * Compares the run of the next day, which reads three days again, with a first run over three
   * days.
   */
  private void daily(Table table) throws Exception {
    deleteStores(folder);
    sync("daily.duckdb", source(server + "/d0", devices), MONTH, SOON);
    var unused = ServerProcess.counts(server);
    var plain = took(() -> syncThree("plain.duckdb", LAST_THREE));
    var plainRequests = ServerProcess.counts(server).requests();
    var daily = took(() -> syncThree("daily.duckdb", MONTH));
    var dailyRequests = ServerProcess.counts(server).requests();
    var title = "daily sync, %,d devices, three days read again: ".formatted(devices);
    table.exactly(title + "requests", devices, dailyRequests);
    table.exactly(title + "requests of a first run over three days", devices, plainRequests);
    table.atMost(
        title + "time by that of a first run over three days",
        1.05,
        Spread.exactly(daily.seconds / plain.seconds));
  }

  private void syncThree(String file, DayRange days) {
    require(
        sync(file, source(server + "/d20/last3", devices), days, SOON),
        devices * LAST_THREE.days());
  }

  /** Compares a fleet of many accounts with one account of as many devices. */
  private void accounts(int rounds, Table table) throws Exception {
    var took = new LinkedHashMap<String, List<Took>>();
    Map<String, Work> contestants = new LinkedHashMap<>();
    contestants.put("one account", () -> syncAccounts(1));
    contestants.put("accounts", () -> syncAccounts(ACCOUNTS));
    for (int round = 0; round < rounds; round++) {
      for (var each : contestants.entrySet()) {
        deleteStores(folder);
        took.computeIfAbsent(each.getKey(), name -> new ArrayList<>()).add(took(each.getValue()));
      }
    }
    table.atMost(
        "sync of %d accounts of %,d devices: time by that of one account of %,d"
            .formatted(ACCOUNTS, devices / ACCOUNTS, devices),
        1.1,
        Spread.ofRatios(seconds(took, "accounts"), seconds(took, "one account")));
  }

  private void syncAccounts(int number) {
    var sources = new ArrayList<UsageSource>();
    for (int i = 0; i < number; i++) {
      sources.add(new AccountOf(source(server + "/d20", devices / number), "account-" + i));
    }
    try (var store = UsageStore.open(folder.resolve("accounts.duckdb"))) {
      var result =
          Sync.into(store)
              .days(MONTH)
              // As many calls in flight for any number of accounts.
              .concurrency(IN_FLIGHT / ACCOUNTS * ACCOUNTS / number)
              .clock(Clock.fixed(LATER, ZoneOffset.UTC))
              .run(sources);
      require(
          result.carriers().stream().mapToLong(each -> each.progress().records()).sum(),
          devices / number * number * MONTH.days());
    } finally {
      sources.forEach(UsageSource::close);
    }
  }

  /** A source under the name of an account. */
  private record AccountOf(UsageSource source, String account) implements UsageSource {
    @Override
    public String provider() {
      return source.provider();
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      return source.devices(days);
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      return source.read(device, days);
    }

    @Override
    public void close() {
      source.close();
    }
  }

  /** Measures a run over a complete and settled store. */
  private void settled(Table table) throws Exception {
    deleteStores(folder);
    try (var store = UsageStore.open(folder.resolve("settled.duckdb").toString(), Map.of());
        var source = source(server + "/d0", devices)) {
      fill(store);
      var unused = ServerProcess.counts(server);
      var days = new long[1];
      var reading = new ArrayList<Took>();
      var syncing = new ArrayList<Took>();
      for (int round = 0; round < 3; round++) {
        reading.add(took(() -> days[0] = coveredDays(store)));
        require(days[0], devices * MONTH.days());
        syncing.add(took(() -> require(sync(store, source, MONTH, LATER), 0)));
      }
      var title = "second sync of a settled store of %,d devices: ".formatted(devices);
      table.exactly(title + "requests", 0, ServerProcess.counts(server).requests());
      table.atMost(
          title + "time by that of reading its coverage once",
          3,
          Spread.ofRatios(
              syncing.stream().mapToDouble(Took::seconds).toArray(),
              reading.stream().mapToDouble(Took::seconds).toArray()));
      table.detail(title.strip(), "what", "seconds");
      table.detailRow("sync", Spread.of(syncing.stream().map(Took::seconds).toList()));
      table.detailRow(
          "reading the coverage once", Spread.of(reading.stream().map(Took::seconds).toList()));
    }
  }

  private static long coveredDays(UsageStore store) {
    try (var coverage = store.coverage(UsageQuery.days(MONTH))) {
      return coverage.mapToLong(each -> each.days().days()).sum();
    }
  }

  private void fill(UsageStore store) {
    for (int from = 0; from < devices; from += 10_000) {
      var readings = new ArrayList<Reading>();
      for (var device : imeis(devices).subList(from, Math.min(devices, from + 10_000))) {
        readings.add(
            new Reading(
                PROVIDER, "thingspace", device.id(), MONTH, LATER, List.of(day(device.id()))));
      }
      store.write(readings, 3);
    }
  }

  private static UsageRecord day(String subject) {
    return new UsageRecord(
        PROVIDER, subject, MONTH.start(), Duration.ofDays(1), 1_000, null, null, null);
  }

  /** Measures whether the live heap grows with the fleet, in JVMs with 128 MB. */
  private static void memory(String server, Path folder, int many, Table table) throws Exception {
    var small = heap(server, folder, many / 100);
    var large = heap(server, folder, many);
    table.atMost(
        "sync, -Xmx128m: live heap with %,d devices by that with %,d".formatted(many, many / 100),
        1.1,
        Spread.exactly(large.median() / small.median()));
    table.detail("Live heap of a sync, one day", "devices", "MiB, seen 9 times");
    table.detailRow("%,d".formatted(many / 100), small.times(1.0 / (1 << 20)));
    table.detailRow("%,d".formatted(many), large.times(1.0 / (1 << 20)));
  }

  private static Spread heap(String server, Path folder, int devices) throws Exception {
    deleteStores(folder);
    var arguments =
        List.of(server, folder.resolve("heap.duckdb").toString(), String.valueOf(devices), "9");
    // Otherwise this collector leaves up to 5 % of the heap uncollected and counts it as used.
    var options = List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:MarkSweepDeadRatio=0");
    var out = Fork.run(Heap.class, options, arguments);
    return Spread.of(Arrays.stream(out.split(" ", -1)).map(Double::valueOf).toList());
  }

  /** Reports the peak resident memory of a JVM with a heap of 256 MB that syncs a fleet. */
  private static void resident(String server, Path folder, int devices, Table table)
      throws Exception {
    deleteStores(folder);
    var arguments =
        List.of(server, folder.resolve("resident.duckdb").toString(), String.valueOf(devices));
    var kib = Long.parseLong(Fork.run(Resident.class, List.of("-Xmx256m"), arguments));
    table.atMost(
        "sync of %,d devices, -Xmx256m: peak resident memory, GiB".formatted(devices),
        1,
        Spread.exactly(kib / (double) (1 << 20)));
  }

  private static void deleteStores(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static void require(long number, long expected) {
    if (number != expected) {
      throw new IllegalStateException(number + " records instead of " + expected);
    }
  }

  private static UsageSource source(String url, int devices) {
    var environment =
        Map.of(
            "THINGSPACE_BASE_URL", url,
            "THINGSPACE_TOKEN", ThingSpaceCalls.BEARER,
            "THINGSPACE_M2M_TOKEN", ThingSpaceCalls.SESSION);
    return Carriers.of(environment).stream()
        .filter(carrier -> carrier.provider().equals(PROVIDER))
        .findFirst()
        .orElseThrow()
        .open(
            ListedDevices.of(Map.of(PROVIDER, imeis(devices))),
            SourceSettings.DEFAULT
                .concurrency(IN_FLIGHT)
                .clock(Clock.fixed(LATER, ZoneOffset.UTC)));
  }

  /** Returns a list that creates its devices on each access. */
  private static List<Device> imeis(int devices) {
    return new AbstractList<>() {
      @Override
      public Device get(int index) {
        return new Device("imei", String.valueOf(350_000_000_000_000L + index));
      }

      @Override
      public int size() {
        return devices;
      }
    };
  }

  /** Prints the peak resident memory of a sync in KiB, as Linux reports it. */
  static final class Resident {
    private Resident() {}

    /** Syncs one day of a fleet; the arguments are the URL, the store and the number of devices. */
    public static void main(String[] args) throws IOException {
      try (var source = source(args[0] + "/d0/first1", Integer.parseInt(args[2]));
          var store = UsageStore.open(Path.of(args[1]))) {
        Sync.into(store)
            .days(DayRange.of(MONTH.from()))
            .concurrency(IN_FLIGHT)
            .clock(Clock.fixed(LATER, ZoneOffset.UTC))
            .run(List.of(source));
      }
      try (var lines = Files.lines(Path.of("/proc/self/status"))) {
        System.out.print(
            lines
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .findFirst()
                .orElseThrow());
      }
      System.exit(0);
    }
  }

  /** Prints the live heap at some points of a sync, in bytes. */
  static final class Heap {
    private Heap() {}

    /**
     * Syncs one day of a fleet and prints the live heap; the arguments are the URL, the store, the
     * number of devices and of points.
     */
    public static void main(String[] args) {
      var devices = Integer.parseInt(args[2]);
      var points = pointsToLookAt(devices, Integer.parseInt(args[3]));
      var heap = new ArrayList<String>();
      try (var source = source(args[0] + "/d0/first1", devices);
          var store = UsageStore.open(args[1], Map.of())) {
        Sync.into(store)
            .days(DayRange.of(MONTH.from()))
            .concurrency(IN_FLIGHT)
            .clock(Clock.fixed(LATER, ZoneOffset.UTC))
            .listener(
                progress -> {
                  if (points.contains(progress.done())) {
                    heap.add(String.valueOf(LiveHeap.bytes()));
                  }
                })
            .run(List.of(source));
      }
      System.out.println(String.join(" ", heap));
      System.exit(0);
    }

    /** Returns points that cover different parts of a batch, equal for fleets of any size. */
    private static Set<Long> pointsToLookAt(long devices, int points) {
      var step = devices / (points + 1);
      return LongStream.rangeClosed(1, points)
          .mapToObj(point -> point * step + point * 1_000 % step - 1)
          .collect(Collectors.toSet());
    }
  }
}
