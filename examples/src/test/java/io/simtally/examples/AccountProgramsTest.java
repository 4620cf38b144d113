package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.DevicesFile;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import io.simtally.fleet.sync.SyncResult;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short programs with accounts, devices and a carrier of the user's own. */
final class AccountProgramsTest {
  @TempDir private Path folder;

  // #region accounts
  static SyncResult syncAllAccounts(Path config, Map<String, String> environment) {
    try (var accounts = Accounts.fromConfig(config, environment);
        var store = UsageStore.open(accounts.store().orElseThrow(), environment)) {
      return Sync.into(store).days(DayRange.last(7)).run(accounts);
    }
  }

  // #endregion accounts

  // #region devices
  static SyncResult syncListedDevices(Path csv, String into, Map<String, String> environment)
      throws IOException {
    try (var accounts = Accounts.fromEnv(environment).devices(DevicesFile.read(csv));
        var store = UsageStore.open(into, environment)) {
      return Sync.into(store).days(DayRange.last(7)).run(accounts);
    }
  }

  // #endregion devices

  // #region own
  /** A carrier of the user's own, here with one device and a fixed usage. */
  record OwnCarrier(String provider) implements UsageSource {
    @Override
    public Iterable<Device> devices(DayRange days) {
      return List.of(new Device("iccid", "8914800000080078425"));
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      var records = days.each().stream().map(day -> usage(device, DayRange.of(day))).toList();
      return CompletableFuture.completedFuture(records);
    }

    private UsageRecord usage(Device device, DayRange day) {
      var subject = device.subject();
      var length = Duration.ofDays(1);
      return new UsageRecord(provider, subject, day.start(), length, 1_000, null, null, null);
    }

    @Override
    public void close() {}
  }

  // #endregion own

  @Test
  void syncsTwoAccountsOfOneProvider() throws IOException {
    var one = MasonSimulator.builder().sims(2).seed(1).apiKey("key-one").build();
    var other = MasonSimulator.builder().sims(3).seed(2).apiKey("key-other").build();
    try (var first = one.start();
        var second = other.start()) {
      var config = folder.resolve("simtally.toml");
      Files.writeString(
          config,
          """
          store = "fleet.duckdb"
          [accounts.mason-one]
          provider = "mason-usage"
          api_key = "${ONE}"
          base_url = "%s"
          [accounts.mason-other]
          provider = "mason-usage"
          api_key = "${OTHER}"
          base_url = "%s"
          """
              .formatted(first.url(), second.url()));

      var result = syncAllAccounts(config, Map.of("ONE", "key-one", "OTHER", "key-other"));

      assertThat(result.isComplete()).isTrue();
      assertThat(result.carriers()).extracting(each -> each.progress().done()).contains(2L, 3L);
    }
  }

  @Test
  void syncsTheDevicesOfACsvFile() throws IOException {
    var simulator = ThingSpaceSimulator.builder().devices(2).build();
    try (var server = simulator.start()) {
      var imei = simulator.devices().get(0).idOf("imei");
      var csv = folder.resolve("devices.csv");
      Files.writeString(csv, "provider,kind,id\nthingspace-m2m,imei," + imei + "\n");

      var store = folder.resolve("fleet.duckdb").toString();
      var result = syncListedDevices(csv, store, simulator.environment());

      assertThat(server.url()).isNotBlank();
      assertThat(result.isComplete()).isTrue();
      assertThat(result.carriers().get(0).progress().done()).isEqualTo(1);
    }
  }

  @Test
  void syncsACarrierOfOnesOwn() {
    try (var store = UsageStore.open(folder.resolve("fleet.duckdb").toString(), Map.of())) {
      var result =
          Sync.into(store).days(DayRange.last(7)).run(List.of(new OwnCarrier("my-carrier")));

      assertThat(result.isComplete()).isTrue();
      assertThat(result.carriers().get(0).progress().records()).isEqualTo(7);
    }
  }
}
