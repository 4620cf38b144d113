package io.simtally.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Operations of a simulated provider that share a script: who answers them, what they meet. */
public final class Endpoint {
  private final Handler handler;
  private final LongAdder requests = new LongAdder();
  private final FaultScript script;
  private final Map<Operation, FaultScript> ownScripts = new EnumMap<>(Operation.class);

  private Endpoint(Handler handler, Set<Operation> operations, Set<ExpiredCredential> carried) {
    this.handler = handler;
    this.script = new FaultScript(operations, carried);
    for (Operation operation : operations) {
      ownScripts.put(
          operation, operations.size() == 1 ? script : new FaultScript(Set.of(operation), carried));
    }
  }

  /** Operations whose requests carry credentials that may expire. */
  public static Endpoint of(
      Handler handler, Set<Operation> operations, ExpiredCredential... carried) {
    return new Endpoint(handler, operations, Set.of(carried));
  }

  /** Answers the requests to one endpoint. */
  public interface Handler {
    /** Refuses a request without good credentials; changes nothing. */
    void authorize(RecordedRequest request) throws ProviderError;

    /** Answers a request with good credentials. */
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

  /** {@return how many requests have come, whatever became of them} */
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

  /** The script of one operation, which comes before that of all. */
  public FaultScript script(Operation operation) {
    FaultScript own = ownScripts.get(operation);
    if (own == null) {
      throw new IllegalArgumentException(operation + " is no operation here");
    }
    return own;
  }

  /** All scripts, each once. */
  List<FaultScript> scripts() {
    List<FaultScript> all = new ArrayList<>(List.of(script));
    if (ownScripts.size() > 1) {
      all.addAll(ownScripts.values());
    }
    return all;
  }

  /** Counts a request and takes what it meets. */
  Step arrive(Operation operation, boolean authorized) {
    requests.increment();
    FaultScript own = script(operation);
    Step step = own.take(authorized);
    return step == HttpFault.NONE && own != script ? script.take(authorized) : step;
  }
}
