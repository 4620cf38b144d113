package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import io.simtally.core.ApiException;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.usage.UsageConversion;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an account or a SIM in one month. When grouped by a marker, a SIM may have several
 * rows of one month, one for each value of the marker; its usage is their sum.
 *
 * @param usage the counts, from the start of the month on
 * @param sim the SIM, or null for a row of the whole account
 * @param marker the group of the row, or null if no marker was asked for or the SIM is in none of
 *     its groups, for example a SIM outside of Mason devices
 */
public record AggregateUsage(Usage usage, @Nullable Sim sim, @Nullable Marker marker) {
  private static final UsageConversion CONVERSION =
      new UsageConversion(MasonUsage.PROVIDER, MasonUsage.AGGREGATE);
  private static final JsonReader.Options NAMES = JsonReader.Options.of("usage", "sim", "marker");

  /** Refuses null. */
  public AggregateUsage {
    Preconditions.present("usage", usage);
  }

  /**
   * {@return this row as a usage record} The subject is the ICCID. The record starts at {@link
   * Usage#date} and lasts until the end of the month, also in the current month. The period is null
   * if that date is not the start of a month.
   *
   * @throws ApiException of kind {@code UNREADABLE_RESPONSE} if the row names no SIM, or its unit
   *     is not bytes
   */
  public UsageRecord usageRecord() {
    if (sim == null) {
      throw namesNoSim(CONVERSION);
    }
    return usageRecord(sim.iccid());
  }

  /**
   * {@return this row as {@link #usageRecord()} does, also if it counts the whole account}
   *
   * @param subject the subject if the row names no SIM; otherwise the subject is the ICCID
   * @throws ApiException of kind {@code UNREADABLE_RESPONSE} if the unit is not bytes
   */
  public UsageRecord usageRecord(String subject) {
    return usageRecord(CONVERSION, subject);
  }

  ApiException namesNoSim(UsageConversion conversion) {
    return conversion.refused(
        "the row from " + usage.date() + " names no SIM: use usageRecord(subject)");
  }

  UsageRecord usageRecord(UsageConversion conversion, String subject) {
    return usage.usageRecord(conversion, sim == null ? subject : sim.iccid(), month(usage.date()));
  }

  private static @Nullable Duration month(OffsetDateTime start) {
    return start.getDayOfMonth() == 1 && start.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? Duration.between(start, start.plusMonths(1))
        : null;
  }

  static AggregateUsage read(JsonReader reader) throws IOException {
    Usage usage = null;
    Sim sim = null;
    Marker marker = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> usage = Json.once(reader, usage, Usage.read(reader));
        case 1 -> sim = Json.once(reader, sim, Sim.read(reader));
        case 2 -> marker = Json.once(reader, marker, Marker.read(reader));
        default -> Json.skipMember(reader);
      }
    }
    var aggregate = new AggregateUsage(Json.required(reader, "usage", usage), sim, marker);
    reader.endObject();
    return aggregate;
  }
}
