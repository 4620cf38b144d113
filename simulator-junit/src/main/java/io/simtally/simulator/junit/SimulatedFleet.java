package io.simtally.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the generated fleets of a test, or of all tests of a class and its nested classes. It takes
 * precedence over {@link SimtallyExtension.Builder}; the annotation of a method takes precedence
 * over that of a class.
 *
 * <pre>{@code
 * @Test
 * @SimulatedFleet(size = 1_000, seed = 7)
 * void billsALargeFleet(MasonSimulator mason, MasonUsage client) { … }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SimulatedFleet {
  /** The value of an omitted {@link #size} or {@link #seed}. */
  int UNSET = -1;

  /** {@return the number of devices, SIMs or subscribers, 0 to 1,000,000; 10 by default} */
  int size() default UNSET;

  /** {@return the seed of identifiers and usage, from 0 on; 1 by default} */
  long seed() default UNSET;
}
