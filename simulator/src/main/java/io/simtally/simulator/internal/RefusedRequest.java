package io.simtally.simulator.internal;

import mockwebserver3.MockResponse;

/** A request that the provider would refuse, with the answer it would give. */
public final class RefusedRequest extends Exception {
  private static final long serialVersionUID = 1;

  private final transient MockResponse answer;

  public RefusedRequest(String message, MockResponse answer) {
    super(message, null, false, false);
    this.answer = answer;
  }

  public MockResponse answer() {
    return answer;
  }
}
