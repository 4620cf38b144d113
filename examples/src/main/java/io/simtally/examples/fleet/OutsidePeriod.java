package io.simtally.examples.fleet;

/**
 * Records that a carrier delivered although they start outside the period; they are not counted.
 *
 * @param records how many
 * @param bytes their sum
 */
record OutsidePeriod(long records, long bytes) {}
