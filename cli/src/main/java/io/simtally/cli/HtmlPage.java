package io.simtally.cli;

import io.simtally.cli.report.DeviceTable;
import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.CycleUsage;
import io.simtally.cli.usage.DeviceTotal;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.MonthTotal;
import io.simtally.cli.usage.Runaway;
import io.simtally.cli.usage.RunawayRule;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    String idleDevices,
    String unsettledDays,
    @Nullable String sinceYesterday,
    List<CycleRow> cycles,
    boolean hasPools,
    List<String> months,
    List<MonthRow> monthRows,
    List<CorrectionRow> corrections,
    @Nullable String correctionNote,
    boolean hasDevices,
    @Nullable String deviceLimit,
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

  record MonthRow(String carrier, List<MonthCell> cells) {}

  record MonthCell(
      String month, String text, String exact, String devices, @Nullable String unknown) {}

  record CycleRow(
      String account,
      String cycle,
      String lastDay,
      Amount total,
      String unknownDays,
      @Nullable Amount pool,
      @Nullable String share,
      int meter,
      boolean isOver,
      Amount before,
      String change,
      Amount cycleBefore,
      @Nullable String unknownBefore,
      @Nullable String forecast) {}

  record CorrectionRow(
      String carrier, String device, String day, Amount before, Amount after, String noticedAt) {}

  record TopRow(int rank, String device, String unknownDays, Amount total, String share) {}

  record Day(String date, List<DayTotal> totals) {}

  record DayTotal(
      String carrier, String text, String exact, @Nullable String unknown, boolean unsettled) {}

  record RunawayRow(
      String device, String carrier, String day, Amount lastDay, Amount median, String times) {}

  static HtmlPage of(FleetUsage fleet, DeviceTable.Data devices) {
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
        ByteCount.grouped(fleet.idleDevices()),
        ByteCount.grouped(fleet.unsettledDays()),
        fleet.sinceYesterday(),
        fleet.cycles().stream().map(HtmlPage::cycleRow).toList(),
        fleet.cycles().stream().anyMatch(cycle -> cycle.poolBytes() != null),
        months(fleet),
        monthRows(fleet),
        corrections(fleet),
        correctionNote(fleet),
        !devices.isEmpty(),
        devices.limit(),
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
        ChartData.json(fleet, devices));
  }

  private static List<String> months(FleetUsage fleet) {
    return fleet.months().stream()
        .map(each -> each.month().toString())
        .distinct()
        .sorted()
        .toList();
  }

  /** One row for each carrier, with a cell for each month. */
  private static List<MonthRow> monthRows(FleetUsage fleet) {
    var byCarrier = new LinkedHashMap<String, Map<String, MonthTotal>>();
    for (var month : fleet.months()) {
      byCarrier
          .computeIfAbsent(month.carrier(), name -> new HashMap<>())
          .put(month.month().toString(), month);
    }
    var rows = new ArrayList<MonthRow>();
    byCarrier.forEach(
        (carrier, months) ->
            rows.add(
                new MonthRow(
                    carrier,
                    months(fleet).stream()
                        .map(month -> monthCell(month, months.get(month)))
                        .toList())));
    return rows;
  }

  private static MonthCell monthCell(String name, @Nullable MonthTotal month) {
    if (month == null) {
      return new MonthCell(name, "", "", "", null);
    }
    var amount = month.isUnknown() ? UNKNOWN : amount(month.bytes());
    return new MonthCell(
        name,
        amount.text(),
        amount.exact(),
        ByteCount.counted(month.devices(), "device"),
        month.unknown().isNone() || month.isUnknown()
            ? null
            : ByteCount.counted(month.unknown().days(), "day"));
  }

  private static CycleRow cycleRow(CycleUsage cycle) {
    var pool = cycle.poolBytes();
    return new CycleRow(
        cycle.account(),
        cycle.cycle().toString(),
        cycle.isOver() ? "over" : "up to " + cycle.sofar().to(),
        cycle.isUnknown() ? UNKNOWN : amount(cycle.totalBytes()),
        ByteCount.grouped(cycle.unknown().days()),
        pool == null ? null : amount(BigInteger.valueOf(pool)),
        cycle.poolShare(),
        meter(cycle),
        pool != null && cycle.totalBytes().compareTo(BigInteger.valueOf(pool)) > 0,
        cycle.bytesBefore().signum() == 0 && cycle.unknownBefore().isAll()
            ? UNKNOWN
            : amount(cycle.bytesBefore()),
        cycle.change(),
        cycle.isCycleBeforeUnknown() ? UNKNOWN : amount(cycle.bytesOfCycleBefore()),
        cycle.isCycleBeforeUnknown() || cycle.unknownOfCycleBefore().isNone()
            ? null
            : ByteCount.counted(cycle.unknownOfCycleBefore().days(), "day"),
        cycle.forecastInWords());
  }

  /** The used part of the allowance in percent, at most 100. */
  private static int meter(CycleUsage cycle) {
    var pool = cycle.poolBytes();
    return pool == null || pool == 0
        ? 0
        : cycle
            .totalBytes()
            .multiply(BigInteger.valueOf(100))
            .divide(BigInteger.valueOf(pool))
            .min(BigInteger.valueOf(100))
            .intValue();
  }

  private static List<CorrectionRow> corrections(FleetUsage fleet) {
    var rows = new ArrayList<CorrectionRow>();
    for (var carrier : fleet.carriers()) {
      var own = fleet.corrections().get(carrier.key());
      if (own != null) {
        for (var change : own.greatest()) {
          rows.add(
              new CorrectionRow(
                  carrier.carrier(),
                  change.subject(),
                  change.day().toString(),
                  amount(BigInteger.valueOf(change.beforeBytes())),
                  amount(BigInteger.valueOf(change.afterBytes())),
                  MINUTE.format(change.noticedAt())));
        }
      }
    }
    return rows;
  }

  private static @Nullable String correctionNote(FleetUsage fleet) {
    var days = 0L;
    var bytes = BigInteger.ZERO;
    for (var each : fleet.corrections().values()) {
      days += each.days();
      bytes = bytes.add(each.bytes());
    }
    return days == 0
        ? null
        : "Later readings changed %s of devices by %s in all. The greatest changes of each carrier:"
            .formatted(ByteCount.counted(days, "day"), ByteCount.signed(bytes));
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
        rank, device.name(), device.unknown(), amount(device.bytes()), carrier.share(device));
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
        unknown == 0 || carrier.isUnknown(day) ? null : carrier.unknownInWords(unknown),
        carrier.isUnsettled(day));
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
