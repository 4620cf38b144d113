package consumer;

import io.simtally.core.DayRange;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Syncs one day of two carriers into a store. The environment has the credentials of all five. */
public final class Main {
  private Main() {}

  /** Prints the stored usage of IoT-X on one day. */
  public static void main(String... args) throws IOException {
    DayRange day = DayRange.of(LocalDate.parse(System.getenv("DAY")));
    List<UsageSource> sources = new ArrayList<>();
    for (Carrier carrier : Carriers.of(System.getenv())) {
      sources.add(carrier.open(ListedDevices.NONE, SourceSettings.DEFAULT));
    }
    Path folder = Files.createTempDirectory("consumer");
    Map<String, Long> bytes = new TreeMap<>();
    try (UsageStore store = UsageStore.open(folder.resolve("fleet.duckdb").toString(), Map.of())) {
      if (!Sync.into(store).days(day).run(sources).isComplete()) {
        throw new IllegalStateException("not all was read");
      }
      store
          .dailyUsage(UsageQuery.days(day))
          .forEach(usage -> bytes.merge(usage.provider(), usage.totalBytes(), Long::sum));
    }
    sources.forEach(UsageSource::close);
    Files.delete(folder.resolve("fleet.duckdb"));
    Files.delete(folder);
    if (!bytes.keySet().equals(Set.of("iotx-analytics", "mason-usage"))) {
      throw new IllegalStateException("carriers: " + bytes.keySet());
    }
    System.out.println(bytes.get("iotx-analytics") + " bytes");
  }
}
