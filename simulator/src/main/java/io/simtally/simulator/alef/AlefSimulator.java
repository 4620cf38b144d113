package io.simtally.simulator.alef;

import io.simtally.simulator.FaultScript;
import io.simtally.simulator.ListedDevice;
import io.simtally.simulator.MappedList;
import io.simtally.simulator.Operation;
import io.simtally.simulator.Route;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorBuilder;
import io.simtally.simulator.SimulatorEndpoint;
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
 * A simulated Alef, which answers reports as the page "Time, bandwidth or byte counts" shows them.
 *
 * <p>It serves {@code POST /connectivity/v1/report?apikey=…}: series of hours or days, percentiles,
 * and snapshots of {@code NOW}, of time, bytes, bandwidth and online status, filtered by one value
 * of account, site, MSISDN and IMSI. Requests that no page shows (several values of a filter,
 * answers split by a dimension, CSV, other metrics) are refused. A wrong key is refused with status
 * 401: Alef only documents an "invalid request". The fleet depends on the seed only; {@link #next}
 * and {@link #every} script failures.
 *
 * <p>Thread-safe.
 */
public final class AlefSimulator extends Simulator<AlefSimulator> {
  private static final String REPORT_PATH = "/connectivity/v1/report";

  private final String accountId;
  private final String apiKey;
  private final AlefFleet fleet;
  private final SimulatorEndpoint report;

  private AlefSimulator(Builder builder) {
    super(builder, "", "/connectivity/");
    accountId = builder.accountId;
    apiKey = builder.apiKey;
    fleet = builder.fleet();
    report =
        new SimulatorEndpoint(
            new AlefReportEndpoint(accountId, apiKey, fleet, clock(), served()),
            Set.of(Operation.REPORT));
  }

  /** {@return a builder with ten subscribers, thirty days of usage and a default key} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the script of the requests for a report, that of {@link #next} and {@link #every}} */
  public FaultScript reportFaults() {
    return report.script();
  }

  /** {@return the subscribers, created on access, the added ones first; unmodifiable} */
  public List<AlefSubscriber> subscribers() {
    return fleet.subscribers();
  }

  /**
   * {@return the usage of a subscriber, the source of all reports, the oldest first; empty if the
   * fleet has no such subscriber}
   *
   * @param subscriber identified by its {@code msisdn}
   * @param after the excluded start of the range
   * @param until the included end of the range
   */
  public List<AlefUsage> usage(AlefSubscriber subscriber, Instant after, Instant until) {
    return fleet
        .ofMsisdn(subscriber.msisdn())
        .flatMap(member -> member.usage(after, until).stream())
        .toList();
  }

  @Override
  public List<ListedDevice> listedDevices(String provider) {
    return provider.equals("alef-connectivity")
        ? MappedList.of(subscribers(), each -> new ListedDevice("msisdn", each.msisdn(), null))
        : List.of();
  }

  /** {@return the account of the reports} */
  public String accountId() {
    return accountId;
  }

  /** {@return the accepted key} */
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
  protected SimulatorEndpoint scriptedByDefault() {
    return report;
  }

  /** Builds a simulated Alef. Not thread-safe. */
  public static final class Builder extends SimulatorBuilder<AlefSimulator, Builder> {
    private final List<AlefMember> added = new ArrayList<>();
    private int subscribers = 10;
    private int subscribersPerSite = 25;
    private String accountId = "62c40843c7a1909709112345";
    private String apiKey = "simulated-key";

    private Builder() {}

    /**
     * Sets the number of generated subscribers.
     *
     * @param count 0 to 1,000,000; 10 by default
     */
    public Builder subscribers(int count) {
      subscribers = Preconditions.within("subscribers", count, 0, SeededFleet.MAX_SIZE);
      return this;
    }

    /**
     * Sets the number of generated subscribers that share a customer site.
     *
     * @param count 1 to 1,000,000; 25 by default
     */
    public Builder subscribersPerSite(int count) {
      subscribersPerSite =
          Preconditions.within("subscribersPerSite", count, 1, SeededFleet.MAX_SIZE);
      return this;
    }

    /** Adds a subscriber with exactly this usage. */
    public Builder subscriber(AlefSubscriber subscriber, AlefUsage... usage) {
      return subscriber(subscriber, List.of(usage));
    }

    /**
     * Adds a subscriber with exactly this usage.
     *
     * @param subscriber its MSISDN and IMSI must differ from those of all other added subscribers
     * @param usage in any order, each of other five minutes
     */
    public Builder subscriber(AlefSubscriber subscriber, List<AlefUsage> usage) {
      added.add(AlefMember.of(Objects.requireNonNull(subscriber, "subscriber"), usage));
      return this;
    }

    /**
     * Sets the account and the key for its reports.
     *
     * @param id the account, not blank; {@code 62c40843c7a1909709112345} by default
     * @param key the accepted API key, not blank; {@code simulated-key} by default
     */
    public Builder account(String id, String key) {
      accountId = Preconditions.notBlank("accountId", id);
      apiKey = Preconditions.notBlank("apiKey", key);
      return this;
    }

    @Override
    public AlefSimulator build() {
      return new AlefSimulator(this);
    }

    private AlefFleet fleet() {
      return new AlefFleet(added, seeded(subscribers, "alef"), subscribersPerSite);
    }
  }
}
