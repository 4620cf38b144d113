package io.simtally.simulator;

import mockwebserver3.MockResponse;

/** The error that a provider answers a request with. */
public final class ProviderError extends Exception {
  private static final long serialVersionUID = 1;

  private final transient MockResponse answer;

  /**
   * For the simulators.
   *
   * @param message what is wrong with the request
   * @param answer what the provider says of it
   */
  public ProviderError(String message, MockResponse answer) {
    super(message, null, false, false);
    this.answer = answer;
  }

  /** {@return what the provider says} */
  public MockResponse answer() {
    return answer;
  }
}
