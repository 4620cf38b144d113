package io.simtally.fleet.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.ApiException;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.Origin;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The failures and the origin in a store after several runs. */
@Timeout(120)
class SyncStoreTest {
  @TempDir private Path directory;

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
  void keepsThePartOfAFailedRangeThatNoLaterRunReads() {
    var source = new Source(List.of(device("a"), device("b")));
    source.refused = "a";
    run(source, 1, 10, 20);
    assertThat(failures()).containsExactly("a 2026-03-01 to 2026-03-10");

    source.refused = "";
    run(source, 4, 6, 21);
    assertThat(failures())
        .containsExactly("a 2026-03-01 to 2026-03-03", "a 2026-03-07 to 2026-03-10");
    run(source, 11, 15, 22);
    assertThat(failures()).hasSize(2);

    run(source, 1, 15, 23);
    assertThat(failures()).isEmpty();
  }

  @Test
  void keepsAFailureOfTheDeviceListUntilAllDevicesWereAskedForItsDays() {
    var source = new Source(List.of(device("a"), device("b")));
    source.listFails = true;
    run(source, 1, 10, 20);
    assertThat(failures()).containsExactly("* 2026-03-01 to 2026-03-10");

    source.listFails = false;
    source.refused = "b";
    run(source, 3, 10, 21);
    assertThat(failures())
        .containsExactly("* 2026-03-01 to 2026-03-02", "b 2026-03-03 to 2026-03-10");
    assertThat(sync(1, 2, 22).stopWhen(() -> true).run(List.of(source)).isComplete()).isFalse();
    assertThat(failures()).as("a stopped run").hasSize(2);

    run(source, 1, 2, 23);
    assertThat(failures())
        .containsExactly("b 2026-03-01 to 2026-03-02", "b 2026-03-03 to 2026-03-10");
  }

  @Test
  void keepsAFailureOfAnAccountUntilItsDayIsRead() {
    var source = new Source(List.of(Device.ACCOUNT));
    run(source, 1, 5, 20);
    source.listFails = true;
    run(source, 1, 10, 21);
    assertThat(failures()).containsExactly("* 2026-03-01 to 2026-03-10");

    // Days 1 to 5 are settled, and no request is sent for them again.
    source.listFails = false;
    source.refused = "2026-03-08";
    run(source, 1, 10, 22);
    assertThat(failures()).containsExactly("* 2026-03-08");
    run(source, 9, 10, 23);
    assertThat(failures()).containsExactly("* 2026-03-08");

    source.refused = "";
    run(source, 1, 10, 24);
    assertThat(failures()).isEmpty();
  }

  @Test
  void writesNoSimulatedFigureIntoAStoreOfRealOnes() {
    var source = new Source(List.of(device("a")));
    run(source, 1, 10, 20);
    source.asked.clear();

    assertThatThrownBy(() -> sync(1, 10, 20).simulated().run(List.of(source)))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(" holds real figures; use another store for simulated ones");
    assertThat(source.asked).isEmpty();
    assertThat(store.origin()).contains(Origin.REAL);
  }

  @Test
  void writesNoRealFigureIntoAStoreOfSimulatedOnes() {
    var source = new Source(List.of(device("a")));
    assertThat(sync(1, 10, 20).simulated().days(days(2, 9)).run(List.of(source)).isComplete())
        .isTrue();
    close();
    open();
    source.asked.clear();

    assertThatThrownBy(() -> run(source, 1, 10, 21))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(" holds simulated figures; use another store for real ones");
    assertThat(source.asked).isEmpty();
    assertThat(store.origin()).contains(Origin.SIMULATED);
  }

  private void run(Source source, int from, int to, int runDay) {
    sync(from, to, runDay).run(List.of(source));
  }

  private Sync sync(int from, int to, int runDay) {
    var now = Instant.parse("2026-03-%02dT06:00:00Z".formatted(runDay));
    return Sync.into(store).days(days(from, to)).clock(Clock.fixed(now, ZoneOffset.UTC));
  }

  private static DayRange days(int from, int to) {
    return DayRange.of(LocalDate.of(2026, 3, from), LocalDate.of(2026, 3, to));
  }

  private List<String> failures() {
    try (var rows = store.failures(UsageQuery.all())) {
      return rows.map(each -> each.subject() + " " + each.days()).toList();
    }
  }

  private static Device device(String id) {
    return new Device("iccid", id);
  }

  /** A carrier without usage that fails for a device or a day. */
  private static final class Source implements UsageSource {
    final List<String> asked = new ArrayList<>();
    boolean listFails;
    String refused = "";

    private final List<Device> devices;

    Source(List<Device> devices) {
      this.devices = devices;
    }

    @Override
    public String provider() {
      return "carrier";
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      if (listFails) {
        throw new IllegalStateException("no such fleet");
      }
      return devices;
    }

    @Override
    public int daysAtOnce() {
      return devices.contains(Device.ACCOUNT) ? 1 : Integer.MAX_VALUE;
    }

    @Override
    public synchronized CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      asked.add(device.id() + " " + days);
      return refused.equals(device.id()) || refused.equals(days.toString())
          ? CompletableFuture.failedFuture(refusal())
          : CompletableFuture.completedFuture(
              List.of(
                  new UsageRecord(
                      "carrier",
                      device.isAccount() ? "a" : device.id(),
                      days.start(),
                      Duration.ofDays(1),
                      1,
                      null,
                      null,
                      null)));
    }

    private static ApiException refusal() {
      return ApiException.builder(ApiException.Kind.NOT_FOUND).reason("no such SIM").build();
    }

    @Override
    public void close() {}
  }
}
