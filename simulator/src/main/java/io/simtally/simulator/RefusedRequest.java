package io.simtally.simulator;

import mockwebserver3.MockResponse;

/** A request that the provider would refuse, with the answer it would give. */
final class RefusedRequest extends Exception {
  private static final long serialVersionUID = 1;

  private final transient MockResponse answer;

  RefusedRequest(String message, MockResponse answer) {
    super(message, null, false, false);
    this.answer = answer;
  }

  MockResponse answer() {
    return answer;
  }
}
