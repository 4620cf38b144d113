package io.simtally.simulator;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * One verb and path of a simulated provider: what it answers, its faults, how often it is asked.
 */
final class Endpoint {
  private final Handler handler;
  private final LongAdder requests;
  private final FaultScript faults;

  Endpoint(Handler handler, LongAdder requests, ExpiredCredential... carried) {
    this.handler = handler;
    this.requests = requests;
    this.faults = new FaultScript(Set.of(carried));
  }

  /** Answers the requests to one endpoint. */
  @FunctionalInterface
  interface Handler {
    MockResponse answer(RecordedRequest request) throws RefusedRequest;
  }

  MockResponse answer(RecordedRequest request) throws RefusedRequest {
    return handler.answer(request);
  }

  FaultScript faults() {
    return faults;
  }

  /** Counts a request and takes the fault that it meets. */
  Fault arrive() {
    requests.increment();
    return faults.take();
  }
}
