package io.simtally.simulator.iotx;

/** Which of two sources answers are shaped after, where they contradict each other. */
public enum IotxShape {
  /**
   * The schemas of the published specification: {@code content} is an array where they say so, and
   * totals are numbers.
   */
  SPECIFIED,
  /**
   * The examples in the specification, and what is known of a program that works: {@code content}
   * is always a single object, the total by subscriber is called {@code totalData}, and totals are
   * strings.
   */
  OBSERVED
}
