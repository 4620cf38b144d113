package io.simtally.simulator.mason;

import io.simtally.simulator.internal.MemberUsage;
import io.simtally.simulator.internal.SeededFleet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A SIM with its usage. */
record MasonMember(String iccid, MemberUsage<Usage> history) {
  /**
   * The usage of a day, or of the part of it with the same markers.
   *
   * @param markers returns the value of a marker, or null if the usage has none
   */
  record Usage(
      LocalDate day,
      long upload,
      long download,
      Function<MasonMarkerKey, @Nullable String> markers) {
    Instant midnight() {
      return SeededFleet.midnight(day);
    }

    @Nullable String marker(MasonMarkerKey key) {
      return markers.apply(key);
    }
  }

  /** Returns a SIM with exactly this usage. */
  static MasonMember of(String iccid, List<MasonDay> days) {
    List<Usage> usage =
        days.stream()
            .map(
                day ->
                    new Usage(
                        day.day(),
                        day.upload(),
                        day.download(),
                        key -> day.markers().get(key.word())))
            .toList();
    return new MasonMember(iccid, MemberUsage.of(usage, Usage::midnight));
  }

  /** Returns the usage from one day to another, both included, the oldest first. */
  List<Usage> days(LocalDate first, LocalDate last) {
    return history.between(SeededFleet.midnight(first), SeededFleet.midnight(last));
  }
}
