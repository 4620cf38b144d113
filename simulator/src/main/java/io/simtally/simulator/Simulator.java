package io.simtally.simulator;

import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.ServedMeter;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the simulated providers: a server, a script of failures, and a record of the
 * requests.
 *
 * <p>It is a MockWebServer dispatcher. {@link #start()} starts a server for one simulator; a
 * dispatcher in front of several simulators selects one with {@link #serves}. Thread-safe.
 *
 * @param <S> the simulator's own type, which its scripting methods return
 */
public abstract class Simulator<S extends Simulator<S>> extends Dispatcher {
  private final Clock clock;
  private final long seed;
  private final String basePath;
  private final String servedPrefix;
  private final ServedMeter served = new ServedMeter();
  private final LongAdder unknownRequests = new LongAdder();
  private final LongAdder refusedRequests = new LongAdder();
  private final RequestJournal journal = new RequestJournal();
  private volatile @Nullable SimulatorServer latestServer;

  /**
   * For the simulators.
   *
   * @param builder the settings that all simulators share
   * @param basePath the path of the provider's base URL: empty, or with a slash at its start
   * @param servedPrefix the common prefix of all paths that the provider serves
   */
  protected Simulator(SimulatorBuilder<S, ?> builder, String basePath, String servedPrefix) {
    this.clock = builder.clock();
    this.seed = builder.seed();
    this.basePath = basePath;
    this.servedPrefix = servedPrefix;
  }

  /**
   * Starts a server of its own on a free port of 127.0.0.1.
   *
   * @return the running server; the caller closes it
   */
  public final SimulatorServer start() {
    SimulatorServer server = SimulatorServer.start(this, basePath);
    latestServer = server;
    return server;
  }

  /**
   * Returns the devices that users of a service must list. Those of two services of one simulator
   * differ.
   *
   * @param provider the service, as in usage records
   * @return the devices, created on access; none if the service has a list or is another one
   */
  public List<ListedDevice> listedDevices(String provider) {
    return List.of();
  }

  /**
   * {@return the base URL of the latest server, for a client; without a slash at its end}
   *
   * @throws IllegalStateException before {@link #start()}
   */
  public final String url() {
    SimulatorServer server = latestServer;
    if (server == null) {
      throw new IllegalStateException("the simulator has no server yet: call start()");
    }
    return server.url();
  }

  /**
   * {@return the environment variables of a client that reads from this simulator at {@link
   * #url()}, values by name; unmodifiable}
   *
   * @throws IllegalStateException before {@link #start()}
   */
  public final Map<String, String> environment() {
    return sorted(variables(url()));
  }

  /**
   * {@return the environment variables of a client that reads from this simulator behind a shared
   * server, values by name; unmodifiable}
   *
   * @param serverUrl scheme, host and port of that server
   */
  public final Map<String, String> environmentBehind(String serverUrl) {
    return sorted(variables(serverUrl + basePath));
  }

  private static Map<String, String> sorted(Map<String, String> variables) {
    return Collections.unmodifiableMap(new TreeMap<>(variables));
  }

  /**
   * {@return whether this simulator answers requests for a path, if only with a refusal}
   *
   * @param path the path of the request, from the first slash on
   */
  public final boolean serves(String path) {
    return path.startsWith(servedPrefix);
  }

  /**
   * Scripts one step for each of the next requests for usage.
   *
   * @param steps faults, replies and samples in the order of the requests
   * @return this simulator
   * @see FaultScript#next
   */
  public final S next(Step... steps) {
    scriptedByDefault().script().next(steps);
    return self();
  }

  /**
   * Scripts a step for every n-th request for usage from now on.
   *
   * @param n 1 for every request
   * @param step a fault, reply or sample
   * @return this simulator
   * @see FaultScript#every
   */
  public final S every(int n, Step step) {
    scriptedByDefault().script().every(n, step);
    return self();
  }

  /**
   * {@return the script of one operation, the same at each call} Its steps take precedence over
   * those of {@link #next} and {@link #every}.
   *
   * @param operation an operation of this simulator's provider
   * @throws IllegalArgumentException if the operation is another provider's
   */
  public final FaultScript on(Operation operation) {
    for (SimulatorEndpoint endpoint : endpoints()) {
      if (endpoint.has(operation)) {
        return endpoint.script(operation);
      }
    }
    throw new IllegalArgumentException(
        getClass().getSimpleName() + " does not serve " + operation.template());
  }

  /**
   * Removes the scripted steps of all operations.
   *
   * @return this simulator
   */
  public final S clear() {
    endpoints().forEach(endpoint -> endpoint.scripts().forEach(FaultScript::clear));
    return self();
  }

  /**
   * {@return the scripted steps that no request has taken yet, of all operations; without recurring
   * ones}
   */
  public final List<Step> unmet() {
    return endpoints().stream()
        .flatMap(endpoint -> endpoint.scripts().stream())
        .flatMap(script -> script.unmet().stream())
        .toList();
  }

  /** {@return the requests so far, the oldest first; at most the latest 10,000} */
  public final List<RecordedCall> calls() {
    return journal.read();
  }

  /**
   * {@return the requests of {@link #calls()} for one operation, the oldest first}
   *
   * @param operation an operation of this simulator's provider
   * @throws IllegalArgumentException if the operation is another provider's
   */
  public final List<RecordedCall> calls(Operation operation) {
    on(operation);
    return calls().stream()
        .filter(call -> call.operation().filter(operation::equals).isPresent())
        .toList();
  }

  /** {@return the HTTP requests of {@link #calls()}, the oldest first} */
  public final List<RecordedRequest> requests() {
    return calls().stream().map(RecordedCall::request).toList();
  }

  /** {@return the requests and answers since the simulator was built, as of now} */
  public Traffic traffic() {
    return new Traffic(
        0,
        0,
        0,
        0,
        0,
        scriptedByDefault().requests(),
        unknownRequests.sum(),
        refusedRequests.sum(),
        served.rows(),
        served.bytes());
  }

  /** Answers a request like the provider, or as the script says. */
  @Override
  public final MockResponse dispatch(RecordedRequest request) {
    return AnswerBody.to(request, answer(request));
  }

  @SuppressWarnings("unchecked") // S is the type of the simulator itself.
  private S self() {
    return (S) this;
  }

  private MockResponse answer(RecordedRequest request) {
    Optional<Route> found = route(request);
    if (found.isEmpty()) {
      journal.add(RecordedCall.unknown(request));
      unknownRequests.increment();
      refusedRequests.increment();
      return unknown(request);
    }
    Route route = found.get();
    boolean authorized = route.endpoint().admits(request);
    Step step = route.endpoint().arrive(route.operation(), authorized);
    boolean expires = step instanceof ExpiredCredential;
    journal.add(RecordedCall.of(route, request, authorized && !expires));
    return answer(step, route, request);
  }

  private MockResponse answer(Step step, Route route, RecordedRequest request) {
    if (step instanceof Reply reply) {
      return reply.answer();
    }
    if (step instanceof Sample sample) {
      return sample.reply().answer();
    }
    if (step instanceof ExpiredCredential credential) {
      return answer(() -> expired(credential, route.operation(), request));
    }
    return ((HttpFault) step)
        .effect()
        .answer(() -> answer(() -> route.endpoint().answer(request)), this::scripted);
  }

  private interface Answering {
    MockResponse answer() throws ProviderError;
  }

  private MockResponse answer(Answering answering) {
    try {
      return answering.answer();
    } catch (ProviderError e) {
      refusedRequests.increment();
      return e.answer();
    }
  }

  private MockResponse expired(
      ExpiredCredential credential, Operation operation, RecordedRequest request)
      throws ProviderError {
    throw expire(credential, operation, request);
  }

  /** {@return the environment variables of a client of this simulator at a base URL} */
  protected abstract Map<String, String> variables(String url);

  /** {@return the endpoint that {@link #next} and {@link #every} script} */
  protected abstract SimulatorEndpoint scriptedByDefault();

  /** {@return all endpoints; by default the one that is scripted by default} */
  protected List<SimulatorEndpoint> endpoints() {
    return List.of(scriptedByDefault());
  }

  /** {@return the endpoint and the operation of a request, empty if no page documents it} */
  protected abstract Optional<Route> route(RecordedRequest request);

  /** {@return the error for a request without a route} */
  protected abstract MockResponse unknown(RecordedRequest request);

  /** {@return the provider's own error with a status} */
  protected abstract MockResponse scripted(int status);

  /** Expires a credential of a request and returns the error for the request. */
  protected ProviderError expire(
      ExpiredCredential credential, Operation operation, RecordedRequest request)
      throws ProviderError {
    throw new IllegalStateException("no script here accepts an expired credential");
  }

  /** {@return the clock} */
  protected final Clock clock() {
    return clock;
  }

  /** {@return the seed of all generated values} */
  protected final long seed() {
    return seed;
  }

  /** {@return the meter of the answers with usage} */
  protected final ServedMeter served() {
    return served;
  }
}
