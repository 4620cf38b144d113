package io.simtally.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The fleets that the simulators of a test, or of all tests of a class and its nested classes, make
 * up. It has the last word, over {@link SimtallyExtension.Builder} too; the annotation of a method
 * comes before that of a class.
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
  /** What {@link #size} and {@link #seed} are if the annotation does not tell them. */
  int UNSET = -1;

  /** {@return how many devices, SIMs or subscribers to make up, 0 to 1,000,000; 10 by default} */
  int size() default UNSET;

  /**
   * {@return what they depend on, from 0 on: with the same seed they are the same; 1 by default}
   */
  long seed() default UNSET;
}
