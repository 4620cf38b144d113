package io.simtally.simulator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * A Mason that answers the usage of a month and of days as the provider's pages say.
 *
 * <p>It serves {@code GET} on {@code /beta/{fleet}/data/aggregate/usage}, {@code
 * .../aggregate/usage/sim}, {@code .../aggregate/usage/sim/{iccid}}, {@code .../series/usage},
 * {@code .../series/usage/sim/{iccid}} and, since the page contradicts itself, {@code
 * .../series/usage/{iccid}}. A request that the service would refuse is refused in the documented
 * envelope, and so is one with a parameter that no page lists. Its fleet depends on nothing but the
 * seed; {@link #next} and {@link #every} script what goes wrong.
 *
 * <p>Where the pages are silent, it holds that days and months are those of UTC, that a SIM without
 * usage has no row while the account always has one, and that a page has at most 100 rows.
 *
 * <p>It is a MockWebServer dispatcher: {@link #start()} gives it a server of its own, {@link
 * #serves} tells a dispatcher in front of several simulators which requests to hand on.
 * Thread-safe.
 */
public final class MasonSimulator extends Dispatcher {
  private static final String BASE_PATH = "";

  private final MasonKeys keys;
  private final MasonFleet fleet;
  private final String fleetName;
  private final LongAdder usageRequests = new LongAdder();
  private final LongAdder unknownRequests = new LongAdder();
  private final LongAdder refusedRequests = new LongAdder();
  private final ServedMeter served = new ServedMeter();
  private final RequestJournal journal = new RequestJournal();
  private final MasonEndpoint calls;
  private final Endpoint usage;

  private MasonSimulator(Builder builder) {
    keys = new MasonKeys(builder.apiKey, builder.unscopedApiKey);
    fleet = builder.fleet();
    fleetName = builder.fleetName;
    MasonPaging paging = new MasonPaging(builder.seed, builder.pageSize);
    calls = new MasonEndpoint(keys, fleet, paging, fleetName, served);
    usage = new Endpoint(calls, usageRequests);
  }

  /** A simulator to be, with ten SIMs, thirty days of usage and an API key of its own. */
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
    return path.startsWith("/beta/");
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    journal.add(request);
    if (!calls.serves(request)) {
      unknownRequests.increment();
      refusedRequests.increment();
      return MasonError.NOT_FOUND.answer("There is nothing here.");
    }
    // No credential of Mason's expires, so that every fault is one of HTTP.
    HttpFault fault = (HttpFault) usage.arrive();
    return fault.effect().answer(() -> answer(request), MasonError::scripted);
  }

  private MockResponse answer(RecordedRequest request) {
    try {
      return usage.answer(request);
    } catch (RefusedRequest e) {
      refusedRequests.increment();
      return e.answer();
    }
  }

  /**
   * Lets the next requests for usage meet these faults, one each, in order.
   *
   * @return this simulator
   */
  public MasonSimulator next(Fault... faults) {
    usage.faults().next(faults);
    return this;
  }

  /**
   * Lets every n-th request for usage from now on meet a fault.
   *
   * @return this simulator
   */
  public MasonSimulator every(int n, Fault fault) {
    usage.faults().every(n, fault);
    return this;
  }

  /** The faults of the requests for usage, those of {@link #next} and {@link #every}. */
  public FaultScript usageFaults() {
    return usage.faults();
  }

  /** The ICCIDs of all SIMs, made as they are asked for: those added to the builder first. */
  public List<String> iccids() {
    return fleet.iccids();
  }

  /** The API key that is accepted. */
  public String apiKey() {
    return keys.key();
  }

  /** The API key of the account that may not read usage. */
  public String unscopedApiKey() {
    return keys.unscopedKey();
  }

  /** The name of the fleet in the paths. */
  public String fleet() {
    return fleetName;
  }

  /** What has gone through so far. */
  public MasonTraffic traffic() {
    return new MasonTraffic(
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
    private static final int MAX_PAGE_SIZE = 10_000;

    private final List<MasonScriptedMember> scripted = new ArrayList<>();
    private int sims = 10;
    private LocalDate firstDay = LocalDate.of(2026, 1, 1);
    private LocalDate lastDay = LocalDate.of(2026, 1, 30);
    private long seed = 1;
    private int pageSize = 100;
    private String fleetName = "default";
    private String apiKey = "simulated-api-key";
    private String unscopedApiKey = "simulated-unscoped-api-key";

    private Builder() {}

    /**
     * How many SIMs to make up.
     *
     * @param count 0 to 1,000,000; 10 unless told
     */
    public Builder sims(int count) {
      sims = within("sims", count, 0, MasonGeneratedFleet.MAX_SIZE);
      return this;
    }

    /** Adds a SIM with exactly this usage, to those made up. */
    public Builder sim(String iccid, MasonDay... days) {
      return sim(iccid, List.of(days));
    }

    /** Adds a SIM with exactly this usage, to those made up. */
    public Builder sim(String iccid, List<MasonDay> days) {
      scripted.add(new MasonScriptedMember(notBlank("iccid", iccid), days));
      return this;
    }

    /**
     * The days of which SIMs made up have usage, both included; January 1 to 30, 2026, unless told.
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

    /** What the SIMs made up depend on: with the same seed they are the same. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /**
     * How many rows an answer holds at most, and if no limit is asked for.
     *
     * @param rows 1 to 10,000; 100 unless told
     */
    public Builder pageSize(int rows) {
      pageSize = within("pageSize", rows, 1, MAX_PAGE_SIZE);
      return this;
    }

    /** The name of the fleet in the paths; {@code default} unless told. */
    public Builder fleet(String name) {
      fleetName = notBlank("fleet", name);
      return this;
    }

    /** The API key to accept. */
    public Builder apiKey(String key) {
      apiKey = notBlank("apiKey", key);
      return this;
    }

    /** An API key of the account without the scope that usage needs. */
    public Builder unscopedApiKey(String key) {
      unscopedApiKey = notBlank("unscopedApiKey", key);
      return this;
    }

    /**
     * The simulator.
     *
     * @throws IllegalArgumentException if two SIMs share an ICCID
     */
    public MasonSimulator build() {
      return new MasonSimulator(this);
    }

    private MasonFleet fleet() {
      return new MasonFleet(scripted, new MasonGeneratedFleet(sims, seed, firstDay, lastDay));
    }

    private static int within(String setting, int value, int min, int max) {
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            setting + " must be " + min + " to " + max + ", was " + value);
      }
      return value;
    }

    private static String notBlank(String setting, String value) {
      if (Objects.requireNonNull(value, setting).isBlank()) {
        throw new IllegalArgumentException(setting + " must not be blank");
      }
      return value;
    }
  }
}
