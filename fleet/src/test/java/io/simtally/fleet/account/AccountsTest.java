package io.simtally.fleet.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.UsageSource;
import io.simtally.simulator.mason.MasonSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What accounts open, and with whose credentials and devices. */
final class AccountsTest {
  private static final DayRange DAYS = DayRange.of(LocalDate.parse("2026-03-01"));
  private static final Map<String, String> THING_SPACE =
      Map.of("THINGSPACE_TOKEN", "a", "THINGSPACE_M2M_TOKEN", "b");
  private static final Device IMEI = new Device("imei", "990013907835573");

  @TempDir private Path directory;

  @Test
  void makesAnAccountOfEachProviderOfTheEnvironment() {
    try (var accounts =
        Accounts.fromEnv(
            Map.of(
                "MASON_API_KEY", "k",
                "ALEF_API_KEY", "k",
                "ALEF_ACCOUNT_ID", "the-customer",
                "IOTX_TOKEN", "k",
                "THINGSPACE_TOKEN", "a",
                "THINGSPACE_M2M_TOKEN", "b"))) {
      assertThat(accounts.accounts())
          .extracting(Account::name)
          .containsExactly("iotx-analytics", "mason-usage", "alef-connectivity", "thingspace");
      assertThat(accounts.sources())
          .extracting(source -> source.account() + " " + source.provider())
          .containsExactly(
              "iotx-analytics iotx-analytics",
              "mason-usage mason-usage",
              "alef-connectivity alef-connectivity",
              "thingspace thingspace-m2m");
      assertThat(accounts.sources()).isSameAs(accounts.sources());
    }
    assertThat(Accounts.fromEnv(Map.of()).accounts()).isEmpty();
  }

  @Test
  void opensTheSourcesThatTheDevicesAskFor() {
    var m2m = ListedDevices.of(Map.of("thingspace-m2m", List.of(IMEI)));
    var precise =
        ListedDevices.of(
            Map.of("thingspace-hyperprecise", List.of(new Device("imei", IMEI.id(), "1-1"))));

    assertThat(opened(Accounts.fromEnv(THING_SPACE).devices(m2m)))
        .containsExactly("thingspace-m2m");
    assertThat(opened(Accounts.fromEnv(THING_SPACE).devices(precise)))
        .containsExactly("thingspace-hyperprecise");
    assertThat(
            opened(
                Accounts.fromEnv(THING_SPACE).selectProviders(List.of("thingspace-hyperprecise"))))
        .containsExactly("thingspace-hyperprecise");
  }

  private static List<String> opened(Accounts accounts) {
    try (accounts) {
      return accounts.sources().stream().map(UsageSource::provider).toList();
    }
  }

  @Test
  void refusesDevicesThatBelongToNoSingleAccount() throws IOException {
    var sims =
        ListedDevices.of(Map.of("mason-usage", List.of(new Device("iccid", "89".repeat(9)))));
    var two = config(mason("a", "") + mason("b", ""));

    assertThatThrownBy(() -> two.devices(sims))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the devices of mason-usage belong to several accounts: a, b");
    try (var one = two.select(List.of("b")).devices(sims)) {
      assertThat(one.sources().get(0).devices(DAYS)).hasSize(1);
    }
    assertThatThrownBy(() -> Accounts.fromEnv(THING_SPACE).devices(sims))
        .hasMessageContaining("no account has this provider")
        .hasMessageContaining("MASON_API_KEY");
    Files.writeString(directory.resolve("own.csv"), "provider,kind,id\n");
    var own = config(mason("a", "devices = \"own.csv\"\n"));
    assertThatThrownBy(() -> own.devices(sims)).hasMessageContaining("a devices file of its own");
  }

  @Test
  void refusesADeviceOfAnotherProviderInTheFileOfAnAccount() throws IOException {
    Files.writeString(
        directory.resolve("own.csv"), "provider,kind,id\nthingspace-m2m,imei,990013907835573\n");

    assertThatThrownBy(() -> config(mason("a", "devices = \"own.csv\"\n")).sources())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("simtally.toml line 1: accounts.a.devices: ")
        .hasMessageContaining("own.csv line 2: unknown provider `thingspace-m2m`");
  }

  @Test
  void opensNothingIfTheThirdAccountCannotBeOpened() throws IOException {
    var opened = new ArrayList<Clock>();
    var accounts =
        config(mason("a", "") + mason("b", "") + mason("c", "base_url = \"ftp://x\"\n"))
            .settings(
                each -> {
                  opened.add(each.clock());
                  return each;
                });

    for (var i = 0; i < 2; i++) {
      assertThatThrownBy(accounts::sources)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("accounts.c: baseUrl is not an http or https URL");
    }
    assertThat(opened).as("the second attempt opens all again").hasSize(2);
  }

  @Test
  void readsEachAccountWithItsOwnKeyAndSettlingTime() throws IOException {
    var one = MasonSimulator.builder().sims(2).seed(1).apiKey("key-one").build();
    var other = MasonSimulator.builder().sims(3).seed(2).apiKey("key-other").build();
    try (var first = one.start();
        var second = other.start();
        var accounts =
            config(
                """
                [accounts.one]
                provider = "mason-usage"
                api_key = "key-one"
                base_url = "%s"
                settle_after_days = 9
                [accounts.other]
                provider = "mason-usage"
                api_key = "key-other"
                base_url = "%s"
                """
                    .formatted(first.url(), second.url()))) {
      var sources = accounts.sources();

      assertThat(sources).extracting(UsageSource::account).containsExactly("one", "other");
      assertThat(sources).extracting(UsageSource::settleAfterDays).containsExactly(9, 3);
      assertThat(sources.get(0).devices(DayRange.last(7)))
          .extracting(Device::id)
          .containsExactlyInAnyOrderElementsOf(one.iccids());
      assertThat(sources.get(1).devices(DayRange.last(7)))
          .extracting(Device::id)
          .containsExactlyInAnyOrderElementsOf(other.iccids());
    }
  }

  private static String mason(String name, String more) {
    return "[accounts." + name + "]\nprovider = \"mason-usage\"\napi_key = \"k\"\n" + more;
  }

  private Accounts config(String text) throws IOException {
    return Accounts.fromConfig(
        Files.writeString(directory.resolve("simtally.toml"), text), Map.of());
  }
}
