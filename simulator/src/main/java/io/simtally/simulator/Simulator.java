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
 * What the simulated providers have in common: a server, a script of what goes wrong, and a record
 * of what was asked.
 *
 * <p>It is a MockWebServer dispatcher: {@link #start()} gives it a server of its own, {@link
 * #serves} tells a dispatcher in front of several simulators which requests to hand on.
 * Thread-safe.
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
   * @param basePath what the provider's base URL ends with: empty, or a path that begins with a
   *     slash
   * @param servedPrefix what all paths that the provider serves begin with
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
   * @return the running server, to be closed when it is no longer needed
   */
  public final SimulatorServer start() {
    SimulatorServer server = SimulatorServer.start(this, basePath);
    latestServer = server;
    return server;
  }

  /**
   * {@return the base URL of the server that was started last, to give to a client} It has no slash
   * at its end.
   *
   * @throws IllegalStateException if none was started by {@link #start()}
   */
  public final String url() {
    SimulatorServer server = latestServer;
    if (server == null) {
      throw new IllegalStateException("the simulator has no server yet: call start()");
    }
    return server.url();
  }

  /**
   * {@return the variables of the environment by which clients read from this simulator at {@link
   * #url()}, values by name; unmodifiable}
   *
   * @throws IllegalStateException if none was started by {@link #start()}
   */
  public final Map<String, String> environment() {
    return sorted(variables(url()));
  }

  /**
   * The variables of the environment by which clients read from this simulator behind a server that
   * serves others as well.
   *
   * @param serverUrl scheme, host and port of that server
   * @return values by name, unmodifiable
   */
  public final Map<String, String> environmentBehind(String serverUrl) {
    return sorted(variables(serverUrl + basePath));
  }

  private static Map<String, String> sorted(Map<String, String> variables) {
    return Collections.unmodifiableMap(new TreeMap<>(variables));
  }

  /**
   * Tells whether a request is this simulator's to answer, if only to refuse it.
   *
   * @param path the path of the request, from the first slash on
   * @return true if the path begins as all paths of the provider do
   */
  public final boolean serves(String path) {
    return path.startsWith(servedPrefix);
  }

  /**
   * Lets the next requests for usage meet these steps, one each, in order.
   *
   * @param steps faults, replies and samples, the first for the first request
   * @return this simulator
   * @see FaultScript#next
   */
  public final S next(Step... steps) {
    scriptedByDefault().script().next(steps);
    return self();
  }

  /**
   * Lets every n-th request for usage from now on meet a step.
   *
   * @param n 1 for every request
   * @param step a fault, reply or sample, met by each of these requests
   * @return this simulator
   * @see FaultScript#every
   */
  public final S every(int n, Step step) {
    scriptedByDefault().script().every(n, step);
    return self();
  }

  /**
   * The script of one operation alone. Its steps come before those of {@link #next} and {@link
   * #every} where both concern a request.
   *
   * @param operation one of this simulator's provider
   * @return the script, the same one at every call
   * @throws IllegalArgumentException if the operation is another provider's
   */
  public final FaultScript on(Operation operation) {
    for (Endpoint endpoint : endpoints()) {
      if (endpoint.has(operation)) {
        return endpoint.script(operation);
      }
    }
    throw new IllegalArgumentException(
        getClass().getSimpleName() + " does not serve " + operation.template());
  }

  /**
   * Forgets all that is still scripted, for all operations.
   *
   * @return this simulator
   */
  public final S clear() {
    endpoints().forEach(endpoint -> endpoint.scripts().forEach(FaultScript::clear));
    return self();
  }

  /**
   * {@return the scripted steps that no request has met yet, of all operations; without recurring
   * ones}
   */
  public final List<Step> unmet() {
    return endpoints().stream()
        .flatMap(endpoint -> endpoint.scripts().stream())
        .flatMap(script -> script.unmet().stream())
        .toList();
  }

  /**
   * {@return the requests so far by what they mean, the oldest first; of very many the latest
   * 10,000}
   */
  public final List<RecordedCall> calls() {
    return journal.read();
  }

  /**
   * {@return the requests for one operation so far, the oldest first, as far as {@link #calls()}
   * has them}
   *
   * @param operation one of this simulator's provider
   * @throws IllegalArgumentException if the operation is another provider's
   */
  public final List<RecordedCall> calls(Operation operation) {
    on(operation);
    return calls().stream()
        .filter(call -> call.operation().filter(operation::equals).isPresent())
        .toList();
  }

  /**
   * {@return the requests of all kinds so far, the oldest first; of very many the latest 10,000}
   */
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

  /** Answers a request as the provider would, or as the script says. */
  @Override
  public final MockResponse dispatch(RecordedRequest request) {
    return AnswerBody.to(request, answer(request));
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
    return met(step, route, request);
  }

  private MockResponse met(Step step, Route route, RecordedRequest request) {
    if (step instanceof Reply reply) {
      return reply.answer();
    }
    if (step instanceof Sample sample) {
      return sample.reply().answer();
    }
    if (step instanceof ExpiredCredential credential) {
      return answer(() -> expired(credential, route.operation(), request));
    }
    HttpFault fault = (HttpFault) step;
    return fault
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

  /** What the environment of a client holds that finds this simulator at a base URL. */
  protected abstract Map<String, String> variables(String url);

  /** This simulator, in its own type. */
  protected abstract S self();

  /** What {@link #next} and {@link #every} concern. */
  protected abstract Endpoint scriptedByDefault();

  /** All that is served; what is scripted by default, if that is all. */
  protected List<Endpoint> endpoints() {
    return List.of(scriptedByDefault());
  }

  /** Where a request leads, empty if nowhere. */
  protected abstract Optional<Route> route(RecordedRequest request);

  /** The error of a request that leads nowhere. */
  protected abstract MockResponse unknown(RecordedRequest request);

  /** The provider's own way to refuse with a status. */
  protected abstract MockResponse scripted(int status);

  /** Lets a credential that a request carries expire, and returns the error that request meets. */
  protected ProviderError expire(
      ExpiredCredential credential, Operation operation, RecordedRequest request)
      throws ProviderError {
    throw new IllegalStateException("no credential expires here, so no script takes an expiry");
  }

  /** {@return what tells the time} */
  protected final Clock clock() {
    return clock;
  }

  /** {@return what all that is made up depends on} */
  protected final long seed() {
    return seed;
  }

  /** {@return the meter of the answers with usage} */
  protected final ServedMeter served() {
    return served;
  }
}
