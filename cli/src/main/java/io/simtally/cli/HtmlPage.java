package io.simtally.cli;

import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.DeviceTotal;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.MonthTotal;
import io.simtally.cli.usage.Runaway;
import io.simtally.cli.usage.RunawayRule;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The texts of the HTML report, for its template. */
record HtmlPage(
    String period,
    long days,
    String generatedAt,
    boolean simulated,
    Amount total,
    String devices,
    String records,
    String runawayCount,
    String unknownDays,
    @Nullable String missing,
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

  record Amount(String text, String exact) {}

  private static final Amount UNKNOWN = new Amount("unknown", "unknown");

  record Section(
      String name,
      String devices,
      boolean wholeAccount,
      String records,
      Amount total,
      boolean failed,
      List<String> missing,
      List<String> reasons,
      String unknownDays,
      List<String> notes,
      List<TopRow> top) {}

  record MonthRow(String carrier, String month, String devices, String unknownDays, Amount total) {}

  record TopRow(int rank, String device, String unknownDays, Amount total, String share) {}

  record Day(String date, List<DayTotal> totals) {}

  record DayTotal(String carrier, String text, String exact, @Nullable String unknown) {}

  record RunawayRow(
      String device, String carrier, String day, Amount lastDay, Amount median, String times) {}

  static HtmlPage of(FleetUsage fleet) {
    List<Runaway> runaways = fleet.runaways();
    return new HtmlPage(
        fleet.period().toString(),
        fleet.period().days(),
        MINUTE.format(fleet.generatedAt()),
        fleet.simulated(),
        new Amount(fleet.totalInWords(), fleet.exactTotal()),
        ByteCount.grouped(fleet.devices()),
        ByteCount.grouped(fleet.records()),
        ByteCount.grouped(runaways.size()),
        ByteCount.grouped(fleet.unknown().days()),
        fleet.missing(),
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
        ByteCount.grouped(month.unknown().days()),
        month.isUnknown() ? UNKNOWN : amount(month.bytes()));
  }

  private static Section section(CarrierUsage carrier) {
    return new Section(
        carrier.carrier(),
        carrier.devicesInWords(),
        carrier.wholeAccount(),
        ByteCount.grouped(carrier.records()),
        new Amount(carrier.totalInWords(), carrier.exactTotal()),
        carrier.failure() != null,
        carrier.missing(),
        carrier.reasons(),
        ByteCount.grouped(carrier.unknown().days()),
        carrier.notes(),
        IntStream.range(0, carrier.top().size())
            .mapToObj(index -> topRow(index + 1, carrier.top().get(index), carrier))
            .toList());
  }

  private static TopRow topRow(int rank, DeviceTotal device, CarrierUsage carrier) {
    return new TopRow(
        rank, device.subject(), device.unknown(), amount(device.bytes()), carrier.share(device));
  }

  private static List<Day> daily(FleetUsage fleet) {
    var days = fleet.period().each();
    return IntStream.range(0, days.size())
        .mapToObj(day -> new Day(days.get(day).toString(), totals(fleet, day)))
        .toList();
  }

  private static List<DayTotal> totals(FleetUsage fleet, int day) {
    return fleet.carriers().stream().map(carrier -> dayTotal(carrier, day)).toList();
  }

  private static DayTotal dayTotal(CarrierUsage carrier, int day) {
    var amount = carrier.isUnknown(day) ? UNKNOWN : amount(carrier.addedBytes(day));
    long unknown = carrier.unknownByDay().get(day);
    return new DayTotal(
        carrier.carrier(),
        amount.text(),
        amount.exact(),
        unknown == 0 || carrier.isUnknown(day) ? null : carrier.unknownInWords(unknown));
  }

  private static RunawayRow runawayRow(Runaway runaway) {
    return new RunawayRow(
        runaway.subject(),
        runaway.carrier(),
        runaway.day().toString(),
        amount(BigInteger.valueOf(runaway.bytes())),
        amount(BigInteger.valueOf(runaway.medianBytes())),
        runaway.times());
  }

  private static @Nullable String more(int hidden) {
    return hidden <= 0 ? null : ByteCount.grouped(hidden);
  }

  private static Amount amount(BigInteger bytes) {
    return new Amount(ByteCount.human(bytes), ByteCount.exact(bytes));
  }

  /** Returns Chart.js from its webjar, without the reference to a source map. */
  private static String chartJs() {
    String path =
        "/META-INF/resources/webjars/chart.js/%s/dist/chart.umd.min.js"
            .formatted(Version.of("chart.js"));
    return Resource.text(path).replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }
}
