package io.simtally.simulator.internal;

import java.util.Objects;

/** Checks of settings; the messages name the setting. */
public final class Preconditions {
  private Preconditions() {}

  public static int within(String setting, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          setting + " must be " + min + " to " + max + ", was " + value);
    }
    return value;
  }

  public static String notBlank(String setting, String value) {
    if (Objects.requireNonNull(value, setting).isBlank()) {
      throw new IllegalArgumentException(setting + " must not be blank");
    }
    return value;
  }
}
