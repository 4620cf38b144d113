package io.simtally.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Operations of a simulated provider that share a handler and a script. For the simulators. */
public final class SimulatorEndpoint {
  private final Handler handler;
  private final LongAdder requests = new LongAdder();
  private final FaultScript script;
  private final Map<Operation, FaultScript> ownScripts = new EnumMap<>(Operation.class);

  /**
   * Creates an endpoint.
   *
   * @param carried the credentials of its requests that can expire
   */
  public SimulatorEndpoint(
      Handler handler, Set<Operation> operations, ExpiredCredential... carried) {
    this.handler = handler;
    this.script = new FaultScript(operations, Set.of(carried));
    for (Operation operation : operations) {
      ownScripts.put(
          operation,
          operations.size() == 1 ? script : new FaultScript(Set.of(operation), Set.of(carried)));
    }
  }

  /** Answers the requests of one endpoint. */
  public interface Handler {
    /** Refuses a request without valid credentials; changes nothing. */
    void authorize(RecordedRequest request) throws ProviderError;

    /** Answers a request with valid credentials. */
    MockResponse answer(RecordedRequest request) throws ProviderError;
  }

  boolean admits(RecordedRequest request) {
    try {
      handler.authorize(request);
      return true;
    } catch (ProviderError e) {
      return false;
    }
  }

  MockResponse answer(RecordedRequest request) throws ProviderError {
    handler.authorize(request);
    return handler.answer(request);
  }

  /** {@return the number of requests so far, with every outcome} */
  public long requests() {
    return requests.sum();
  }

  /** {@return the script that all its operations share} */
  public FaultScript script() {
    return script;
  }

  boolean has(Operation operation) {
    return ownScripts.containsKey(operation);
  }

  /** Returns the script of one operation, which takes precedence over the shared one. */
  FaultScript script(Operation operation) {
    FaultScript own = ownScripts.get(operation);
    if (own == null) {
      throw new IllegalArgumentException(operation + " is not an operation of this endpoint");
    }
    return own;
  }

  /** Returns all scripts, each once. */
  List<FaultScript> scripts() {
    List<FaultScript> all = new ArrayList<>(List.of(script));
    if (ownScripts.size() > 1) {
      all.addAll(ownScripts.values());
    }
    return all;
  }

  /** Counts a request and takes its step from the scripts. */
  Step arrive(Operation operation, boolean authorized) {
    requests.increment();
    FaultScript own = script(operation);
    Step step = own.take(authorized);
    return step == HttpFault.NONE && own != script ? script.take(authorized) : step;
  }
}
