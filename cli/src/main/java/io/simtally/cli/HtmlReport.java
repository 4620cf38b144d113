package io.simtally.cli;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import io.simtally.cli.report.DeviceTable;
import io.simtally.cli.usage.FleetUsage;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes {@code fleet-report.html}: one file with Chart.js inside.
 *
 * <p>The tables have all numbers of the charts. Only the table of all devices needs scripts.
 */
final class HtmlReport {

  private HtmlReport() {}

  static void write(FleetUsage fleet, DeviceTable.Data devices, Writer out) throws IOException {
    try {
      Mustache.compiler()
          .compile(Resource.text("fleet-report.mustache"))
          .execute(HtmlPage.of(fleet, devices), out);
    } catch (MustacheException e) {
      // The template engine wraps the failures of the writer.
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
