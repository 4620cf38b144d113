package io.simtally.fleet.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.store.Origin;
import io.simtally.fleet.store.StoredAccount;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import io.simtally.simulator.Operation;
import io.simtally.simulator.mason.MasonDay;
import io.simtally.simulator.mason.MasonSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account that appears under a second name would be read again, and count twice. */
class AccountNamesTest {
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-20T06:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path directory;

  private final MasonSimulator mason =
      MasonSimulator.builder().sims(0).clock(CLOCK).sim("one", MasonDay.of(DAY, 40, 2)).build();

  @Test
  void refusesAnAccountThatMayBeOneOfTheStoreUnderAnotherName() throws IOException {
    try (var server = mason.start();
        var store = UsageStore.open(directory.resolve("fleet.duckdb"))) {
      sync(store, config(server.url(), "mason-eu", ""));
      var before = mason.calls().size();

      assertThatThrownBy(() -> sync(store, config(server.url(), "mason-europe", "")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "account mason-europe: the store has no rows of this account, but rows of mason-eu of"
                  + " the same provider, which the configuration lacks. If this is a new name, set"
                  + " renamed_from = \"mason-eu\" in the configuration file; if the account is"
                  + " another one, set is_new = true");
      assertThat(mason.calls()).hasSize(before);
      assertThat(bytes(store)).containsExactly(Map.entry("mason-eu", 42L));
    }
  }

  @Test
  void refusesTheNameOfTheEnvironmentInPlaceOfThatOfAFile() throws IOException {
    try (var server = mason.start();
        var store = UsageStore.open(directory.resolve("fleet.duckdb"));
        var accounts = Accounts.fromEnv(mason.environment())) {
      sync(store, config(server.url(), "mason-eu", ""));

      assertThatThrownBy(() -> sync(store).run(accounts))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("account mason-usage: the store has no rows of this account");
    }
  }

  @Test
  void renamesTheRowsOfAnAccountOnce() throws IOException {
    try (var server = mason.start();
        var store = UsageStore.open(directory.resolve("fleet.duckdb"))) {
      sync(store, config(server.url(), "mason-eu", ""));
      var before = mason.calls().size();

      for (int times = 0; times < 2; times++) {
        sync(store, config(server.url(), "mason-europe", "renamed_from = \"mason-eu\""));
        assertThat(bytes(store)).containsExactly(Map.entry("mason-europe", 42L));
        assertThat(store.accounts())
            .extracting(StoredAccount::account)
            .containsExactly("mason-europe");
      }
      assertThat(mason.calls().stream().skip(before))
          .as("all days are settled, only the list is read")
          .allMatch(call -> call.operation().equals(Optional.of(Operation.AGGREGATE_SIMS_USAGE)));
    }
  }

  @Test
  void renamesNothingInARunThatIsRefused() throws IOException {
    try (var server = mason.start();
        var store = UsageStore.open(directory.resolve("fleet.duckdb"))) {
      sync(store, config(server.url(), "mason-eu", ""));
      try (var accounts = config(server.url(), "mason-europe", "renamed_from = \"mason-eu\"")) {
        assertThatThrownBy(() -> sync(store).simulated().run(accounts))
            .hasMessageContaining("simulated");
      }
      assertThat(store.origin()).contains(Origin.REAL);
      assertThat(bytes(store)).containsExactly(Map.entry("mason-eu", 42L));
    }
  }

  @Test
  void refusesToRenameWhereBothNamesHaveRows() throws IOException {
    try (var server = mason.start();
        var store = UsageStore.open(directory.resolve("fleet.duckdb"))) {
      sync(store, config(server.url(), "mason-eu", ""));
      sync(store, config(server.url(), "mason-us", "is_new = true"));

      assertThatThrownBy(
              () -> sync(store, config(server.url(), "mason-us", "renamed_from = \"mason-eu\"")))
          .hasMessage(
              "account mason-us: renamed_from = \"mason-eu\": the store has rows of both names");
      assertThat(bytes(store))
          .containsExactly(Map.entry("mason-eu", 42L), Map.entry("mason-us", 42L));
    }
  }

  @Test
  void allowsAnAccountBesideTheOnesOfTheStore() throws IOException {
    try (var server = mason.start();
        var store = UsageStore.open(directory.resolve("fleet.duckdb"))) {
      sync(store, config(server.url(), "mason-eu", ""));
      var both = directory.resolve("both.toml");
      Files.writeString(
          both, account(server.url(), "mason-eu", "") + account(server.url(), "mason-us", ""));

      // The account of the store is in the file, though it is not selected.
      sync(store, Accounts.fromConfig(both, Map.of()).select(List.of("mason-us")));

      assertThat(bytes(store))
          .containsExactly(Map.entry("mason-eu", 42L), Map.entry("mason-us", 42L));
    }
  }

  @Test
  void refusesFormerNamesThatCannotBeMeant() throws IOException {
    var file = directory.resolve("simtally.toml");
    Files.writeString(
        file,
        account("http://127.0.0.1:1", "mason-eu", "")
            + account("http://127.0.0.1:1", "mason-us", "renamed_from = \"mason-eu\""));
    assertThatThrownBy(() -> Accounts.fromConfig(file, Map.of()))
        .hasMessageContaining("line 10: accounts.mason-us.renamed_from")
        .hasMessageContaining("the file has an account `mason-eu`");
    Files.writeString(
        file,
        account("http://127.0.0.1:1", "mason-eu", "renamed_from = \"mason\"")
            + account("http://127.0.0.1:1", "mason-us", "renamed_from = \"mason\""));
    assertThatThrownBy(() -> Accounts.fromConfig(file, Map.of()))
        .hasMessageContaining("another account is renamed from `mason` too");
    Files.writeString(file, account("http://127.0.0.1:1", "mason-eu", "is_new = \"yes\""));
    assertThatThrownBy(() -> Accounts.fromConfig(file, Map.of()))
        .hasMessageContaining("must be true or false");
  }

  private Accounts config(String url, String name, String line) {
    try {
      var file = Files.writeString(directory.resolve("simtally.toml"), account(url, name, line));
      return Accounts.fromConfig(file, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String account(String url, String name, String line) {
    return """
        [accounts.%s]
        provider = "mason-usage"
        api_key = "%s"
        base_url = "%s"
        %s
        """
        .formatted(name, mason.apiKey(), url, line);
  }

  private static void sync(UsageStore store, Accounts accounts) {
    try (accounts) {
      assertThat(sync(store).run(accounts).isComplete()).isTrue();
    }
  }

  private static Sync sync(UsageStore store) {
    return Sync.into(store).days(DayRange.of(DAY)).clock(CLOCK);
  }

  private static List<Map.Entry<String, Long>> bytes(UsageStore store) {
    try (var rows = store.dailyUsage(UsageQuery.all())) {
      return rows.map(row -> Map.entry(row.account(), row.totalBytes())).toList();
    }
  }
}
