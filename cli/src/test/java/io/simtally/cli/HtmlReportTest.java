package io.simtally.cli;

import static io.simtally.cli.usage.Usages.TERMS;
import static io.simtally.cli.usage.Usages.coverage;
import static io.simtally.cli.usage.Usages.failure;
import static io.simtally.cli.usage.Usages.usage;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import io.simtally.cli.usage.AccountRow;
import io.simtally.cli.usage.CarrierTerms;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.StoredTally;
import io.simtally.core.DayRange;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HtmlReportTest {

  private static final String HOSTILE = "</script><b>&'\"";

  @TempDir private Path directory;

  private final DayRange period =
      new DayRange(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-06"));

  @Test
  void loadsNothingFromOutside() {
    String page = render(fleet("a"));
    // The comments of Chart.js contain addresses; the rest must not.
    String own =
        page.replace("https://www.chartjs.org", "")
            .replace("https://github.com/kurkle/color#readme", "");

    assertThat(own).doesNotContain("http://", "https://", "sourceMappingURL", "@import", "url(");
    assertThat(own).doesNotContainPattern("<(link|img|iframe|script[^>]+src|base)\\b");
    assertThat(page).contains("default-src 'none'").contains("Chart.js v4.5.1");
  }

  @Test
  void survivesADeviceWithAHostileName() {
    String page = render(fleet(HOSTILE));

    assertThat(page).doesNotContain("</script><b>");
    assertThat(page).contains("&lt;/script&gt;&lt;b&gt;&amp;");
    assertThat(page.split("</script>", -1)).hasSize(4);
  }

  @Test
  void passesUnescapedNamesToTheCharts() throws IOException {
    Object data = data(render(fleet(HOSTILE)));

    assertThat(at(data, "top", 0, 0, "name")).isEqualTo(HOSTILE);
    assertThat(at(data, "runaways", 0, "name")).isEqualTo(HOSTILE);
    assertThat(at(data, "runaways", 0, "lastDay", "bytes")).isEqualTo(30_000_000.0);
    assertThat(at(data, "runaways", 0, "lastDay", "text")).isEqualTo("30.0 MB (30,000,000 bytes)");
    assertThat(at(data, "daily", 0, "points", 5, "bytes")).isEqualTo(30_000_000.0);
    assertThat(at(data, "days", 5, "date")).isEqualTo("2026-03-06");
  }

  @Test
  void showsTheFiguresWithTheirExactBytes() {
    String page = render(fleet("meter-1"));

    assertThat(page)
        .contains("2026-03-01 to 2026-03-06")
        .contains("Generated 2026-03-07 08:09 UTC")
        .contains("title=\"45,000,000 bytes\"")
        .contains(bothForms("45.0 MB", "45,000,000 bytes"))
        .contains(bothForms("3.0 MB", "3,000,000 bytes"))
        .contains("10x")
        .doesNotContain("Simulated fleet");
  }

  /** A checkbox switches between both, so that the exact figure needs no mouse. */
  private static String bothForms(String rounded, String exact) {
    return "<span class=\"rounded\">"
        + rounded
        + "</span><span class=\"bytes\">"
        + exact
        + "</span>";
  }

  @Test
  void showsTheExactBytesWithoutAMouse() {
    String page = render(fleet("meter-1"));

    assertThat(page)
        .contains(
            "<input type=\"checkbox\" id=\"exact\">", "<label for=\"exact\">Exact bytes</label>")
        .contains("#exact:checked ~ main .rounded", "#exact:not(:checked) ~ main .bytes");
  }

  @Test
  void showsFailuresAndSimulatedFigures() {
    StoredTally tally =
        new StoredTally(
            new CarrierTerms(
                "Alef", new AccountRow("alef-connectivity", "alef-connectivity"), 3, null, false),
            period);
    tally.fail("login <refused>");
    FleetUsage fleet =
        new FleetUsage(
            period,
            Instant.parse("2026-03-07T08:09:10Z"),
            true,
            List.of(tally.result()),
            List.of(),
            List.of(),
            Map.of());

    assertThat(render(fleet))
        .contains("Simulated fleet")
        .contains("Alef failed")
        .contains("login &lt;refused&gt;");
  }

  @Test
  void namesTheMissingDevices() {
    StoredTally tally = new StoredTally(TERMS, period);
    IntStream.range(0, 12)
        .forEach(
            i ->
                tally.add(
                    failure(String.format(Locale.ROOT, "imei %02d", i), period, i + ": <gone>")));
    IntStream.range(12, 42)
        .forEach(i -> tally.add(failure("imei " + i, period, "imei " + i + " is <unknown>")));
    tally.add(coverage("a", period));
    tally.add(usage("a", "2026-03-01T00:00:00Z", 1));

    assertThat(render(fleetOf(tally)))
        .contains("Fake is incomplete.")
        .contains("42 of 43 devices could not be read")
        .contains("252 of 258 days of devices are unknown, not zero (42 of 43 devices).")
        .contains(
            "<li>30 devices (imei 12, imei 13, imei 14, ...): (device) is &lt;unknown&gt;</li>")
        .contains("<li>imei 08: 8: &lt;gone&gt;</li>")
        .contains("<li>... and 3 more messages</li>")
        .doesNotContain("imei 09:");
  }

  @Test
  void listsEveryRunawayDevice() {
    StoredTally tally = new StoredTally(TERMS, period);
    tally.add(coverage(UsageStore.ACCOUNT, period));
    for (int device = 0; device < 476; device++) {
      runAway(tally, "device-" + device);
    }

    String page = render(fleetOf(tally));

    assertThat(page).contains("<summary>376 more</summary>");
    // Once in the table of runaway devices, in addition to charts and top devices.
    assertThat(page.split("data-column=\"Times\">10x</td>", -1)).hasSize(477);
    assertThat(IntStream.range(0, 476))
        .allSatisfy(
            device -> assertThat(page).contains("<td class=\"device\">device-" + device + "</td>"));
  }

  private FleetUsage fleet(String device) {
    StoredTally tally = new StoredTally(TERMS, period);
    tally.add(coverage(UsageStore.ACCOUNT, period));
    runAway(tally, device);
    return fleetOf(tally);
  }

  private static void runAway(StoredTally tally, String device) {
    for (int day = 1; day <= 5; day++) {
      tally.add(usage(device, "2026-03-0" + day + "T00:00:00Z", 3_000_000));
    }
    tally.add(usage(device, "2026-03-06T00:00:00Z", 30_000_000));
  }

  private FleetUsage fleetOf(StoredTally tally) {
    return new FleetUsage(
        period,
        Instant.parse("2026-03-07T08:09:10Z"),
        false,
        List.of(tally.result()),
        List.of(),
        List.of(),
        Map.of());
  }

  private String render(FleetUsage fleet) {
    try (var store = UsageStore.open(directory.resolve("empty.duckdb").toString(), Map.of())) {
      try (var files = ReportFiles.create(period, fleet.simulated())) {
        files.write(fleet, store, directory, null);
      }
      return Files.readString(directory.resolve("fleet-report.html"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object data(String page) throws IOException {
    MatchResult json =
        Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>")
            .matcher(page)
            .results()
            .findFirst()
            .orElseThrow();
    return requireNonNull(
        new Moshi.Builder().build().adapter(Object.class).fromJson(json.group(1)));
  }

  private static Object at(Object json, Object... path) {
    Object value = json;
    for (Object step : path) {
      value =
          step instanceof Integer index
              ? requireNonNull((List<?>) value).get(index)
              : requireNonNull((Map<?, ?>) value).get(step);
    }
    return requireNonNull(value);
  }
}
