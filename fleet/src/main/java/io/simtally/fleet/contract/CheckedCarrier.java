package io.simtally.fleet.contract;

import io.simtally.fleet.source.Carrier;

/** A carrier whose service can be checked. */
public interface CheckedCarrier extends Carrier {
  /** Returns what the check sends to the service and compares its answers with. */
  CheckService checkService();
}
