package io.simtally.fleet.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.Correction;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.DailyUsage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.StoredAccount;
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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two accounts of one provider in one store. */
@Timeout(120)
class AccountsSyncTest {
  private static final DayRange DAYS =
      DayRange.of(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-10"));

  @TempDir private Path directory;

  private final Source eu = new Source("eu", 100);
  private final Source us = new Source("us", 7);
  private UsageStore store;

  @BeforeEach
  void open() {
    store = UsageStore.open(directory.resolve("store.duckdb"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readsSettledDaysOfTheSecondAccountAsWell() {
    eu.devices = List.of("a", "b");
    us.devices = List.of("a", "c");
    run("2026-03-30T06:00:00Z", eu);
    run("2026-03-30T07:00:00Z", us);

    assertThat(us.asked).containsExactlyInAnyOrder("a", "c");
    assertThat(bytes("eu")).isEqualTo(2 * 10 * 100);
    assertThat(bytes("us")).isEqualTo(2 * 10 * 7);
    assertThat(store.accounts())
        .containsExactly(
            new StoredAccount("carrier", "eu", at(30, 6), at(30, 6)),
            new StoredAccount("carrier", "us", at(30, 7), at(30, 7)));
  }

  @Test
  void replacesUnsettledDaysOfOneAccountOnly() {
    eu.devices = List.of("*");
    us.devices = List.of("*");
    run("2026-03-11T06:00:00Z", eu, us);
    us.bytes = 8;
    run("2026-03-11T07:00:00Z", us);

    assertThat(bytes("eu")).isEqualTo(10 * 100);
    // The days until 2026-03-07 are settled.
    assertThat(bytes("us")).isEqualTo(7 * 7 + 3 * 8);
    assertThat(corrections())
        .hasSize(3)
        .allMatch(each -> each.account().equals("us") && each.beforeBytes() == 7);
  }

  @Test
  void keepsTheFailureOfOneAccountWhenTheOtherReadsTheSameDays() {
    eu.devices = List.of("a");
    us.devices = List.of("a");
    eu.refused = "a";
    assertThat(sync("2026-03-30T06:00:00Z").run(List.of(eu, us)).isComplete()).isFalse();
    run("2026-03-30T07:00:00Z", us);

    assertThat(failures()).extracting(Failure::account).containsExactly("eu");
    eu.listFails = true;
    assertThat(sync("2026-03-30T08:00:00Z").run(List.of(eu)).isComplete()).isFalse();
    run("2026-03-30T09:00:00Z", us);
    assertThat(failures()).extracting(Failure::account).containsExactly("eu", "eu");

    eu.listFails = false;
    eu.refused = "";
    run("2026-03-30T10:00:00Z", eu);
    assertThat(failures()).isEmpty();
  }

  @Test
  void readsNoDeviceThatOnlyTheOtherAccountHas() {
    eu.discovered = "iccid";
    us.discovered = "iccid";
    eu.devices = List.of("a", "b");
    us.devices = List.of("c");
    run("2026-03-11T06:00:00Z", eu, us);
    eu.asked.clear();
    us.asked.clear();
    eu.devices = List.of("a");
    run("2026-03-11T07:00:00Z", eu, us);

    // The list of the first account lost a device, whose days are not settled.
    assertThat(eu.asked).containsExactlyInAnyOrder("a", "b");
    assertThat(us.asked).containsExactly("c");
  }

  @Test
  void keepsBothHistoriesOfADeviceThatMoves() {
    eu.devices = List.of("a");
    us.devices = List.of();
    run("2026-03-06T06:00:00Z", days(1, 5), eu, us);
    eu.devices = List.of();
    us.devices = List.of("a");
    run("2026-03-30T06:00:00Z", days(6, 10), eu, us);

    var history = UsageQuery.days(DAYS).subject("a");
    assertThat(store.dailyUsage(history)).hasSize(10);
    assertThat(bytes("eu")).isEqualTo(5 * 100);
    assertThat(bytes("us")).isEqualTo(5 * 7);
    assertThat(store.coverage(history))
        .extracting(Coverage::account, Coverage::days)
        .containsExactly(tuple("eu", days(1, 5)), tuple("us", days(6, 10)));
    assertThat(corrections()).isEmpty();
  }

  @Test
  void allowsAWholeAccountBesideAnAccountThatIsReadByDevice() {
    eu.devices = List.of("*");
    us.devices = List.of("a");
    run("2026-03-30T06:00:00Z", eu);
    run("2026-03-30T07:00:00Z", us);

    assertThat(bytes("eu")).isEqualTo(10 * 100);
    assertThat(bytes("us")).isEqualTo(10 * 7);
  }

  @Test
  void refusesTwoSourcesOfOneAccount() {
    assertThatThrownBy(() -> sync("2026-03-30T06:00:00Z").run(List.of(eu, us, new Source("eu", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two sources read the account eu of carrier");
    assertThat(eu.asked).isEmpty();
  }

  @Test
  void namesTheAccountInItsProgressAndResult() {
    var seen = new ArrayList<SyncProgress>();
    var result = sync("2026-03-30T06:00:00Z").listener(seen::add).run(List.of(us));

    assertThat(seen).isNotEmpty().allMatch(each -> each.account().equals("us"));
    assertThat(result.carriers()).extracting(CarrierResult::account).containsExactly("us");
  }

  private void run(String now, UsageSource... sources) {
    run(now, DAYS, sources);
  }

  private void run(String now, DayRange days, UsageSource... sources) {
    assertThat(sync(now).days(days).run(List.of(sources)).isComplete()).isTrue();
  }

  private Sync sync(String now) {
    return Sync.into(store).days(DAYS).clock(Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
  }

  private static Instant at(int day, int hour) {
    return Instant.parse("2026-03-%02dT%02d:00:00Z".formatted(day, hour));
  }

  private static DayRange days(int from, int to) {
    return DayRange.of(LocalDate.of(2026, 3, from), LocalDate.of(2026, 3, to));
  }

  private long bytes(String account) {
    try (var rows = store.dailyUsage(UsageQuery.all().account(account))) {
      return rows.mapToLong(DailyUsage::totalBytes).sum();
    }
  }

  private List<Failure> failures() {
    try (var rows = store.failures(UsageQuery.all())) {
      return rows.toList();
    }
  }

  private List<Correction> corrections() {
    try (var rows = store.corrections(UsageQuery.all())) {
      return rows.toList();
    }
  }

  /** An account whose devices use a number of bytes each day. */
  private static final class Source implements UsageSource {
    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    List<String> devices = List.of("a");
    long bytes;
    String refused = "";
    boolean listFails;
    @Nullable String discovered;

    private final String account;

    Source(String account, long bytes) {
      this.account = account;
      this.bytes = bytes;
    }

    @Override
    public String provider() {
      return "carrier";
    }

    @Override
    public String account() {
      return account;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      if (listFails) {
        throw new IllegalStateException("no such fleet");
      }
      return devices.stream()
          .map(id -> id.equals("*") ? Device.ACCOUNT : new Device("iccid", id))
          .toList();
    }

    @Override
    public Optional<String> discoveredKind() {
      return Optional.ofNullable(discovered);
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      asked.add(device.id());
      if (device.id().equals(refused)) {
        return CompletableFuture.failedFuture(
            ApiException.builder(ApiException.Kind.NOT_FOUND).reason("no such SIM").build());
      }
      return CompletableFuture.completedFuture(
          days.each().stream()
              .map(day -> usage(device.isAccount() ? "a" : device.id(), day))
              .toList());
    }

    private UsageRecord usage(String subject, LocalDate day) {
      return new UsageRecord(
          "carrier",
          subject,
          DayRange.of(day).start(),
          Duration.ofDays(1),
          bytes,
          null,
          null,
          null);
    }

    @Override
    public void close() {}
  }
}
