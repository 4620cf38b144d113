package io.simtally.cli;

import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierFailure;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.DeviceTotal;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.MonthTotal;
import io.simtally.cli.usage.Runaway;
import io.simtally.cli.usage.RunawayRule;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the template of the HTML report shows, in words. */
record HtmlPage(
    String period,
    int days,
    String generatedAt,
    boolean simulated,
    List<Failure> failures,
    Amount total,
    String devices,
    String records,
    String runawayCount,
    boolean severalCarriers,
    List<Section> carriers,
    List<MonthRow> months,
    List<Day> daily,
    List<RunawayRow> runaways,
    List<RunawayRow> moreRunaways,
    @Nullable String moreRunawayCount,
    List<String> notes,
    String runawayRule,
    String version,
    String style,
    String chartLibrary,
    String script,
    String data) {

  private static final int RUNAWAYS_SHOWN = 100;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  record Failure(String carrier, String reason) {}

  record Amount(String text, String exact) {}

  record Section(
      String name,
      String devices,
      boolean wholeAccount,
      String records,
      Amount total,
      String refusals,
      List<String> refused,
      List<String> notes,
      List<TopRow> top) {}

  record MonthRow(String carrier, String month, String devices, Amount total) {}

  record TopRow(int rank, String device, Amount total, String share) {}

  record Day(String date, List<DayTotal> totals) {}

  record DayTotal(String carrier, String text, String exact) {}

  record RunawayRow(
      String device, String carrier, String day, Amount lastDay, Amount median, String times) {}

  static HtmlPage of(FleetUsage fleet) {
    List<Runaway> runaways = fleet.runaways();
    return new HtmlPage(
        fleet.period().toString(),
        fleet.period().length(),
        MINUTE.format(fleet.generatedAt()),
        fleet.simulated(),
        fleet.failures().stream().map(HtmlPage::failure).toList(),
        new Amount(ByteCount.human(fleet.totalBytes()), ByteCount.exact(fleet.totalBytes())),
        ByteCount.grouped(fleet.devices()),
        ByteCount.grouped(fleet.records()),
        ByteCount.grouped(runaways.size()),
        fleet.carriers().size() > 1,
        fleet.carriers().stream().map(HtmlPage::section).toList(),
        fleet.months().stream().map(HtmlPage::monthRow).toList(),
        daily(fleet),
        runaways.stream().limit(RUNAWAYS_SHOWN).map(HtmlPage::runawayRow).toList(),
        runaways.stream().skip(RUNAWAYS_SHOWN).map(HtmlPage::runawayRow).toList(),
        more(runaways.size() - RUNAWAYS_SHOWN),
        fleet.notes(),
        RunawayRule.inWords(),
        Version.of("simtally"),
        Resource.text("fleet-report.css"),
        chartJs(),
        Resource.text("fleet-report.js"),
        ChartData.json(fleet));
  }

  private static MonthRow monthRow(MonthTotal month) {
    return new MonthRow(
        month.carrier(),
        month.month().toString(),
        ByteCount.grouped(month.devices()),
        amount(month.bytes()));
  }

  private static Failure failure(CarrierFailure failure) {
    return new Failure(failure.carrier(), failure.reason());
  }

  private static Section section(CarrierUsage carrier) {
    return new Section(
        carrier.carrier(),
        carrier.devicesInWords(),
        carrier.coverage().wholeAccount(),
        ByteCount.grouped(carrier.records()),
        amount(carrier.totalBytes()),
        carrier.refusals(),
        carrier.refused(),
        carrier.notes(),
        IntStream.range(0, carrier.top().size())
            .mapToObj(index -> topRow(index + 1, carrier.top().get(index), carrier))
            .toList());
  }

  private static TopRow topRow(int rank, DeviceTotal device, CarrierUsage carrier) {
    return new TopRow(rank, device.subject(), amount(device.bytes()), carrier.share(device));
  }

  private static List<Day> daily(FleetUsage fleet) {
    return IntStream.range(0, fleet.period().length())
        .mapToObj(day -> new Day(fleet.period().date(day).toString(), totals(fleet, day)))
        .toList();
  }

  private static List<DayTotal> totals(FleetUsage fleet, int day) {
    return fleet.carriers().stream()
        .map(carrier -> dayTotal(carrier.carrier(), amount(carrier.addedBytes(day))))
        .toList();
  }

  private static DayTotal dayTotal(String carrier, Amount amount) {
    return new DayTotal(carrier, amount.text(), amount.exact());
  }

  private static RunawayRow runawayRow(Runaway runaway) {
    return new RunawayRow(
        runaway.subject(),
        runaway.carrier(),
        runaway.day().toString(),
        amount(runaway.bytes()),
        amount(runaway.medianBytes()),
        runaway.times());
  }

  private static @Nullable String more(int hidden) {
    return hidden <= 0 ? null : ByteCount.grouped(hidden);
  }

  private static Amount amount(long bytes) {
    return new Amount(ByteCount.human(bytes), ByteCount.exact(bytes));
  }

  /** Chart.js from its webjar, without the pointer to a source map that is not there. */
  private static String chartJs() {
    String path =
        "/META-INF/resources/webjars/chart.js/%s/dist/chart.umd.min.js"
            .formatted(Version.of("chart.js"));
    return Resource.text(path).replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }
}
