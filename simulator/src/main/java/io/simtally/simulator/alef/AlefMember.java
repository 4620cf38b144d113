package io.simtally.simulator.alef;

import java.time.Instant;
import java.util.List;

/** A subscriber with what it used. */
interface AlefMember {
  AlefSubscriber subscriber();

  /** The usage that ends after one instant and not after another, oldest first. */
  List<AlefUsage> usage(Instant after, Instant until);

  /** The five minutes that end at an instant; with nothing in them if there was no usage. */
  AlefUsage now(Instant end);
}
