package io.simtally.simulator.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The size and the seed of the fleets; an empty value stands for the simulator's default. */
record FleetSize(OptionalInt size, OptionalLong seed) {
  static final FleetSize BY_DEFAULT = new FleetSize(OptionalInt.empty(), OptionalLong.empty());

  /** Returns the values of a test's annotations. */
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
    FleetSize annotated = BY_DEFAULT;
    if (annotation.size() != SimulatedFleet.UNSET) {
      annotated = annotated.size(annotation.size());
    }
    return annotation.seed() == SimulatedFleet.UNSET
        ? annotated
        : annotated.seed(annotation.seed());
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

  /** Returns these values, and another one's where these are empty. */
  FleetSize or(FleetSize other) {
    return new FleetSize(
        size.isPresent() ? size : other.size, seed.isPresent() ? seed : other.seed);
  }
}
