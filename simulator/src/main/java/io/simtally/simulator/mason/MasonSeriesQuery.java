package io.simtally.simulator.mason;

import io.simtally.simulator.ProviderError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a request for the usage of days.
 *
 * @param marker the marker of the usage, if the query has one
 */
record MasonSeriesQuery(LocalDate first, LocalDate last, Optional<Marked> marker) {
  private static final Set<String> NAMES =
      Set.of("start", "end", "marker", "markerValue", "limit", "before", "after");

  /** A marker with its value. */
  record Marked(MasonMarkerKey key, String value) {}

  static MasonSeriesQuery read(MasonParameters parameters) throws ProviderError {
    parameters.allowOnly(NAMES);
    Instant start = parameters.time("start");
    Instant end = parameters.time("end");
    if (start.isAfter(end)) {
      throw MasonParameters.invalid("The start must not be after the end.");
    }
    return new MasonSeriesQuery(firstDay(start), lastDay(end), marked(parameters));
  }

  boolean includes(MasonMember.Usage usage) {
    return marker.isEmpty() || marker.get().value().equals(usage.marker(marker.get().key()));
  }

  /** The start is inclusive. */
  private static LocalDate firstDay(Instant start) {
    OffsetDateTime time = start.atOffset(ZoneOffset.UTC);
    return time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? time.toLocalDate()
        : time.toLocalDate().plusDays(1);
  }

  /** The end is exclusive. */
  private static LocalDate lastDay(Instant end) {
    return end.minusNanos(1).atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static Optional<Marked> marked(MasonParameters parameters) throws ProviderError {
    Optional<MasonMarkerKey> key = parameters.marker();
    Optional<String> value = parameters.text("markerValue");
    if (key.isPresent() != value.isPresent()) {
      throw MasonParameters.invalid("The marker and the markerValue require each other.");
    }
    return key.map(present -> new Marked(present, value.orElseThrow()));
  }
}
