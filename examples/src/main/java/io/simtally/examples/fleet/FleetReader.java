package io.simtally.examples.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one carrier after the other; one that fails leaves nothing behind but its reason. */
final class FleetReader {

  private final Period period;
  private final CsvReport csv;
  private final Function<String, Progress> progress;
  private final Map<Carrier, CarrierReading> read = new LinkedHashMap<>();
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
    CarrierReading reading;
    try {
      reading = reading(carrier, opening);
    } catch (ReportNotWritten e) {
      throw e;
    } catch (RuntimeException e) {
      csv.rollBack();
      failed.add(new CarrierFailure(carrier.name(), e));
      return;
    }
    csv.commit();
    read.put(carrier, reading);
  }

  List<CarrierUsage> read() {
    return read.entrySet().stream()
        .map(entry -> entry.getValue().result(including(entry.getKey())))
        .toList();
  }

  List<CarrierFailure> failed() {
    return List.copyOf(failed);
  }

  private @Nullable CarrierReading including(Carrier included) {
    return read.keySet().stream()
        .filter(carrier -> carrier.provider().equals(included.includedIn()))
        .findFirst()
        .map(read::get)
        .orElse(null);
  }

  private CarrierReading reading(Carrier carrier, Function<Carrier, UsageSource> opening) {
    try (UsageSource source = opening.apply(carrier);
        Progress shown = progress.apply(carrier.name())) {
      CarrierReading reading = new CarrierReading(carrier, period, csv, shown);
      source.read(period, reading);
      return reading;
    }
  }
}
