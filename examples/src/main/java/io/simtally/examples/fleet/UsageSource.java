package io.simtally.examples.fleet;

/** A carrier's API, opened and ready to be read once. */
interface UsageSource extends AutoCloseable {

  /**
   * Reads the usage of a period into the sink, from the calling thread.
   *
   * @throws RuntimeException if the usage cannot be read completely, except for single devices that
   *     were reported as {@link UsageSink#refused refused}
   */
  void read(Period period, UsageSink sink);

  @Override
  void close();
}
