package io.simtally.spark;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The five simulated carriers with a fleet, and the rows that {@code simtally sync} stores for it.
 */
final class SimulatedFleet implements AutoCloseable {
  static final DayRange DAYS = days();

  final Simulators simulators;

  private SimulatedFleet(Simulators simulators) {
    this.simulators = simulators;
    TestCredentials.set(simulators.environment());
  }

  private static DayRange days() {
    var last = DayRange.dayOf(Instant.now()).minusDays(3);
    return DayRange.of(last.minusDays(9), last);
  }

  static SimulatedFleet of(int devices) {
    return new SimulatedFleet(
        Simulators.builder()
            .iotx(IotxSimulator.builder().subscribers(devices).days(DAYS.from(), DAYS.to()).build())
            .mason(MasonSimulator.builder().sims(devices).days(DAYS.from(), DAYS.to()).build())
            .alef(AlefSimulator.builder().subscribers(devices).days(DAYS.from(), DAYS.to()).build())
            .thingSpace(
                ThingSpaceSimulator.builder().devices(devices).days(DAYS.from(), DAYS.to()).build())
            .start());
  }

  /** Returns the data source with the addresses of the carriers, without a list of devices. */
  DataFrameReader reader(SparkSession spark, String provider) {
    return spark
        .read()
        .format("simtally")
        .option("credentialsProvider", TestCredentials.class.getName())
        .option("provider", provider)
        .option("from", DAYS.from().toString())
        .option("to", DAYS.to().toString());
  }

  /** Returns the devices of a carrier that needs a list; none for the others. */
  List<Device> devices(String provider) {
    return switch (provider) {
      case "mason-usage" -> iccids(simulators.mason().iccids());
      case "alef-connectivity" ->
          simulators.alef().subscribers().stream()
              .map(each -> new Device("msisdn", each.msisdn()))
              .toList();
      case "thingspace-m2m" -> imeis(null);
      case "thingspace-hyperprecise" -> imeis(simulators.thingSpace().accountNumber());
      default -> List.of();
    };
  }

  static List<Device> iccids(List<String> ids) {
    return ids.stream().map(id -> new Device("iccid", id)).toList();
  }

  private List<Device> imeis(String account) {
    return simulators.thingSpace().devices().stream()
        .map(device -> new Device("imei", device.idOf("imei"), account))
        .toList();
  }

  /** Writes a devices file. */
  static Path write(Path file, String provider, List<Device> devices) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      out.write("provider,kind,id,account_number\n");
      for (var device : devices) {
        var account = device.account() == null ? "" : device.account();
        out.write(provider + "," + device.kind() + "," + device.id() + "," + account + "\n");
      }
    }
    return file;
  }

  /** Returns the rows of a store after a sync of the carrier, sorted. */
  List<String> synced(Path store, String provider, List<Device> listed) {
    sync(simulators.environment(), store, provider, listed);
    var rows = new ArrayList<String>();
    try (var synced = UsageStore.open(store);
        var records = synced.usageRecords(UsageQuery.days(DAYS))) {
      records.forEach(stored -> rows.add(text(stored.account(), stored.usage())));
    }
    rows.sort(null);
    return rows;
  }

  /** Syncs a carrier into a store. */
  static long sync(
      Map<String, String> environment, Path store, String provider, List<Device> listed) {
    var carrier =
        Carriers.of(environment).stream()
            .filter(each -> each.provider().equals(provider))
            .findAny()
            .orElseThrow();
    try (var into = UsageStore.open(store.toString(), Map.of());
        var source =
            carrier.open(ListedDevices.of(Map.of(provider, listed)), SourceSettings.DEFAULT)) {
      var result = Sync.into(into).days(DAYS).run(List.of(source));
      if (!result.isComplete()) {
        throw new IllegalStateException(result.toString());
      }
      return result.carriers().get(0).progress().records();
    }
  }

  private static String text(String account, UsageRecord usage) {
    return String.join(
        "|",
        usage.provider(),
        account,
        usage.subject(),
        usage.start().toString(),
        usage.period() == null ? "null" : "" + usage.period().toSeconds(),
        "" + usage.totalBytes(),
        "" + usage.uplinkBytes(),
        "" + usage.downlinkBytes(),
        usage.source(),
        "null");
  }

  /** Returns Spark's rows in the same form and order. */
  static List<String> rows(Dataset<Row> usage) {
    return usage.collectAsList().stream().map(SimulatedFleet::text).sorted().toList();
  }

  private static String text(Row row) {
    var cells = new ArrayList<String>();
    for (int i = 0; i < row.size(); i++) {
      var cell = row.get(i);
      cells.add(cell instanceof java.sql.Timestamp at ? at.toInstant().toString() : "" + cell);
    }
    return String.join("|", cells);
  }

  @Override
  public void close() {
    simulators.close();
  }
}
