package io.simtally.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs all benchmarks on this JVM's JDK and writes their results to a file. */
public final class Benchmarks {
  private static final List<String> PARTS =
      List.of("decode", "calls", "cold", "fleet", "store", "migration", "sync", "memory");

  private Benchmarks() {}

  /**
   * Runs the named parts, or all parts.
   *
   * @param args the output file, then the parts: decode, calls, cold, fleet, store, migration,
   *     sync, memory
   */
  public static void main(String[] args) throws Exception {
    Set<String> parts = new LinkedHashSet<>(List.of(args).subList(1, args.length));
    // JMH would refuse to run while another user's run holds its lock.
    System.setProperty("jmh.ignoreLock", "true");
    var table = new Table();
    try (var server = ServerProcess.start()) {
      for (var part : parts.isEmpty() ? PARTS : parts) {
        var start = System.nanoTime();
        run(part, server.url(), table);
        // After each part, so that an interrupted run keeps its results.
        Files.writeString(Path.of(args[0]), title() + "\n\n" + table, StandardCharsets.UTF_8);
        System.err.printf("%s: %d s%n", part, (System.nanoTime() - start) / 1_000_000_000);
      }
    }
    System.out.println(table);
    System.exit(0);
  }

  private static void run(String part, String url, Table table) throws Exception {
    switch (part) {
      case "decode" -> decode(table);
      case "calls" -> calls(url, table);
      case "cold" -> ColdStart.run(url, 20).report(table);
      case "fleet" -> {
        Fleet.run(url, 20, 64, 4_800, 15).report(table);
        Fleet.run(url, 20, 128, 9_600, 15).report(table);
      }
      case "store" -> StoreRun.run(100_000, table);
      case "migration" -> MigrationRun.run(1_000_000, table);
      case "sync" -> SyncRun.run(url, 100_000, 3, 1_000_000, 1_000_000, table);
      case "memory" -> MemoryRun.run(url, table);
      default -> throw new IllegalArgumentException("no part " + part);
    }
  }

  private static void decode(Table table) throws Exception {
    new DecodeBenchmark().check();
    new TimestampBenchmark().check();
    DecodeRotation.run(table);
    DecodeRun.full().report(table);
  }

  private static void calls(String url, Table table) throws Exception {
    var plain = "plain OkHttp";
    var chain = rotate("chain", ChainCalls.all(url), 21, 700);
    var typed = rotate("ThingSpace call", ThingSpaceCalls.all(url), 21, 500);
    var iotx = rotate("IoT-X call", IotxCalls.all(url), 21, 500);
    table.atMost(
        "whole typed call, 30 records: CPU by that of plain OkHttp reading bytes",
        1.7,
        typed.cpuRatio("Simtally", plain));
    table.atMost(
        "our chain alone: CPU by that of plain OkHttp", 1.10, chain.cpuRatio("our chain", plain));
    table.atMost(
        "our chain alone: KiB allocated more than plain OkHttp",
        1.0,
        chain.bytesMore("our chain", plain).times(1.0 / 1024));
    table.atMost(
        "whole typed call: CPU by that of Retrofit + reflective Moshi",
        0.75,
        typed.cpuRatio("Simtally", "Retrofit"));
    table.atMost(
        "whole typed call: CPU by that of java.net.http + Jackson",
        0.55,
        typed.cpuRatio("Simtally", "java.net.http"));
    table.atMost(
        "whole typed call: CPU by that of the stock generated client",
        0.35,
        iotx.cpuRatio("Simtally", "stock generated"));
    typed.detail(table, "ThingSpace call, 30 records, one at a time", plain);
    iotx.detail(table, "IoT-X call, 60 subscribers × 3 buckets, one at a time", plain);
    chain.detail(table, "Call with an empty object as its answer, one at a time", plain);
  }

  private static Rotation rotate(
      String work, Map<String, Contestant> contestants, int rounds, long slotMillis)
      throws Exception {
    var rotation = Rotation.run(work, contestants, 4_000, rounds, slotMillis);
    for (var contestant : contestants.values()) {
      contestant.close();
    }
    return rotation;
  }

  private static String title() throws IOException {
    return "%s, JDK %s (%s), %d cores, %s, %s"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            Runtime.getRuntime().availableProcessors(),
            processor(),
            System.getProperty("os.name"));
  }

  private static String processor() throws IOException {
    var info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(info, StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
