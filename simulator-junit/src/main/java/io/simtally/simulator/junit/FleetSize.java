package io.simtally.simulator.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * How large fleets are, and what they depend on.
 *
 * @param size empty: the simulator's own
 * @param seed empty: the simulator's own
 */
record FleetSize(OptionalInt size, OptionalLong seed) {
  static final FleetSize BY_DEFAULT = new FleetSize(OptionalInt.empty(), OptionalLong.empty());

  /** What the annotations of a test say. */
  static FleetSize of(ExtensionContext context) {
    Optional<? extends AnnotatedElement> method = context.getTestMethod();
    FleetSize ofMethod =
        AnnotationSupport.findAnnotation(method, SimulatedFleet.class)
            .map(FleetSize::of)
            .orElse(BY_DEFAULT);
    FleetSize ofClass =
        AnnotationSupport.findAnnotation(
                context.getRequiredTestClass(),
                SimulatedFleet.class,
                context.getEnclosingTestClasses())
            .map(FleetSize::of)
            .orElse(BY_DEFAULT);
    return ofMethod.or(ofClass);
  }

  private static FleetSize of(SimulatedFleet annotation) {
    FleetSize told = BY_DEFAULT;
    if (annotation.size() != SimulatedFleet.UNSET) {
      told = told.size(annotation.size());
    }
    return annotation.seed() == SimulatedFleet.UNSET ? told : told.seed(annotation.seed());
  }

  FleetSize size(int count) {
    return new FleetSize(OptionalInt.of(count), seed);
  }

  FleetSize seed(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("seed must not be negative, was " + number);
    }
    return new FleetSize(size, OptionalLong.of(number));
  }

  /** What another says where this says nothing. */
  FleetSize or(FleetSize other) {
    return new FleetSize(
        size.isPresent() ? size : other.size, seed.isPresent() ? seed : other.seed);
  }
}
