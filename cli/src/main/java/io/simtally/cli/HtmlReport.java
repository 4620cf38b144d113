package io.simtally.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import io.simtally.cli.usage.FleetUsage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.file.Path;

/**
 * Writes {@code fleet-report.html}: one file with Chart.js inside.
 *
 * <p>The tables have all numbers of the charts, so the page is complete without scripts.
 */
final class HtmlReport {

  private HtmlReport() {}

  static void write(FleetUsage fleet, Path target) {
    try (AtomicFile file = AtomicFile.at(target)) {
      Writer out = new BufferedWriter(Channels.newWriter(file.channel(), UTF_8));
      render(fleet, out);
      out.flush();
      file.publish();
    } catch (IOException e) {
      throw new ReportWriteException(target, e);
    } catch (MustacheException e) {
      // The template engine wraps the failures of the writer.
      if (e.getCause() instanceof IOException cause) {
        throw new ReportWriteException(target, cause);
      }
      throw e;
    }
  }

  static void render(FleetUsage fleet, Writer out) {
    Mustache.compiler()
        .compile(Resource.text("fleet-report.mustache"))
        .execute(HtmlPage.of(fleet), out);
  }
}
