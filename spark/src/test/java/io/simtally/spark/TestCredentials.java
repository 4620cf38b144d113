package io.simtally.spark;

import java.util.Map;

/** The way to the simulators, for executors in the process of the test. */
public final class TestCredentials implements CredentialsProvider {
  private static volatile Map<String, String> variables = Map.of();

  /** For the data source, by its name. */
  public TestCredentials() {}

  static void set(Map<String, String> environment) {
    variables = environment;
  }

  @Override
  public Map<String, String> environment() {
    return variables;
  }
}
