package io.simtally.simulator.mason;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A SIM with its usage. */
interface MasonMember {
  String iccid();

  /** Tells the usage of each day with any, from one day to another, both included. */
  void days(LocalDate first, LocalDate last, Visitor visitor);

  /** Told the usage of a day, or of the part of it with the same markers. */
  @FunctionalInterface
  interface Visitor {
    void day(LocalDate day, long upload, long download, Markers markers);
  }

  /** What usage is marked with. */
  @FunctionalInterface
  interface Markers {
    /** The value of a marker, or null if there is none. */
    @Nullable String value(MasonMarkerKey key);
  }
}
