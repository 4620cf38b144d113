package io.simtally.simulator.alef;

import io.simtally.simulator.Endpoint;
import io.simtally.simulator.FaultScript;
import io.simtally.simulator.Operation;
import io.simtally.simulator.Route;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorBuilder;
import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.Preconditions;
import io.simtally.simulator.internal.SeededFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
 * <p>Thread-safe.
 */
public final class AlefSimulator extends Simulator<AlefSimulator> {
  private static final String REPORT_PATH = "/connectivity/v1/report";

  private final String accountId;
  private final String apiKey;
  private final AlefFleet fleet;
  private final Endpoint report;

  private AlefSimulator(Builder builder) {
    super(builder, "", "/connectivity/");
    accountId = builder.accountId;
    apiKey = builder.apiKey;
    fleet = builder.fleet();
    report =
        Endpoint.of(
            new AlefReportEndpoint(accountId, apiKey, fleet, clock(), served()),
            Set.of(Operation.REPORT));
  }

  /**
   * Begins a simulator with ten subscribers, thirty days of usage and a key of its own.
   *
   * @return a builder with these defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return the faults of the requests for a report, those of {@link #next} and {@link #every}}
   */
  public FaultScript reportFaults() {
    return report.script();
  }

  /**
   * {@return the subscribers, made as they are asked for: those added to the builder first;
   * unmodifiable}
   */
  public List<AlefSubscriber> subscribers() {
    return fleet.subscribers();
  }

  /**
   * What a subscriber used, from which all reports are made.
   *
   * @param subscriber whose usage; only its {@code msisdn} counts
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

  /** {@return the account that reports are asked of} */
  public String accountId() {
    return accountId;
  }

  /** {@return the key that is accepted} */
  public String apiKey() {
    return apiKey;
  }

  @Override
  protected Map<String, String> variables(String url) {
    return Map.of("ALEF_API_KEY", apiKey, "ALEF_ACCOUNT_ID", accountId, "ALEF_BASE_URL", url);
  }

  @Override
  protected Optional<Route> route(RecordedRequest request) {
    return REPORT_PATH.equals(request.getUrl().encodedPath()) && "POST".equals(request.getMethod())
        ? Optional.of(new Route(report, Operation.REPORT, Map.of()))
        : Optional.empty();
  }

  @Override
  protected MockResponse unknown(RecordedRequest request) {
    return AlefError.NOT_FOUND.error("nothing at " + request.getUrl().encodedPath()).answer();
  }

  @Override
  protected MockResponse scripted(int status) {
    return AnswerBody.text(status, "Error " + status);
  }

  @Override
  protected AlefSimulator self() {
    return this;
  }

  @Override
  protected Endpoint scriptedByDefault() {
    return report;
  }

  /** Settings of a simulator to be. Not thread-safe. */
  public static final class Builder extends SimulatorBuilder<AlefSimulator, Builder> {
    private final List<AlefMember> added = new ArrayList<>();
    private int subscribers = 10;
    private int subscribersPerSite = 25;
    private String accountId = "62c40843c7a1909709112345";
    private String apiKey = "simulated-key";

    private Builder() {}

    /**
     * How many subscribers to make up.
     *
     * @param count 0 to 1,000,000; 10 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder subscribers(int count) {
      subscribers = Preconditions.within("subscribers", count, 0, SeededFleet.MAX_SIZE);
      return this;
    }

    /**
     * How many of the subscribers made up share a customer site.
     *
     * @param count 1 to 1,000,000; 25 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder subscribersPerSite(int count) {
      subscribersPerSite =
          Preconditions.within("subscribersPerSite", count, 1, SeededFleet.MAX_SIZE);
      return this;
    }

    /**
     * Adds a subscriber with exactly this usage, to those made up.
     *
     * @param subscriber its number and that of its SIM must be no other added subscriber's
     * @param usage in any order; the subscriber used nothing at other times
     * @return this builder
     * @throws IllegalArgumentException if two are of the same five minutes
     */
    public Builder subscriber(AlefSubscriber subscriber, AlefUsage... usage) {
      return subscriber(subscriber, List.of(usage));
    }

    /**
     * Adds a subscriber with exactly this usage, to those made up.
     *
     * @param subscriber its number and that of its SIM must be no other added subscriber's
     * @param usage in any order; the subscriber used nothing at other times
     * @return this builder
     * @throws IllegalArgumentException if two are of the same five minutes
     */
    public Builder subscriber(AlefSubscriber subscriber, List<AlefUsage> usage) {
      Objects.requireNonNull(subscriber, "subscriber");
      added.add(AlefMember.of(subscriber, usage));
      return this;
    }

    /**
     * The account and the key that may read its reports.
     *
     * @param id the account that reports are asked of, not blank; {@code 62c40843c7a1909709112345}
     *     by default
     * @param key the API key that is accepted, not blank; {@code simulated-key} by default
     * @return this builder
     * @throws IllegalArgumentException if one is blank
     */
    public Builder account(String id, String key) {
      accountId = Preconditions.notBlank("accountId", id);
      apiKey = Preconditions.notBlank("apiKey", key);
      return this;
    }

    /**
     * The simulator.
     *
     * @throws IllegalArgumentException if two subscribers share a number
     */
    @Override
    public AlefSimulator build() {
      return new AlefSimulator(this);
    }

    @Override
    protected Builder self() {
      return this;
    }

    private AlefFleet fleet() {
      return new AlefFleet(
          added,
          new SeededFleet(subscribers, seed(), "alef", firstDay(), lastDay()),
          subscribersPerSite);
    }
  }
}
