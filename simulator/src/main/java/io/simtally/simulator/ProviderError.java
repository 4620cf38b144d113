package io.simtally.simulator;

import mockwebserver3.MockResponse;

/** The provider's refusal of a request. */
public final class ProviderError extends Exception {
  private static final long serialVersionUID = 1;

  private final transient MockResponse answer;

  /**
   * For the simulators.
   *
   * @param message the reason of the refusal
   * @param answer the provider's answer
   */
  public ProviderError(String message, MockResponse answer) {
    super(message, null, false, false);
    this.answer = answer;
  }

  /** {@return the provider's answer} */
  public MockResponse answer() {
    return answer;
  }
}
