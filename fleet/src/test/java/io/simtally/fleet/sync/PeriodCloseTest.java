package io.simtally.fleet.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.store.ClosedPeriod;
import io.simtally.fleet.store.Correction;
import io.simtally.fleet.store.DailyUsage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PeriodCloseTest {
  private static final DayRange DAYS =
      DayRange.of(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-05"));

  @TempDir private Path directory;

  private final ModelSource eu = new ModelSource("eu", false);
  private final ModelSource us = new ModelSource("us", true);
  private UsageStore store;

  @BeforeEach
  void open() {
    store = UsageStore.open(directory.resolve("store.duckdb").toString(), Map.of());
    for (var day : DAYS.each()) {
      eu.set("a", day, 10);
      eu.set("b", day, 20);
      us.set("c", day, 1_000);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void freezesTheTotalOfEachAccount() {
    sync("2026-03-10T06:00:00Z");

    var result = close("2026-03-11T06:00:00Z").run();

    var at = Instant.parse("2026-03-11T06:00:00Z");
    assertThat(result.gaps()).isEmpty();
    assertThat(result.closed())
        .containsExactly(
            new ClosedPeriod("eu", DAYS, at, 150), new ClosedPeriod("us", DAYS, at, 5_000));
    assertThat(store.closedPeriods()).isEqualTo(result.closed());
    assertThat(close("2026-04-01T06:00:00Z").run().closed())
        .as("closing again changes nothing")
        .isEqualTo(result.closed());
    assertThat(store.closedPeriods()).hasSize(2);
  }

  @Test
  void keepsTheFiguresOfTheClosingAndListsWhatChangesLater() {
    sync("2026-03-10T06:00:00Z");
    var closed = close("2026-03-11T06:00:00Z").accounts(List.of("eu")).run().closed().get(0);
    var figures = asOf(closed);
    var day = DAYS.to();
    eu.set("a", day, 12);
    eu.set("b", day, 15);
    sync(30, "2026-03-20T06:00:00Z");
    eu.set("a", day, 13);
    sync(30, "2026-03-21T06:00:00Z");

    assertThat(asOf(closed)).isEqualTo(figures);
    assertThat(figures.stream().mapToLong(DailyUsage::totalBytes).sum())
        .isEqualTo(closed.totalBytes());
    try (var late = store.lateCorrections(closed)) {
      assertThat(late)
          .containsExactly(
              correction("a", day, 10, 12, "2026-03-20T06:00:00Z"),
              correction("a", day, 12, 13, "2026-03-21T06:00:00Z"),
              correction("b", day, 20, 15, "2026-03-20T06:00:00Z"));
    }
  }

  @Test
  void refusesDaysThatAreUnreadUnsettledFailedOrHeldAndNamesThem() {
    sync("2026-03-06T06:00:00Z");
    store.write(List.of(), 3);
    store.writeFailures(
        List.of(
            failure("b", DayRange.of(DAYS.from()), "TIMEOUT"),
            failure("a", DayRange.of(DAYS.from()), Failure.HELD)));
    var longer = DayRange.of(DAYS.from(), DAYS.to().plusDays(1));

    var refused = close(longer, "2026-03-11T06:00:00Z").accounts(List.of("eu")).run();

    assertThat(refused.isClosed()).isFalse();
    assertThat(refused.gaps())
        .extracting(each -> each.subject() + " " + each.reason() + " " + each.days())
        .containsExactlyInAnyOrder(
            "a HELD 2026-03-01",
            "b FAILED 2026-03-01",
            "a UNREAD 2026-03-06",
            "a UNSETTLED 2026-03-03 to 2026-03-05",
            "b UNREAD 2026-03-06",
            "b UNSETTLED 2026-03-03 to 2026-03-05");
    assertThat(store.closedPeriods()).isEmpty();

    var closed = close(longer, "2026-03-11T06:00:00Z").accounts(List.of("eu")).incomplete().run();
    assertThat(closed.closed()).singleElement().matches(each -> each.totalBytes() == 150);
    assertThat(store.gaps(closed.closed().get(0))).hasSize(6);
    assertThat(closed.gaps()).containsExactlyInAnyOrderElementsOf(refused.gaps());

    eu.set("a", longer.to(), 7);
    Sync.into(store).days(longer).clock(at("2026-03-12T06:00:00Z")).run(List.of(eu));
    try (var late = store.lateCorrections(closed.closed().get(0))) {
      assertThat(late)
          .as("a day that was unread at the closing")
          .containsExactly(correction("a", longer.to(), 0, 7, "2026-03-12T06:00:00Z"));
    }
  }

  @Test
  void refusesAListedDeviceThatWasNeverRead() throws IOException {
    var settled = Instant.parse("2026-03-10T06:00:00Z");
    store.write(
        List.of(new Reading("mason-usage", "eu", "89148000000800784259", DAYS, settled, List.of())),
        3);
    Files.writeString(
        directory.resolve("devices.csv"),
        """
        provider,kind,id
        mason-usage,iccid,89148000000800784259
        mason-usage,iccid,89148000000800784267
        """);
    var config =
        Files.writeString(
            directory.resolve("simtally.toml"),
            """
            [accounts.eu]
            provider = "mason-usage"
            api_key = "${KEY}"
            devices = "devices.csv"
            """);
    try (var accounts = Accounts.fromConfig(config, Map.of("KEY", "a-key"))) {
      var close = close("2026-03-11T06:00:00Z").accounts(List.of("eu"));

      assertThat(close.configured(accounts).run().gaps())
          .containsExactly(
              new ClosedPeriod.Gap(
                  "mason-usage", "eu", "89148000000800784267", DAYS, ClosedPeriod.Reason.UNREAD));
      assertThat(close.run().gaps()).isEmpty();
    }
  }

  @Test
  void closesNoAccountIfOneIsRefused() {
    sync("2026-03-10T06:00:00Z");
    store.writeFailures(List.of(failure("b", DayRange.of(DAYS.from()), "TIMEOUT")));

    assertThat(close("2026-03-11T06:00:00Z").run().isClosed()).isFalse();
    assertThat(store.closedPeriods()).isEmpty();
    assertThat(close("2026-03-11T06:00:00Z").accounts(List.of("us")).run().isClosed()).isTrue();
  }

  @Test
  void refusesOverlapsAndUnknownAccounts() {
    sync("2026-03-10T06:00:00Z");
    close("2026-03-11T06:00:00Z").run();

    assertThatThrownBy(() -> close(DayRange.of(DAYS.to()), "2026-03-12T06:00:00Z").run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2026-03-05 of account eu overlap the closed period 2026-03-01 to 2026-03-05");
    assertThatThrownBy(() -> close("2026-03-12T06:00:00Z").accounts(List.of("none")).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the store has no account none");
  }

  @Test
  void closesAStoreOfSimulatedFigures() {
    Sync.into(store).days(DAYS).clock(at("2026-03-10T06:00:00Z")).simulated().run(List.of(eu));

    assertThat(close("2026-03-11T06:00:00Z").run().isClosed()).isTrue();
  }

  private PeriodClose close(String now) {
    return close(DAYS, now);
  }

  private PeriodClose close(DayRange days, String now) {
    return PeriodClose.of(store, days).clock(at(now));
  }

  private void sync(String now) {
    Sync.into(store).days(DAYS).clock(at(now)).run(List.of(eu, us));
  }

  private void sync(int settleAfterDays, String now) {
    var sync = Sync.into(store).days(DAYS).clock(at(now)).settleAfterDays(settleAfterDays);
    assertThat(sync.run(List.of(eu, us)).isComplete()).isTrue();
  }

  private List<DailyUsage> asOf(ClosedPeriod closed) {
    var query = UsageQuery.days(DAYS).account(closed.account()).asOf(closed.closedAt());
    try (var rows = store.dailyUsage(query)) {
      return rows.toList();
    }
  }

  private static Correction correction(
      String subject, LocalDate day, long before, long after, String at) {
    return new Correction("carrier", "eu", subject, day, before, after, Instant.parse(at));
  }

  private static Failure failure(String subject, DayRange days, String kind) {
    return new Failure("carrier", "eu", subject, days, kind, "no", Instant.EPOCH);
  }

  private static Clock at(String now) {
    return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
  }
}
