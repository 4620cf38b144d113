package io.simtally.cli;

import static io.simtally.cli.LedgerServer.IOTX;
import static io.simtally.cli.LedgerServer.M2M;
import static io.simtally.cli.LedgerServer.MASON;
import static io.simtally.cli.LedgerServer.iccid;
import static io.simtally.cli.LedgerServer.imei;
import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code simtally audit} over the truth of a {@link LedgerServer}. */
final class AuditCommandTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final LocalDate LAST = LocalDate.parse("2026-03-10");

  @TempDir private Path directory;

  private final LedgerServer server = new LedgerServer(Instant.parse("2026-03-31T10:00:00Z"));

  @BeforeEach
  void fill() {
    server
        .use(MASON, iccid(1), FIRST, LAST, 1_000)
        .use(MASON, iccid(2), FIRST, FIRST, 70)
        .use(IOTX, "subscriber-1", FIRST, LAST, 5)
        .list(M2M, "imei", imei(3))
        .use(M2M, imei(3), FIRST, LAST, 300);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void confirmsAStoreThatAgreesWithTheCarriersAndLeavesItAsItIs() throws IOException {
    sync(MASON, IOTX, M2M);
    var before = Files.readAllBytes(store());

    var run = audit(List.of(MASON, IOTX, M2M), "--seed", "7");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .startsWith("Audit of 40 of 40 settled device-days, seed 7")
        .anyMatch(line -> line.matches("  Mason +20 +20 +20 +0 +0"))
        .anyMatch(line -> line.matches("  IoT-X Analytics +10 +10 +10 +0 +0"))
        .anyMatch(line -> line.matches("  ThingSpace M2M +10 +10 +10 +0 +0"))
        .contains(
            "Drift: 0.00 % of the compared device-days differ; 95 % confidence interval 0.00 % to"
                + " 8.81 % (Clopper-Pearson)",
            "40 comparisons find a drift of 1 % with a probability of 33.1 %");
    assertThat(server.asked()).as("one for each device, one for each day of IoT-X").hasSize(13);
    assertThat(Files.readAllBytes(store())).isEqualTo(before);
  }

  @Test
  void namesTheDaysThatDifferAndFails() throws IOException {
    sync(MASON);
    server
        .use(MASON, iccid(1), FIRST.plusDays(4), 1_234)
        .use(MASON, iccid(2), FIRST.plusDays(1), 9)
        .use(MASON, iccid(2), FIRST, 0);
    var json = directory.resolve("audit.json");

    var run = audit(List.of(MASON), "--json", json.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .contains(
            "Different at the carrier:",
            "  mason-usage mason-usage %s 2026-03-05: stored 1,000 bytes, carrier 1,234 bytes"
                .formatted(iccid(1)),
            "  mason-usage mason-usage %s 2026-03-01: stored 70 bytes, carrier 0 bytes"
                .formatted(iccid(2)),
            "  mason-usage mason-usage %s 2026-03-02: stored 0 bytes, carrier 9 bytes"
                .formatted(iccid(2)));
    var result = (Map<?, ?>) new Moshi.Builder().build().adapter(Object.class).fromJson(read(json));
    assertThat(result.get("different")).isEqualTo(3.0);
    assertThat(result.get("compared")).isEqualTo(20.0);
    assertThat(((Map<?, ?>) result.get("drift")).get("share")).isEqualTo(0.15);
    assertThat(result.get("differences"))
        .asInstanceOf(InstanceOfAssertFactories.list(Object.class))
        .hasSize(3)
        .contains(
            Map.of(
                "provider",
                MASON,
                "account",
                MASON,
                "subject",
                iccid(1),
                "day",
                "2026-03-05",
                "stored_bytes",
                1_000.0,
                "carrier_bytes",
                1_234.0));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  @Test
  void countsADeviceThatCannotBeReadApart() {
    sync(MASON);
    server.answer(MASON, iccid(2), request -> LedgerServer.json(404, "{}"));

    var run = audit(List.of(MASON));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).containsPattern("Mason +20 +20 +10 +0 +10\n");
    assertThat(run.out()).contains("Not compared:\n  mason-usage mason-usage: 10 days of 1 device");
    assertThat(run.err()).isEqualTo("error: 10 of 20 days of devices could not be compared\n");
  }

  @Test
  void auditsTheChosenDaysAndAccounts() {
    sync(MASON, IOTX);

    var some = audit(List.of(MASON, IOTX), "--sample", "3");
    var days = audit(List.of(MASON, IOTX), "--from", "2026-03-09", "--to", "2026-03-10");
    var one = audit(List.of(MASON, IOTX), "--provider", MASON);
    var unconfigured = audit(List.of(MASON));

    assertThat(some.out()).startsWith("Audit of 3 of 30 settled device-days");
    assertThat(days.out()).startsWith("Audit of 6 of 6 settled device-days");
    assertThat(one.out()).startsWith("Audit of 20 of 20 ");
    assertThat(unconfigured.exitCode()).isZero();
    assertThat(unconfigured.err())
        .isEqualTo(
            "Not audited: iotx-analytics: iotx-analytics, which has no credentials or no listed"
                + " devices\n");
  }

  @Test
  void failsWhereNothingIsSettled() {
    server.at(Instant.parse("2026-03-11T10:00:00Z"));
    assertThat(run(List.of(MASON), "sync", "--from", "2026-03-09", "--to", "2026-03-10").exitCode())
        .isZero();

    var run = audit(List.of(MASON));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("Drift: unknown, nothing was compared");
    assertThat(run.err()).startsWith("error: the store has no settled day of these accounts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--sample 0", "--settle-after-days -1", "--store none.duckdb", "--seed x"})
  void refusesWithOneLineAndSendsNothing(String options) {
    sync(MASON);
    server.forgetAsked();

    var run = audit(List.of(MASON), options.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: ").hasLineCount(1);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void confirmsASimulatedStoreWithTheSameSimulatedCarriersOnly() {
    var days = List.of("--from", "2026-03-01", "--to", "2026-03-05");
    assertThat(run(List.of(), with(days, "sync", "--simulate=3")).exitCode()).isZero();

    var simulated = run(List.of(), with(days, "audit", "--simulate=3"));
    var real = audit(List.of(MASON));

    assertThat(simulated.exitCode()).isZero();
    assertThat(simulated.out()).startsWith("Audit of ").contains("All accounts");
    assertThat(real.exitCode()).isEqualTo(2);
    assertThat(real.err()).contains("holds simulated figures");
  }

  private static String[] with(List<String> options, String... args) {
    var all = new ArrayList<>(List.of(args));
    all.addAll(options);
    return all.toArray(String[]::new);
  }

  private void sync(String... providers) {
    var run = run(List.of(providers), "sync", "--from", FIRST.toString(), "--to", LAST.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    server.forgetAsked();
  }

  private CommandRun audit(List<String> providers, String... options) {
    return run(providers, with(List.of(options), "audit"));
  }

  private CommandRun run(List<String> providers, String... args) {
    var all = new ArrayList<>(List.of(args));
    if (!all.contains("--store")) {
      all.addAll(List.of("--store", store().toString()));
    }
    if (providers.contains(M2M)) {
      all.addAll(List.of("--devices", server.devicesFile(directory).toString()));
    }
    return CommandRun.of(
        server.environment(providers.toArray(String[]::new)),
        server.clock(),
        all.toArray(String[]::new));
  }

  private Path store() {
    return directory.resolve("store.duckdb");
  }
}
