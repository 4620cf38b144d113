package io.simtally.fleet.alert;

/** The types of events. The types of rules in the configuration are the same but the forecast. */
final class RuleType {
  static final String DEVICE_DAY = "device-day";
  static final String DEVICE_CYCLE = "device-cycle";
  static final String RUNAWAY = "runaway";
  static final String POOL = "pool";
  static final String POOL_FORECAST = "pool-forecast";
  static final String IDLE = "idle";

  private RuleType() {}
}
