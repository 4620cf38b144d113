package io.simtally.fleet.source;

import java.util.List;
import java.util.Map;

/** A carrier that is configured by variables of an environment. */
public abstract class EnvironmentCarrier implements Carrier {
  private final String name;
  private final String provider;
  private final List<List<String>> variables;
  private final Map<String, String> environment;

  /**
   * Creates a carrier.
   *
   * @param name the name for people
   * @param provider the name in usage records
   * @param variables the variables of its credentials, as alternatives of which one is enough
   * @param environment the variables that are set
   */
  protected EnvironmentCarrier(
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

  /** {@return the variable of the server's address} */
  @Override
  public List<String> optionalVariables() {
    var first = variables.get(0).get(0);
    return List.of(first.substring(0, first.indexOf('_')) + "_BASE_URL");
  }

  @Override
  public final boolean hasCredentials() {
    return variables.stream()
        .flatMap(List::stream)
        .anyMatch(variable -> !environment.getOrDefault(variable, "").isBlank());
  }
}
