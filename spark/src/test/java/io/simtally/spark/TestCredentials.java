package io.simtally.spark;

import java.util.Map;

/** The addresses and credentials of the simulators, for executors in the process of the test. */
public final class TestCredentials implements CredentialsProvider {
  private static volatile Map<String, String> variables = Map.of();

  /** Creates the provider; the data source calls this. */
  public TestCredentials() {}

  static void set(Map<String, String> environment) {
    variables = environment;
  }

  @Override
  public Map<String, String> environment() {
    return variables;
  }
}
