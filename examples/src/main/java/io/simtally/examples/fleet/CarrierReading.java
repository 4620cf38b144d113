package io.simtally.examples.fleet;

import io.simtally.core.ApiException;
import io.simtally.core.UsageRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leads what one carrier reports into its tally and into the CSV file. */
final class CarrierReading implements UsageSink {

  private final CarrierTally tally;
  private final CsvReport csv;
  private final Progress progress;
  private final List<String> refused = new ArrayList<>();
  private @Nullable Integer devicesAsked;

  CarrierReading(String carrier, Period period, CsvReport csv, Progress progress) {
    this.tally = new CarrierTally(carrier, period);
    this.csv = csv;
    this.progress = progress;
  }

  CarrierUsage result() {
    return tally.result(new Coverage(devicesAsked, refused));
  }

  @Override
  public void expect(int devices) {
    devicesAsked = devices;
    progress.expect(devices);
  }

  @Override
  public void record(UsageRecord usage) {
    if (tally.add(usage)) {
      csv.write(usage);
    }
  }

  @Override
  public void deviceDone() {
    progress.step();
  }

  @Override
  public void refused(Device device, RuntimeException why) {
    refused.add(device + ": " + reason(why));
    progress.step();
  }

  // The provider's own words suffice for a device; the full message would repeat itself.
  private static String reason(RuntimeException why) {
    String said = why instanceof ApiException answer ? answer.providerMessage() : null;
    return said != null ? said : CarrierFailure.reason(why);
  }
}
