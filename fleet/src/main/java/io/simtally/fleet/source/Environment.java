package io.simtally.fleet.source;

import java.util.List;
import java.util.Map;

/** The variables of a carrier. */
final class Environment {
  private Environment() {}

  static boolean hasAny(Map<String, String> environment, List<List<String>> alternatives) {
    return alternatives.stream()
        .flatMap(List::stream)
        .anyMatch(variable -> !environment.getOrDefault(variable, "").isBlank());
  }
}
