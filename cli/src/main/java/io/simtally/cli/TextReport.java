package io.simtally.cli;

import io.simtally.cli.terminal.TextTable;
import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.CycleUsage;
import io.simtally.cli.usage.DeviceTotal;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.MonthTotal;
import io.simtally.cli.usage.Runaway;
import java.io.PrintWriter;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the report as tables for a terminal, in ASCII except for the names of devices. */
final class TextReport {
  /** The digits of an EID. */
  private static final int SUBJECT_WIDTH = 32;

  private static final int DEVICE_WIDTH = "123  ".length() + SUBJECT_WIDTH;
  private static final int ACCOUNT_WIDTH = 22;
  private static final int[] TOTALS = {30, 13, 14, 14, 14};
  private static final DateTimeFormatter DAY_OF_MONTH =
      DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT);
  private static final int RUNAWAYS_SHOWN = 10;
  private static final String UNKNOWN_DAYS = "Unknown days";

  private final PrintWriter out;
  private final int width;

  /**
   * Creates a report.
   *
   * @param width the width of the terminal
   */
  TextReport(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  void print(FleetUsage fleet) {
    line("Fleet usage from %s, %d days in UTC", fleet.period(), fleet.period().days());
    if (fleet.simulated()) {
      line("SIMULATED fleet: these figures are not real.");
    }
    if (fleet.carriers().size() > 1) {
      printOverview(fleet);
      if (fleet.missing() != null) {
        printNote("INCOMPLETE: " + fleet.missing());
      }
    }
    fleet.notes().forEach(this::printNote);
    if (fleet.sinceYesterday() != null) {
      printNote("Last day, " + fleet.sinceYesterday());
    }
    printCycles(fleet.cycles());
    printMonths(fleet.months());
    fleet.carriers().forEach(this::print);
  }

  /** Prints the closed periods and their late corrections. */
  void printClosed(List<String> lines) {
    if (!lines.isEmpty()) {
      line("");
      line("Closed periods");
      lines.forEach(each -> line("  %s", plain(each)));
    }
  }

  private void printOverview(FleetUsage fleet) {
    var table = TextTable.ofNames(TOTALS);
    table.add("", "Devices", "Records", "Total", fleet.unknown().isNone() ? "" : UNKNOWN_DAYS);
    for (CarrierUsage carrier : fleet.carriers()) {
      table.add(
          carrier.carrier(),
          carrier.devicesInWords(),
          ByteCount.grouped(carrier.records()),
          carrier.totalInWords(),
          carrier.unknown().count());
    }
    table.add(
        "All carriers",
        ByteCount.grouped(fleet.devices()),
        ByteCount.grouped(fleet.records()),
        fleet.totalInWords(),
        fleet.unknown().count());
    print(table);
  }

  private void printCycles(List<CycleUsage> cycles) {
    if (cycles.isEmpty()) {
      return;
    }
    var hasPools = cycles.stream().anyMatch(cycle -> cycle.poolBytes() != null);
    var isComplete = cycles.stream().allMatch(cycle -> cycle.unknown().isNone());
    var table = TextTable.ofNames(ACCOUNT_WIDTH, 17, 10, 10, 13, 12);
    table.add(
        "Billing cycles",
        "From, to",
        "Total",
        hasPools ? "Of pool" : "",
        "Cycle before",
        isComplete ? "" : UNKNOWN_DAYS);
    for (var cycle : cycles) {
      table.add(
          cut(cycle.account(), ACCOUNT_WIDTH),
          cycle.sofar().from() + ", " + DAY_OF_MONTH.format(cycle.sofar().to()),
          cycle.totalInWords(),
          cycle.poolShare() == null ? "" : cycle.poolShare(),
          cycle.cycleBeforeInWords(),
          cycle.unknown().count());
      if (cycle.forecastInWords() != null) {
        wrapped("    ", "forecast: " + cycle.forecastInWords()).forEach(table::addLine);
      }
    }
    print(table);
  }

  private void printMonths(List<MonthTotal> months) {
    if (months.isEmpty()) {
      return;
    }
    boolean isComplete = months.stream().allMatch(month -> month.unknown().isNone());
    var table = TextTable.ofNames(TOTALS);
    table.add("Months in the store", "Month", "Devices", "Total", isComplete ? "" : UNKNOWN_DAYS);
    for (MonthTotal month : months) {
      table.add(
          month.carrier(),
          month.month().toString(),
          ByteCount.grouped(month.devices()),
          month.isUnknown() ? "unknown" : ByteCount.human(month.bytes()),
          month.unknown().count());
    }
    print(table);
  }

  private void print(TextTable table) {
    line("");
    table.lines(width).forEach(each -> line("%s", each));
  }

  private void print(CarrierUsage carrier) {
    line("");
    line("%s", carrier.carrier());
    line("%s", "-".repeat(carrier.carrier().length()));
    line("  Devices  %16s", carrier.devicesInWords());
    line("  Records  %16s", ByteCount.grouped(carrier.records()));
    if (carrier.isUnknown()) {
      line("  Total    %16s", carrier.totalInWords());
    } else {
      line("  Total    %16s  (%s)", carrier.totalInWords(), carrier.exactTotal());
    }
    carrier.missing().forEach(missing -> printNote("INCOMPLETE: " + missing));
    carrier.reasons().forEach(this::printNote);
    carrier.notes().forEach(this::printNote);
    printTop(carrier);
    printRunaways(carrier.runaways());
    printIdle(carrier);
  }

  private void printNote(String note) {
    wrapped("  ", note).forEach(each -> line("%s", each));
  }

  /** Returns the lines of a text. All lines but the first are indented further. */
  private List<String> wrapped(String indentation, String text) {
    var lines = new ArrayList<String>();
    var row = new StringBuilder(indentation);
    var start = row.length();
    for (String word : plain(text).split(" ", -1)) {
      if (row.length() > start && row.length() + word.length() >= width - 2) {
        lines.add(row.toString().stripTrailing());
        row = new StringBuilder(indentation).append("  ");
        start = row.length();
      }
      row.append(word).append(' ');
    }
    lines.add(row.toString().stripTrailing());
    return lines;
  }

  private void printTop(CarrierUsage carrier) {
    if (carrier.top().isEmpty()) {
      return;
    }
    boolean isComplete = carrier.top().stream().allMatch(device -> device.unknownDays() == 0);
    var table = TextTable.ofDevices(DEVICE_WIDTH, 12, 9, 12);
    table.add("Top devices", "Total", "Share", isComplete ? "" : UNKNOWN_DAYS);
    int rank = 0;
    for (DeviceTotal device : carrier.top()) {
      rank++;
      table.add(
          String.format(Locale.ROOT, "%3d  %s", rank, cut(device.name(), SUBJECT_WIDTH)),
          ByteCount.human(device.bytes()),
          carrier.share(device),
          device.unknown());
    }
    print(table);
  }

  private void printRunaways(List<Runaway> runaways) {
    if (runaways.isEmpty()) {
      return;
    }
    var table = TextTable.ofDevices(DEVICE_WIDTH, 10, 6, 9, 10);
    table.add(
        "Runaway devices: " + ByteCount.grouped(runaways.size()), "Used", "Times", "Median", "On");
    for (Runaway runaway : runaways.subList(0, Math.min(RUNAWAYS_SHOWN, runaways.size()))) {
      table.add(
          "     " + cut(runaway.subject(), SUBJECT_WIDTH),
          ByteCount.human(runaway.bytes()),
          runaway.times(),
          ByteCount.human(runaway.medianBytes()),
          runaway.day().toString());
    }
    print(table);
    int hidden = runaways.size() - RUNAWAYS_SHOWN;
    if (hidden > 0) {
      line(
          "       ... and %s more in fleet-report.html and fleet-report.csv",
          ByteCount.grouped(hidden));
    }
  }

  private void printIdle(CarrierUsage carrier) {
    if (carrier.idleDevices() > 0) {
      line("");
      printNote(
          "Idle: %s used nothing on every day, by readings of all days; fleet-devices.csv names them."
              .formatted(ByteCount.counted(carrier.idleDevices(), "device")));
    }
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values).stripTrailing());
  }

  /**
   * Returns a text that is safe to print: control characters, which could steer a terminal, become
   * dots.
   */
  static String plain(String text) {
    return text.replaceAll("\\p{C}", ".");
  }

  private static String cut(String text, int width) {
    String plain = plain(text);
    return plain.length() <= width ? plain : plain.substring(0, width - 3) + "...";
  }
}
