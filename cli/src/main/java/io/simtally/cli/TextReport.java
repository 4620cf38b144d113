package io.simtally.cli;

import io.simtally.cli.usage.ByteCount;
import io.simtally.cli.usage.CarrierFailure;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.DeviceTotal;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.MonthTotal;
import io.simtally.cli.usage.Runaway;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Prints the report as tables of at most 100 columns, in plain ASCII but for the devices' names.
 */
final class TextReport {

  private static final int SUBJECT_WIDTH = 40;
  private static final int NOTE_WIDTH = 96;
  private static final int RUNAWAYS_SHOWN = 10;

  private final PrintWriter out;

  TextReport(PrintWriter out) {
    this.out = out;
  }

  void print(FleetUsage fleet) {
    line("Fleet usage from %s, %d days in UTC", fleet.period(), fleet.period().length());
    if (fleet.carriers().size() > 1) {
      printOverview(fleet);
    }
    fleet.notes().forEach(this::printNote);
    printMonths(fleet.months());
    fleet.carriers().forEach(this::print);
    if (!fleet.failures().isEmpty()) {
      line("");
      line("Not in this report, since reading failed: %s", names(fleet.failures()));
    }
  }

  private void printOverview(FleetUsage fleet) {
    line("");
    line("  %-30s %13s %14s %14s", "", "Devices", "Records", "Total");
    for (CarrierUsage carrier : fleet.carriers()) {
      line(
          "  %-30s %13s %14s %14s",
          carrier.carrier(),
          carrier.devicesInWords(),
          ByteCount.grouped(carrier.records()),
          ByteCount.human(carrier.totalBytes()));
    }
    line(
        "  %-30s %13s %14s %14s",
        "All carriers",
        ByteCount.grouped(fleet.devices()),
        ByteCount.grouped(fleet.records()),
        ByteCount.human(fleet.totalBytes()));
  }

  private void printMonths(List<MonthTotal> months) {
    if (months.isEmpty()) {
      return;
    }
    line("");
    line("  %-30s %13s %14s %14s", "Months in the store", "Month", "Devices", "Total");
    for (MonthTotal month : months) {
      line(
          "  %-30s %13s %14s %14s",
          month.carrier(),
          month.month(),
          ByteCount.grouped(month.devices()),
          ByteCount.human(month.bytes()));
    }
  }

  private void print(CarrierUsage carrier) {
    line("");
    line("%s", carrier.carrier());
    line("%s", "-".repeat(carrier.carrier().length()));
    line("  Devices  %16s", carrier.devicesInWords());
    line("  Records  %16s", ByteCount.grouped(carrier.records()));
    line(
        "  Total    %16s  (%s)",
        ByteCount.human(carrier.totalBytes()), ByteCount.exact(carrier.totalBytes()));
    if (!carrier.coverage().isComplete()) {
      printNote("INCOMPLETE: " + carrier.refusals());
      carrier.refused().forEach(this::printNote);
    }
    carrier.notes().forEach(this::printNote);
    printTop(carrier);
    printRunaways(carrier.runaways());
  }

  private void printNote(String note) {
    StringBuilder row = new StringBuilder();
    for (String word : plain(note).split(" ", -1)) {
      if (row.length() + word.length() >= NOTE_WIDTH) {
        line("  %s", row);
        row.setLength(0);
        row.append("  ");
      }
      row.append(word).append(' ');
    }
    line("  %s", row);
  }

  private void printTop(CarrierUsage carrier) {
    if (carrier.top().isEmpty()) {
      return;
    }
    line("");
    line("  %-45s %12s %9s", "Top devices", "Total", "Share");
    int rank = 0;
    for (DeviceTotal device : carrier.top()) {
      rank++;
      line(
          "  %3d  %-40s %12s %9s",
          rank, cut(device.subject()), ByteCount.human(device.bytes()), carrier.share(device));
    }
  }

  private void printRunaways(List<Runaway> runaways) {
    if (runaways.isEmpty()) {
      return;
    }
    line("");
    String title = "Runaway devices: " + ByteCount.grouped(runaways.size());
    line("  %-45s %12s %9s %10s %11s", title, "Used", "Times", "Median", "On");
    for (Runaway runaway : runaways.subList(0, Math.min(RUNAWAYS_SHOWN, runaways.size()))) {
      line(
          "       %-40s %12s %9s %10s %11s",
          cut(runaway.subject()),
          ByteCount.human(runaway.bytes()),
          runaway.times(),
          ByteCount.human(runaway.medianBytes()),
          runaway.day());
    }
    int hidden = runaways.size() - RUNAWAYS_SHOWN;
    if (hidden > 0) {
      line(
          "       ... and %s more in fleet-report.html and fleet-report.csv",
          ByteCount.grouped(hidden));
    }
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values).stripTrailing());
  }

  private static String names(List<CarrierFailure> failures) {
    return String.join(", ", failures.stream().map(CarrierFailure::carrier).toList());
  }

  /**
   * Makes a text harmless to print: control characters, which could steer a terminal, become dots.
   */
  static String plain(String text) {
    return text.replaceAll("\\p{C}", ".");
  }

  private static String cut(String text) {
    String plain = plain(text);
    return plain.length() <= SUBJECT_WIDTH ? plain : plain.substring(0, SUBJECT_WIDTH - 3) + "...";
  }
}
