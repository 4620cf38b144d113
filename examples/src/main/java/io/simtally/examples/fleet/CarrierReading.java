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
  private final List<String> notes = new ArrayList<>();
  private @Nullable Integer devicesAsked;
  private boolean wholeAccount;

  CarrierReading(Carrier carrier, Period period, CsvReport csv, Progress progress) {
    this.tally = new CarrierTally(carrier.name(), carrier.provider(), period);
    this.csv = csv;
    this.progress = progress;
  }

  /**
   * What the carrier reported.
   *
   * @param including the reading of the carrier whose figures include this one's, or null
   */
  CarrierUsage result(@Nullable CarrierReading including) {
    return tally.result(
        new Coverage(devicesAsked, refused, wholeAccount),
        notes,
        including == null ? CountedOnce.NONE : tally.countedBy(including.tally));
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
  public void wholeAccount() {
    wholeAccount = true;
  }

  @Override
  public void note(String sentence) {
    notes.add(sentence);
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
