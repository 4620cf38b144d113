package io.simtally.simulator;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * An IoT-X that answers the Analytics calls as the provider's specification says.
 *
 * <p>It serves {@code GET} on {@code /analytics/data-usage}, {@code
 * /analytics/data-usage/{physicalId}}, {@code /analytics/data-usage-by-subscriber}, {@code
 * /analytics/session-count}, {@code /analytics/session-count/{physicalId}}, {@code
 * /analytics/data-usage-network-protocol}, {@code /analytics/data-usage-ip-address} and {@code
 * /analytics/data-usage-ip-address/{physicalId}}. A request that the service would refuse is
 * refused in the documented envelope, and so is one with a parameter that the specification does
 * not list. Its fleet depends on nothing but the seed; {@link #next} and {@link #every} script what
 * goes wrong.
 *
 * <p>Where the page is silent, it holds that the end of a range is not part of it, and that what is
 * an array is empty where nothing was used.
 *
 * <p>It is a MockWebServer dispatcher: {@link #start()} gives it a server of its own, {@link
 * #serves} tells a dispatcher in front of several simulators which requests to hand on.
 * Thread-safe.
 */
public final class IotxSimulator extends Dispatcher {
  private static final String BASE_PATH = "";

  private final IotxTokens tokens;
  private final IotxFleet fleet;
  private final LongAdder usageRequests = new LongAdder();
  private final LongAdder unknownRequests = new LongAdder();
  private final LongAdder refusedRequests = new LongAdder();
  private final ServedMeter served = new ServedMeter();
  private final RequestJournal journal = new RequestJournal();
  private final Endpoint usage;

  private IotxSimulator(Builder builder) {
    tokens = new IotxTokens(builder.token, builder.clock, builder.seed);
    fleet = builder.fleet();
    usage =
        new Endpoint(
            new IotxEndpoint(tokens, fleet, builder.shape, served),
            usageRequests,
            ExpiredCredential.TOKEN);
  }

  /** A simulator to be, with ten subscribers, thirty days of usage and a token of its own. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts a server of its own on a free port of 127.0.0.1. */
  public SimulatorServer start() {
    return SimulatorServer.start(this, BASE_PATH);
  }

  /**
   * Tells whether a request is this simulator's to answer, if only to refuse it.
   *
   * @param path the path of the request, from the first slash on
   */
  public boolean serves(String path) {
    return path.startsWith("/analytics/");
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    journal.add(request);
    if (!IotxEndpoint.serves(request)) {
      unknownRequests.increment();
      refusedRequests.increment();
      return IotxError.NOT_FOUND.answer("There is nothing here.");
    }
    if (usage.arrive() instanceof HttpFault fault) {
      return fault.effect().answer(() -> answer(request), IotxError::scripted);
    }
    return refused(expire(request));
  }

  private MockResponse answer(RecordedRequest request) {
    try {
      return usage.answer(request);
    } catch (RefusedRequest e) {
      return refused(e);
    }
  }

  private RefusedRequest expire(RecordedRequest request) {
    try {
      return tokens.expire(request);
    } catch (RefusedRequest e) {
      return e;
    }
  }

  private MockResponse refused(RefusedRequest refusal) {
    refusedRequests.increment();
    return refusal.answer();
  }

  /**
   * Lets the next requests for usage meet these faults, one each, in order.
   *
   * @return this simulator
   */
  public IotxSimulator next(Fault... faults) {
    usage.faults().next(faults);
    return this;
  }

  /**
   * Lets every n-th request for usage from now on meet a fault.
   *
   * @return this simulator
   */
  public IotxSimulator every(int n, Fault fault) {
    usage.faults().every(n, fault);
    return this;
  }

  /** The faults of the requests for usage, those of {@link #next} and {@link #every}. */
  public FaultScript usageFaults() {
    return usage.faults();
  }

  /** The subscribers, made as they are asked for: those added to the builder first. */
  public List<IotxSubscriber> subscribers() {
    return fleet.subscribers();
  }

  /** A token that is accepted for ever. */
  public String token() {
    return tokens.fixed();
  }

  /** A new token that is accepted for 899 seconds. */
  public String issueToken() {
    return tokens.issue();
  }

  /** What has gone through so far. */
  public IotxTraffic traffic() {
    return new IotxTraffic(
        tokens.issued(),
        usageRequests.sum(),
        unknownRequests.sum(),
        refusedRequests.sum(),
        served.rows(),
        served.bytes());
  }

  /** The requests of all kinds so far, the oldest first; of very many the latest 10,000. */
  public List<RecordedRequest> requests() {
    return journal.read();
  }

  /** Settings of a simulator to be. Not thread-safe. */
  public static final class Builder {
    private final List<IotxScriptedMember> scripted = new ArrayList<>();
    private int subscribers = 10;
    private LocalDate firstDay = LocalDate.of(2026, 1, 1);
    private LocalDate lastDay = LocalDate.of(2026, 1, 30);
    private long seed = 1;
    private IotxShape shape = IotxShape.SPECIFIED;
    private Clock clock = Clock.systemUTC();
    private String token = "simulated-token";

    private Builder() {}

    /**
     * How many subscribers to make up.
     *
     * @param count 0 to 1,000,000; 10 unless told
     */
    public Builder subscribers(int count) {
      if (count < 0 || count > IotxGeneratedFleet.MAX_SIZE) {
        throw new IllegalArgumentException(
            "subscribers must be 0 to " + IotxGeneratedFleet.MAX_SIZE + ", was " + count);
      }
      subscribers = count;
      return this;
    }

    /** Adds a subscriber with exactly this usage, to those made up. */
    public Builder subscriber(IotxSubscriber subscriber, IotxUsage... usage) {
      return subscriber(subscriber, List.of(usage));
    }

    /** Adds a subscriber with exactly this usage, to those made up. */
    public Builder subscriber(IotxSubscriber subscriber, List<IotxUsage> usage) {
      scripted.add(new IotxScriptedMember(Objects.requireNonNull(subscriber, "subscriber"), usage));
      return this;
    }

    /**
     * The days of which subscribers made up have usage, both included; January 1 to 30, 2026,
     * unless told.
     *
     * @throws IllegalArgumentException if the last is before the first
     */
    public Builder days(LocalDate first, LocalDate last) {
      if (last.isBefore(first)) {
        throw new IllegalArgumentException("days end on " + last + " before they start: " + first);
      }
      firstDay = first;
      lastDay = last;
      return this;
    }

    /** What the subscribers made up depend on: with the same seed they are the same. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /** How answers are shaped; {@link IotxShape#SPECIFIED} unless told. */
    public Builder shape(IotxShape answers) {
      shape = Objects.requireNonNull(answers, "shape");
      return this;
    }

    /** What tokens expire by; the system's clock unless told. */
    public Builder clock(Clock source) {
      clock = Objects.requireNonNull(source, "clock");
      return this;
    }

    /** The token that is accepted for ever. */
    public Builder token(String bearer) {
      if (Objects.requireNonNull(bearer, "token").isBlank()) {
        throw new IllegalArgumentException("token must not be blank");
      }
      token = bearer;
      return this;
    }

    /**
     * The simulator.
     *
     * @throws IllegalArgumentException if two subscribers share a name
     */
    public IotxSimulator build() {
      return new IotxSimulator(this);
    }

    private IotxFleet fleet() {
      return new IotxFleet(scripted, new IotxGeneratedFleet(subscribers, seed, firstDay, lastDay));
    }
  }
}
