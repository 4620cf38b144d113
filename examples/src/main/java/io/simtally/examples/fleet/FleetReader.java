package io.simtally.examples.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads one carrier after the other; one that fails leaves nothing behind but its reason. */
final class FleetReader {

  private final Period period;
  private final CsvReport csv;
  private final Function<String, Progress> progress;
  private final List<CarrierUsage> read = new ArrayList<>();
  private final List<CarrierFailure> failed = new ArrayList<>();

  /**
   * A reader of one period.
   *
   * @param progress shows the progress of a carrier by its name
   */
  FleetReader(Period period, CsvReport csv, Function<String, Progress> progress) {
    this.period = period;
    this.csv = csv;
    this.progress = progress;
  }

  void read(Carrier carrier, Function<Carrier, UsageSource> opening) {
    CarrierUsage usage;
    try {
      usage = usage(carrier, opening);
    } catch (ReportNotWritten e) {
      throw e;
    } catch (RuntimeException e) {
      csv.rollBack();
      failed.add(new CarrierFailure(carrier.name(), e));
      return;
    }
    csv.commit();
    read.add(usage);
  }

  List<CarrierUsage> read() {
    return List.copyOf(read);
  }

  List<CarrierFailure> failed() {
    return List.copyOf(failed);
  }

  private CarrierUsage usage(Carrier carrier, Function<Carrier, UsageSource> opening) {
    try (UsageSource source = opening.apply(carrier);
        Progress shown = progress.apply(carrier.name())) {
      CarrierReading reading = new CarrierReading(carrier.name(), period, csv, shown);
      source.read(period, reading);
      return reading.result();
    }
  }
}
