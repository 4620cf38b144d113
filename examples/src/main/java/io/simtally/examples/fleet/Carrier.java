package io.simtally.examples.fleet;

import java.util.List;

/** One carrier that the report can read: how it is called, switched on and opened. */
interface Carrier {

  /** The name that readers of the report see. */
  String name();

  /** The provider's name in usage records and in the devices file, for example {@code alef}. */
  String provider();

  /**
   * The environment variables that hold its credentials, as alternatives of which one is enough.
   * Any variable that is set switches the carrier on.
   */
  List<List<String>> credentials();

  /**
   * Opens the API with the credentials of the environment.
   *
   * @param devices the devices to ask about, empty if none were given
   */
  UsageSource open(List<Device> devices);

  /** Opens a simulator of the API with a made-up fleet of that many devices. */
  UsageSource simulate(int devices, Period period);
}
