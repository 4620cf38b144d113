package io.simtally.benchmarks.books;

import java.util.List;
import java.util.Locale;

/** The properties of a simulated carrier, after the five real carriers. */
enum ModelCarrier {
  /** Reports its whole account, one day per request. */
  IOTX("iotx-analytics", 3),

  /** Lists its devices. The list changes. */
  MASON("mason-usage", 3),

  /**
   * Has a list of devices by the user, to which devices are added and from which they are removed.
   */
  ALEF("alef-connectivity", 3),

  /** Counts a day by two sources, estimates before it reports, and forgets replaced equipment. */
  M2M("thingspace-m2m", 7),

  /** Reports sessions that grow for a week, and forgets replaced equipment. */
  HYPERPRECISE("thingspace-hyperprecise", 27);

  static final List<ModelCarrier> ALL = List.of(values());

  private final String provider;
  private final int settleAfterDays;

  ModelCarrier(String provider, int settleAfterDays) {
    this.provider = provider;
    this.settleAfterDays = settleAfterDays;
  }

  String provider() {
    return provider;
  }

  String account() {
    return "model-" + name().toLowerCase(Locale.ROOT);
  }

  int settleAfterDays() {
    return settleAfterDays;
  }

  boolean isWhole() {
    return this == IOTX;
  }

  boolean forgetsReplacedEquipment() {
    return this == M2M || this == HYPERPRECISE;
  }
}
