package io.simtally.benchmarks;

import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads the usage of many devices concurrently from a server that takes 20 ms. */
final class Fleet {
  static final boolean VIRTUAL_THREADS = Runtime.version().feature() >= 21;

  private final String url;
  private final int inFlight;
  private final Map<String, List<Double>> devicesPerSecond = new LinkedHashMap<>();
  private final Map<String, Integer> connections = new LinkedHashMap<>();

  private Fleet(String url, int inFlight) {
    this.url = url;
    this.inFlight = inFlight;
  }

  /** One way to keep a number of calls in flight. */
  private interface Style extends AutoCloseable {
    void read(int devices) throws Exception;

    @Override
    default void close() throws Exception {}
  }

  /** Makes one call per device, alternately with raw sockets. */
  static Fleet run(String server, int delayMillis, int inFlight, int devices, int rounds)
      throws Exception {
    var fleet = new Fleet(server + "/d" + delayMillis, inFlight);
    try (var raw = fleet.raw();
        var own = fleet.best();
        var threads = fleet.threads(Executors.newFixedThreadPool(inFlight))) {
      var styles = new LinkedHashMap<String, Style>();
      styles.put("raw sockets", raw);
      styles.put(VIRTUAL_THREADS ? "virtual threads" : "executeAsync", own);
      styles.put("platform threads", threads);
      var unused = ServerProcess.counts(server);
      for (var style : styles.entrySet()) {
        for (int warmUp = 0; warmUp < (rounds > 1 ? 2 : 1); warmUp++) {
          style.getValue().read(devices);
        }
      }
      for (int round = 0; round < rounds; round++) {
        for (var style : styles.entrySet()) {
          // The third style is for information only.
          if (style.getKey().equals("platform threads") && round % 3 != 0) {
            continue;
          }
          var start = System.nanoTime();
          style.getValue().read(devices);
          var seconds = (System.nanoTime() - start) / 1e9;
          fleet
              .devicesPerSecond
              .computeIfAbsent(style.getKey(), name -> new ArrayList<>())
              .add(devices / seconds);
        }
      }
    }
    fleet.countConnections(server, devices);
    return fleet;
  }

  /** Counts the connections of a new client in one run over all devices. */
  private void countConnections(String server, int devices) throws Exception {
    var unused = ServerProcess.counts(server);
    try (var own = best()) {
      own.read(devices);
    }
    connections.put("best", ServerProcess.counts(server).connections());
  }

  int newConnections() {
    return connections.getOrDefault("best", 0);
  }

  private Style best() {
    return VIRTUAL_THREADS ? threads(virtualThreads()) : window();
  }

  private static ExecutorService virtualThreads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Uses a thread and a connection for each call in flight, and no HTTP library. */
  private Style raw() throws IOException {
    var sockets = new ArrayList<RawSocket>();
    for (int i = 0; i < inFlight; i++) {
      sockets.add(ThingSpaceCalls.rawSocket(url));
    }
    var threads = Executors.newFixedThreadPool(inFlight);
    return new Style() {
      @Override
      public void read(int devices) throws Exception {
        var next = new AtomicInteger();
        var tasks = new ArrayList<Future<?>>();
        for (var socket : sockets) {
          tasks.add(
              threads.submit(
                  () -> {
                    while (next.getAndIncrement() < devices) {
                      socket.call();
                    }
                    return null;
                  }));
        }
        for (var task : tasks) {
          task.get();
        }
      }

      @Override
      public void close() throws IOException {
        threads.shutdown();
        for (var socket : sockets) {
          socket.close();
        }
      }
    };
  }

  /** Makes blocking calls, with as many threads as calls in flight. */
  private Style threads(ExecutorService executor) {
    var client = ThingSpaceCalls.client(url, inFlight);
    return new Style() {
      @Override
      public void read(int devices) throws InterruptedException, ExecutionException {
        var next = new AtomicInteger();
        var tasks = new ArrayList<Future<?>>();
        for (int i = 0; i < inFlight; i++) {
          tasks.add(
              executor.submit(
                  () -> {
                    for (int n = next.getAndIncrement(); n < devices; n = next.getAndIncrement()) {
                      one(client, n);
                    }
                  }));
        }
        for (var task : tasks) {
          task.get();
        }
      }

      @Override
      public void close() {
        executor.shutdown();
        client.close();
      }
    };
  }

  private static void one(ThingSpaceM2m client, int device) {
    requireRecords(ThingSpaceCalls.request(client, device(device)).execute().usageHistory().size());
  }

  private static String device(int number) {
    return "50684915885088839315521" + (300_000_000 + number);
  }

  private static void requireRecords(int records) {
    if (records != LightServer.RECORDS) {
      throw new IllegalStateException(records + " records");
    }
  }

  /** Uses futures, with a bounded number in flight. */
  private Style window() {
    var client = ThingSpaceCalls.client(url, inFlight);
    return new Style() {
      @Override
      public void read(int devices) throws InterruptedException {
        var window = new Semaphore(inFlight);
        var failure = new AtomicReference<@Nullable Throwable>();
        var done = new CountDownLatch(devices);
        for (int n = 0; n < devices; n++) {
          window.acquire();
          CompletableFuture<?> unused =
              ThingSpaceCalls.request(client, device(n))
                  .executeAsync()
                  .thenAccept(page -> requireRecords(page.usageHistory().size()))
                  .whenComplete(
                      (nothing, thrown) -> {
                        if (thrown != null) {
                          failure.set(thrown);
                        }
                        window.release();
                        done.countDown();
                      });
        }
        done.await();
        if (failure.get() != null) {
          throw new IllegalStateException(failure.get());
        }
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }

  void report(Table table) {
    var own = VIRTUAL_THREADS ? "virtual threads" : "executeAsync";
    table.atLeast(
        "fleet, " + inFlight + " in flight, " + own + ": devices/s by those of raw sockets",
        VIRTUAL_THREADS ? 0.95 : 0.90,
        Spread.ofRatios(array(own), array("raw sockets")));
    table.exactly("fleet, " + inFlight + " in flight: new connections", inFlight, newConnections());
    table.detail("Fleet, " + inFlight + " in flight", "style", "devices per second");
    devicesPerSecond.forEach((name, rates) -> table.detailRow(name, Spread.of(rates)));
  }

  private double[] array(String name) {
    return devicesPerSecond.getOrDefault(name, List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** Prints the live heap at some points of a run over a fleet, in bytes. */
  static final class Heap {
    private Heap() {}

    /**
     * Reads a fleet and prints the live heap; the arguments are the URL, the number of devices and
     * of points.
     */
    public static void main(String[] args) throws Exception {
      var devices = Integer.parseInt(args[1]);
      var points = Integer.parseInt(args[2]);
      try (var client = ThingSpaceCalls.client(args[0], 64)) {
        // Load all classes before the measured run.
        read(client, 2_000, 0);
        System.out.println(read(client, devices, points));
      }
      System.exit(0);
    }

    private static String read(ThingSpaceM2m client, int devices, int points)
        throws InterruptedException, ExecutionException {
      var next = new AtomicInteger();
      var heap = new ConcurrentLinkedQueue<String>();
      var threads = Executors.newFixedThreadPool(64);
      var tasks = new ArrayList<Future<?>>();
      var step = points == 0 ? Integer.MAX_VALUE : devices / (points + 1);
      for (int i = 0; i < 64; i++) {
        tasks.add(
            threads.submit(
                () -> {
                  for (int n = next.getAndIncrement(); n < devices; n = next.getAndIncrement()) {
                    one(client, n);
                    if (n % step == step - 1) {
                      heap.add(String.valueOf(LiveHeap.bytes()));
                    }
                  }
                }));
      }
      for (var task : tasks) {
        task.get();
      }
      threads.shutdown();
      return String.join(" ", heap);
    }
  }
}
