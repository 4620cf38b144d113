package io.simtally.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * An Alef that answers reports as the page "Time, bandwidth or byte counts" shows them.
 *
 * <p>It serves {@code POST /connectivity/v1/report?apikey=…}: series of hours or days, percentiles,
 * and snapshots of {@code NOW}, of time, bytes, bandwidth and online status, filtered by one value
 * of account, site, MSISDN and IMSI. What no page shows (several values of a filter, answers split
 * by a dimension, CSV, other metrics) is refused. A wrong key is refused with status 401: Alef only
 * says that it is an "invalid request". Its fleet depends on nothing but the seed; {@link #next}
 * and {@link #every} script what goes wrong.
 *
 * <p>It is a MockWebServer dispatcher: {@link #start()} gives it a server of its own, {@link
 * #serves} tells a dispatcher in front of several simulators which requests to hand on.
 * Thread-safe.
 */
public final class AlefSimulator extends Dispatcher {
  private static final String REPORT_PATH = "/connectivity/v1/report";

  private final String accountId;
  private final String apiKey;
  private final AlefFleet fleet;
  private final ServedMeter served = new ServedMeter();
  private final LongAdder reportRequests = new LongAdder();
  private final LongAdder unknownRequests = new LongAdder();
  private final LongAdder refusedRequests = new LongAdder();
  private final RequestJournal journal = new RequestJournal();
  private final Endpoint report;

  private AlefSimulator(Builder builder) {
    accountId = builder.accountId;
    apiKey = builder.apiKey;
    fleet = builder.fleet();
    report =
        new Endpoint(
            new AlefReportEndpoint(accountId, apiKey, fleet, builder.clock, served),
            reportRequests);
  }

  /** A simulator to be, with ten subscribers, thirty days of usage and a key of its own. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts a server of its own on a free port of 127.0.0.1. */
  public SimulatorServer start() {
    return SimulatorServer.start(this, "");
  }

  /**
   * Tells whether a request is this simulator's to answer, if only to refuse it.
   *
   * @param path the path of the request, from the first slash on
   */
  public boolean serves(String path) {
    return path.startsWith("/connectivity/");
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    journal.add(request);
    String path = request.getUrl().encodedPath();
    if (!REPORT_PATH.equals(path) || !"POST".equals(request.getMethod())) {
      unknownRequests.increment();
      return refused(AlefRefusal.NOT_FOUND.because("nothing at " + path));
    }
    // Requests carry no credential that expires, so there is no other kind of fault.
    HttpFault fault = (HttpFault) report.arrive();
    return fault.effect().answer(() -> answer(request), AlefSimulator::scriptedRefusal);
  }

  private MockResponse answer(RecordedRequest request) {
    try {
      return report.answer(request);
    } catch (RefusedRequest e) {
      return refused(e);
    }
  }

  private MockResponse refused(RefusedRequest refusal) {
    refusedRequests.increment();
    return refusal.answer();
  }

  private static MockResponse scriptedRefusal(int status) {
    return AnswerBody.response(status, "text/plain; charset=utf-8", "Error " + status);
  }

  /**
   * Lets the next requests for a report meet these faults, one each, in order.
   *
   * @return this simulator
   */
  public AlefSimulator next(Fault... faults) {
    report.faults().next(faults);
    return this;
  }

  /**
   * Lets every n-th request for a report from now on meet a fault.
   *
   * @return this simulator
   */
  public AlefSimulator every(int n, Fault fault) {
    report.faults().every(n, fault);
    return this;
  }

  /** The faults of the requests for a report, those of {@link #next} and {@link #every}. */
  public FaultScript reportFaults() {
    return report.faults();
  }

  /** The subscribers, made as they are asked for: those added to the builder first. */
  public List<AlefSubscriber> subscribers() {
    return fleet.subscribers();
  }

  /**
   * What a subscriber used, from which all reports are made.
   *
   * @param after the usage ends after this
   * @param until and not after this
   * @return oldest first; empty if there is no such subscriber
   */
  public List<AlefUsage> usage(AlefSubscriber subscriber, Instant after, Instant until) {
    return fleet
        .ofMsisdn(subscriber.msisdn())
        .flatMap(member -> member.usage(after, until).stream())
        .toList();
  }

  /** The account that reports are asked of. */
  public String accountId() {
    return accountId;
  }

  /** The key that is accepted. */
  public String apiKey() {
    return apiKey;
  }

  /** What has gone through so far. */
  public AlefTraffic traffic() {
    return new AlefTraffic(
        reportRequests.sum(),
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
    private final List<AlefScriptedMember> scripted = new ArrayList<>();
    private int subscribers = 10;
    private int subscribersPerSite = 25;
    private LocalDate firstDay = LocalDate.of(2026, 1, 1);
    private LocalDate lastDay = LocalDate.of(2026, 1, 30);
    private long seed = 1;
    private Clock clock = Clock.systemUTC();
    private String accountId = "62c40843c7a1909709112345";
    private String apiKey = "simulated-key";

    private Builder() {}

    /**
     * How many subscribers to make up.
     *
     * @param count 0 to 1,000,000; 10 unless told
     */
    public Builder subscribers(int count) {
      subscribers = within("subscribers", count, 0, AlefGeneratedFleet.MAX_SIZE);
      return this;
    }

    /**
     * How many of the subscribers made up share a customer site.
     *
     * @param count 1 to 1,000,000; 25 unless told
     */
    public Builder subscribersPerSite(int count) {
      subscribersPerSite = within("subscribersPerSite", count, 1, AlefGeneratedFleet.MAX_SIZE);
      return this;
    }

    /** Adds a subscriber with exactly this usage, to those made up. */
    public Builder subscriber(AlefSubscriber subscriber, AlefUsage... usage) {
      return subscriber(subscriber, List.of(usage));
    }

    /**
     * Adds a subscriber with exactly this usage, to those made up.
     *
     * @throws IllegalArgumentException if two are of the same five minutes
     */
    public Builder subscriber(AlefSubscriber subscriber, List<AlefUsage> usage) {
      Objects.requireNonNull(subscriber, "subscriber");
      scripted.add(new AlefScriptedMember(subscriber, usage));
      return this;
    }

    /**
     * The days of UTC on which subscribers made up have usage, both included; January 1 to 30,
     * 2026, unless told. Snapshots of {@code NOW} show usage on any day.
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

    /** What {@code NOW} and {@code LAST HOUR} go by; the system's clock unless told. */
    public Builder clock(Clock source) {
      clock = Objects.requireNonNull(source, "clock");
      return this;
    }

    /** The account and the key that may read its reports. */
    public Builder account(String id, String key) {
      accountId = notBlank("accountId", id);
      apiKey = notBlank("apiKey", key);
      return this;
    }

    /**
     * The simulator.
     *
     * @throws IllegalArgumentException if two subscribers share a number
     */
    public AlefSimulator build() {
      return new AlefSimulator(this);
    }

    private AlefFleet fleet() {
      return new AlefFleet(
          scripted,
          new AlefGeneratedFleet(subscribers, subscribersPerSite, seed, firstDay, lastDay));
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
