package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What an account or a SIM used in one month. When grouped by a marker, the same SIM may have
 * several rows of one month: one for each value of the marker, and their sum is what it used.
 *
 * @param usage the counts, from the start of the month on
 * @param sim the SIM, or null for a row of the whole account
 * @param marker the group that the row counts, or null if no marker was asked for or the SIM is in
 *     none of its groups, as one outside of Mason devices
 */
public record AggregateUsage(Usage usage, @Nullable Sim sim, @Nullable Marker marker) {
  private static final JsonReader.Options NAMES = JsonReader.Options.of("usage", "sim", "marker");

  /**
   * Refuses null.
   *
   * @throws IllegalArgumentException if {@code usage} is null
   */
  public AggregateUsage {
    Preconditions.present("usage", usage);
  }

  /**
   * {@return this row in the form all providers share} The subject is the ICCID. The record starts
   * at {@link Usage#date} and lasts until the month is over, also while the month goes on. The
   * period is null if that date is not the beginning of a month.
   *
   * @throws IllegalStateException if the row names no SIM, or its unit is not bytes
   */
  public UsageRecord usageRecord() {
    if (sim == null) {
      throw new IllegalStateException("the row names no SIM: use usageRecord(subject)");
    }
    return usageRecord(sim.iccid());
  }

  /**
   * {@return this row in the form all providers share, also if it counts the whole account} Its
   * times are those of {@link #usageRecord()}.
   *
   * @param subject whose usage it is if the row names no SIM; else the ICCID is the subject
   * @throws IllegalStateException if the unit is not bytes
   */
  public UsageRecord usageRecord(String subject) {
    return usage.usageRecord(sim == null ? subject : sim.iccid(), month(usage.date()));
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
