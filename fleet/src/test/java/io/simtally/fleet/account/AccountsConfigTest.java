package io.simtally.fleet.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.simtally.fleet.alert.AlertRule;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.SourceRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a configuration file may say, and how each mistake in it is named. */
final class AccountsConfigTest {
  private static final String SECRET = "s3cr3t-of-the-customer";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("MASON_EU_KEY", SECRET, "FLEET", "cars", "BLANK", " ", "DOLLAR", "${FLEET}");
  private static final String MASON =
      """
      [accounts.mason-eu]
      provider = "mason-usage"
      api_key = "${MASON_EU_KEY}"
      """;

  @TempDir private Path directory;

  @Test
  void readsTheExampleOfThePage() throws IOException {
    Files.writeString(directory.resolve("password"), SECRET + "\n");
    var accounts =
        config(
            """
            # the store and two accounts
            store = "fleet.duckdb"

            [accounts.mason-eu]
            provider = "mason-usage"
            api_key  = "${MASON_EU_KEY}"          # from the environment
            fleet    = 'default'
            pool     = "500 GB"
            cycle_day = 5

            [accounts.verizon]
            provider = "thingspace"
            key = "a-key"
            secret = "a-secret"
            username = "a-user"
            password = "file:password"
            devices = "verizon.csv"
            requests_per_second = 0.5
            concurrency = 8
            settle_after_days = 7
            sources = "largest"
            """);

    assertThat(accounts.store()).contains(directory.resolve("fleet.duckdb").toString());
    assertThat(accounts.accounts())
        .extracting(Account::name)
        .containsExactly("mason-eu", "verizon");
    var mason = accounts.accounts().get(0);
    assertThat(mason.provider()).isEqualTo("mason-usage");
    assertThat(mason.carriers()).extracting(Carrier::provider).containsExactly("mason-usage");
    assertThat(mason.poolBytes()).hasValue(500_000_000_000L);
    assertThat(mason.cycle().day()).isEqualTo(5);
    assertThat(mason.settleAfterDays()).isEmpty();
    assertThat(mason.devicesFile()).isEmpty();
    var verizon = accounts.accounts().get(1);
    assertThat(verizon.carriers())
        .extracting(Carrier::provider)
        .containsExactly("thingspace-m2m", "thingspace-hyperprecise");
    assertThat(verizon.cycle().day()).isEqualTo(1);
    assertThat(verizon.poolBytes()).isEmpty();
    assertThat(verizon.settleAfterDays()).hasValue(7);
    assertThat(verizon.sourceRule()).isEqualTo(SourceRule.LARGEST);
    assertThat(mason.sourceRule()).isEqualTo(SourceRule.SUM);
    assertThat(verizon.devicesFile()).contains(directory.resolve("verizon.csv"));
    assertThat(accounts.toString() + accounts.accounts())
        .contains("mason-eu", "verizon")
        .doesNotContain(SECRET, "a-secret", "a-key");
  }

  @Test
  void readsTheFormsOfTomlThatASettingNeeds() throws IOException {
    var accounts =
        config(
            "\uFEFFstore='C:\\fleet.duckdb' # a path\r\n"
                + "accounts . \"mason-eu\" . provider = \"mason\\u002dusage\"\r\n"
                + "\taccounts.mason-eu.api_key = \"\\\"${MASON_EU_KEY}\\\" # no comment\"\r\n"
                + "accounts.mason-eu.fleet = \"${DOLLAR}\"\r\n"
                + "accounts.mason-eu.concurrency = 1_000\r\n"
                + "accounts.mason-eu.requests_per_second = +2.5e1");

    assertThat(accounts.store())
        .hasValueSatisfying(name -> assertThat(name).endsWith("C:\\fleet.duckdb"));
    assertThat(accounts.accounts()).extracting(Account::provider).containsExactly("mason-usage");
  }

  @Test
  void readsTheRulesOfAlerts() throws IOException {
    var accounts =
        config(
            MASON
                + """
                pool = "1 GB"
                [[alerts]]
                type = "device-day"
                threshold = "500 MB"
                account = "mason-eu"
                [[alerts]] # another
                type = "device-cycle"
                name = "too much"
                threshold = "2 GB"
                [[alerts]]
                type = "runaway"
                [[alerts]]
                type = "runaway"
                name = "gentle"
                factor = 5
                minimum = "1 MB"
                [[alerts]]
                type = "pool"
                [[alerts]]
                type = "pool"
                name = "half"
                thresholds = [ 50, 90, ]
                forecast = false
                [[alerts]]
                type = "idle"
                days = 14
                """);

    assertThat(accounts.alertRules())
        .containsExactly(
            new AlertRule.DeviceDay("device-day-mason-eu", "mason-eu", 500_000_000),
            new AlertRule.DeviceCycle("too much", null, 2_000_000_000),
            new AlertRule.RunawayDevice("runaway", null, 10, 10_000_000),
            new AlertRule.RunawayDevice("gentle", null, 5, 1_000_000),
            new AlertRule.Pool("pool", null, List.of(80, 100), true),
            new AlertRule.Pool("half", null, List.of(50, 90), false),
            new AlertRule.Idle("idle", null, 14));
    assertThat(accounts.select(List.of("mason-eu")).alertRules()).hasSize(7);
  }

  @Test
  void leavesTheUrlOfAStoreAsItIs() throws IOException {
    assertThat(config("store = \"jdbc:postgresql://db/fleet\"").store())
        .contains("jdbc:postgresql://db/fleet");
  }

  @ParameterizedTest
  @CsvSource({
    "1 B, 1",
    "2kB, 2000",
    "3 KB, 3000",
    "1.5 MB, 1500000",
    "500 GB, 500000000000",
    "2 TB, 2000000000000",
    "0.001 kB, 1"
  })
  void countsAPoolInDecimalUnits(String pool, long bytes) throws IOException {
    assertThat(config(MASON + "pool = \"" + pool + "\"").accounts().get(0).poolBytes())
        .hasValue(bytes);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "line 3: accounts.a.api_key: variable NO_KEY is not set",
            "[accounts.a]",
            "provider = \"mason-usage\"",
            "api_key = \"${NO_KEY}\""),
        mistake(
            "line 3: accounts.a.api_key: variable BLANK is blank",
            "[accounts.a]",
            "provider = \"mason-usage\"",
            "api_key = \"x${BLANK}\""),
        mistake(
            "line 3: accounts.a.api_key: `${` must be followed by the name of a variable",
            "[accounts.a]",
            "provider = \"mason-usage\"",
            "api_key = \"${MASON_EU_KEY\""),
        mistake(
            "line 3: accounts.a.api_kye: unknown key; did you mean `api_key`?",
            "[accounts.a]",
            "provider = \"mason-usage\"",
            "api_kye = \"s3cr3t-of-the-customer\""),
        mistake(
            "line 3: accounts.a.token: unknown key; known are api_key, base_url, concurrency,",
            "[accounts.a]",
            "provider = \"mason-usage\"",
            "token = \"x\""),
        mistake("line 1: stroe: unknown key; did you mean `store`?", "stroe = \"x\""),
        mistake("line 1: alerts[1]: type is missing; known are device-cycle", "[[alerts]]"),
        mistake("line 1: alerts[1].x.y: unknown key", "alerts.\"[1]\".x.y = 1"),
        mistake("line 1: alerts: must be an array of tables: [[alerts]]", "[alerts]"),
        mistake("line 1: alerts.x: must be an array of tables: [[alerts]]", "alerts.x = 1"),
        mistake("line 1: rules[1]: unknown key; known are", "[[rules]]"),
        mistake("line 2: alerts is already defined on line 1", "[[alerts]]", "[alerts]"),
        mistake(
            "line 2: accounts.a is already defined on line 1", "[accounts.a]", "[[accounts.a]]"),
        alert(
            "line 6: alerts[1].type: unknown type `idel`; did you mean `idle`?", "type = \"idel\""),
        alert(
            "line 7: alerts[1].treshold: unknown key; did you mean `threshold`?",
            "type = \"device-day\"",
            "treshold = \"5 MB\""),
        alert("line 7: alerts[1].days: unknown key", "type = \"device-day\"", "days = 3"),
        alert("line 5: alerts[1]: threshold is missing", "type = \"device-cycle\""),
        alert(
            "line 7: alerts[1].threshold: must be an amount such as",
            "type = \"device-cycle\"",
            "threshold = \"5\""),
        alert(
            "line 7: alerts[1].account: unknown account `masn-eu`; did you mean `mason-eu`?",
            "type = \"idle\"",
            "account = \"masn-eu\""),
        alert("line 5: alerts[1]: no account has a `pool`", "type = \"pool\""),
        alert(
            "line 7: alerts[1].account: the account mason-eu has no `pool`",
            "type = \"pool\"",
            "account = \"mason-eu\""),
        alert(
            "line 7: alerts[1].days: must be a whole number, 1 to 366",
            "type = \"idle\"",
            "days = 0"),
        alert(
            "line 7: alerts[1].factor: must be a whole number, 3 or more",
            "type = \"runaway\"",
            "factor = 2"),
        alert(
            "line 7: alerts[2]: the rule of line 5 has the name idle too",
            "type = \"idle\"",
            "[[alerts]]",
            "type = \"idle\""),
        mistake(
            "line 7: alerts[1].thresholds: must be percents such as [80, 100]",
            MASON + "pool = \"1 GB\"",
            "[[alerts]]",
            "type = \"pool\"",
            "thresholds = [80, 0]"),
        mistake(
            "line 7: alerts[1].thresholds: must be percents such as [80, 100]",
            MASON + "pool = \"1 GB\"",
            "[[alerts]]",
            "type = \"pool\"",
            "thresholds = 80"),
        mistake(
            "line 7: alerts[1].thresholds: must be percents such as [80, 100]",
            MASON + "pool = \"1 GB\"",
            "[[alerts]]",
            "type = \"pool\"",
            "thresholds = [80.5]"),
        mistake("line 1: accounts: must be a table: [accounts.NAME]", "accounts = 1"),
        mistake("line 1: accounts.a: must be a table: [accounts.NAME]", "accounts.a = 1"),
        mistake(
            "line 1: accounts.Mason: an account's name has lower case letters", "[accounts.Mason]"),
        mistake("line 1: accounts.-a: an account's name has lower case letters", "[accounts.-a]"),
        mistake("line 1: accounts.a.b: unknown table", "[accounts.a.b]", "c = 1"),
        mistake("line 1: accounts.a: provider is missing; known are", "[accounts.a]"),
        mistake(
            "line 2: accounts.a.provider: unknown provider `mason`; known are iotx-analytics",
            "[accounts.a]",
            "provider = \"mason\""),
        mistake("did you mean `thingspace`?", "[accounts.a]", "provider = \"thingspaces\""),
        mistake(
            "line 1: accounts.a: credentials are missing; give api_key",
            "[accounts.a]",
            "provider = \"mason-usage\""),
        mistake(
            "line 1: accounts.a: credentials are missing; give key, secret, username, password,"
                + " or else token, m2m_token",
            "[accounts.a]",
            "provider = \"thingspace\""),
        mistake(
            "line 1: accounts.a: credentials are incomplete; secret, password must be given too",
            "[accounts.a]",
            "provider = \"thingspace\"",
            "key = \"k\"",
            "username = \"u\""),
        mistake(
            "line 4: accounts.a.token: two forms of credentials are mixed",
            "[accounts.a]",
            "provider = \"thingspace\"",
            "key = \"k\"",
            "token = \"t\""),
        mistake(
            "line 4: accounts.a is already defined on line 1",
            "[accounts.a]",
            "provider = \"mason-usage\"",
            "api_key = \"k\"",
            "[accounts.a]"),
        mistake(
            "line 2: accounts.a is already defined on line 1",
            "accounts.a.provider = \"mason-usage\"",
            "[accounts.a]"),
        mistake("line 2: store is already defined on line 1", "store = \"a\"", "store = \"b\""),
        mistake(
            "line 3: accounts.a.api_key is already defined on line 2",
            "[accounts.a]",
            "api_key = \"s3cr3t-of-the-customer\"",
            "api_key = \"s3cr3t-of-the-customer\""),
        mistake("line 1: store: must be a text in quotation marks", "store = 1"),
        mistake("line 1: store: is blank", "store = \" \""),
        mistake("line 1: store has no value", "store = # fleet.duckdb"),
        mistake(
            "line 1: store is neither a number nor a text in quotation marks",
            "store = s3cr3t-of-the-customer"),
        mistake(
            "line 1: store is neither a number nor a text in quotation marks", "store = [\"a\"]"),
        mistake("line 1: store is a text of several lines", "store = \"\"\"a"),
        mistake(
            "line 1: store: the closing quotation mark is missing",
            "store = \"s3cr3t-of-the-customer"),
        mistake("line 1: store: an unknown escape after a backslash", "store = \"C:\\fleet\\x\""),
        mistake("line 1: text after the end of the value", "store = \"a\" s3cr3t-of-the-customer"),
        mistake("line 1: expected `=`", "s3cr3t-of-the-customer"),
        mistake("line 1: expected a key", "= 1"),
        mistake("line 1: expected `]`", "[accounts.a"),
        mistake("line 1: a control character", "store = \"a\u0000\""),
        general("cycle_day = 0", "cycle_day: must be a whole number, 1 to 28"),
        general("cycle_day = 29", "cycle_day: must be a whole number, 1 to 28"),
        general("cycle_day = \"5\"", "cycle_day: must be a whole number, 1 to 28"),
        general("concurrency = 0", "concurrency: must be a whole number, 1 or more"),
        general("concurrency = 1.5", "concurrency: must be a whole number, 1 or more"),
        general("settle_after_days = -1", "settle_after_days: must be a whole number, 0 or more"),
        general("sources = \"both\"", "sources: must be \"largest\" or \"sum\""),
        general("sources = true", "sources: must be a text in quotation marks"),
        general("requests_per_second = 0", "requests_per_second: must be a number above 0"),
        general("requests_per_second = true", "requests_per_second: must be a number above 0"),
        general("requests_per_second = 0.000001", "requests_per_second: must be at least one"),
        general("pool = \"500 GiB\"", "pool: must be an amount such as \"500 GB\""),
        general("pool = \"0 GB\"", "pool: must be an amount such as \"500 GB\""),
        general("pool = \"9999999 PB\"", "pool: must be an amount such as \"500 GB\""),
        general("pool = \"0.5 B\"", "pool: must be an amount such as \"500 GB\""),
        general("pool = 500", "pool: must be a text in quotation marks"),
        general("devices = 5", "devices: must be a text in quotation marks"),
        general("base_url = \"http://mason.example\"", "base_url: must begin with https://"));
  }

  private static Arguments mistake(String message, String... lines) {
    return Arguments.of(String.join("\n", lines), message);
  }

  private static Arguments alert(String message, String... lines) {
    return Arguments.of(MASON + "\n[[alerts]]\n" + String.join("\n", lines), message);
  }

  private static Arguments general(String line, String message) {
    return Arguments.of(MASON + line, "line 4: accounts.mason-eu." + message);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesEachMistakeWithItsLineAndNoValue(String text, String message) {
    var refusal = catchThrowable(() -> config(text));

    assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
    assertThat(refusal.getMessage())
        .startsWith(directory.resolve("simtally.toml") + " line ")
        .contains(message);
    Stream.iterate(refusal, each -> each != null, Throwable::getCause)
        .forEach(each -> assertThat(each).hasMessageNotContaining(SECRET));
  }

  @Test
  void namesASecretFileThatCannotBeRead() throws IOException {
    Files.writeString(directory.resolve("blank"), "\n");
    Files.write(directory.resolve("binary"), new byte[] {(byte) 0xFF});

    for (var each :
        Map.of(
                "missing", "cannot be read: no such file",
                ".", "cannot be read: is a directory",
                "blank", "is blank",
                "binary", "is not UTF-8")
            .entrySet()) {
      assertThatThrownBy(() -> secretFile(each.getKey()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("line 3: accounts.a.api_key: the file ")
          .hasMessageEndingWith(each.getValue());
    }
  }

  private void secretFile(String name) throws IOException {
    config("[accounts.a]\nprovider = \"mason-usage\"\napi_key = \"file:" + name + "\"");
  }

  @Test
  void namesAConfigurationFileThatCannotBeRead() {
    assertThatThrownBy(() -> Accounts.fromConfig(directory.resolve("none.toml"), ENVIRONMENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("none.toml: no such file");
    assertThatThrownBy(() -> Accounts.fromConfig(directory, ENVIRONMENT))
        .hasMessageEndingWith("is a directory");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void warnsOfASecretInAFileThatOthersMayRead() throws IOException {
    var text =
        """
        [accounts.a]
        provider = "mason-usage"
        api_key = "s3cr3t-of-the-customer"
        fleet = "cars"
        [accounts.b]
        provider = "mason-usage"
        api_key = "${MASON_EU_KEY}"
        """;
    var file = Files.writeString(directory.resolve("simtally.toml"), text);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(Accounts.fromConfig(file, ENVIRONMENT).warnings())
        .singleElement()
        .asString()
        .startsWith(file + " line 3: accounts.a.api_key is written into a file that other users")
        .doesNotContain(SECRET);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(Accounts.fromConfig(file, ENVIRONMENT).warnings()).isEmpty();
  }

  private Accounts config(String text) throws IOException {
    var file = Files.writeString(directory.resolve("simtally.toml"), text);
    return Accounts.fromConfig(file, ENVIRONMENT);
  }
}
