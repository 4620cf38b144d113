package io.simtally.fleet.source;

import java.util.List;
import java.util.Map;

/** A carrier that is switched on by variables of an environment. */
abstract class EnvironmentCarrier implements Carrier {
  private final String name;
  private final String provider;
  private final List<List<String>> variables;
  private final Map<String, String> environment;

  EnvironmentCarrier(
      String name, String provider, List<List<String>> variables, Map<String, String> environment) {
    this.name = name;
    this.provider = provider;
    this.variables = variables;
    this.environment = environment;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String provider() {
    return provider;
  }

  @Override
  public final List<List<String>> variables() {
    return variables;
  }

  @Override
  public final boolean hasCredentials() {
    return variables.stream()
        .flatMap(List::stream)
        .anyMatch(variable -> !environment.getOrDefault(variable, "").isBlank());
  }
}
