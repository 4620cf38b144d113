package io.simtally.simulator.iotx;

/** The source of the answers' shape, where two sources contradict each other. */
public enum IotxShape {
  /**
   * The schemas of the published specification: {@code content} is an array where a schema says so,
   * and totals are numbers.
   */
  SPECIFIED,
  /**
   * The examples in the specification and the reports of a working program: {@code content} is
   * always a single object, the total by subscriber is named {@code totalData}, and totals are
   * strings.
   */
  OBSERVED
}
