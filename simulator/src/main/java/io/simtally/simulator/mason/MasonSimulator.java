package io.simtally.simulator.mason;

import io.simtally.simulator.Endpoint;
import io.simtally.simulator.FaultScript;
import io.simtally.simulator.Operation;
import io.simtally.simulator.Route;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorBuilder;
import io.simtally.simulator.internal.Preconditions;
import io.simtally.simulator.internal.SeededFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * <p>Thread-safe.
 */
public final class MasonSimulator extends Simulator<MasonSimulator> {
  private static final Set<Operation> OPERATIONS =
      Set.of(
          Operation.AGGREGATE_ACCOUNT_USAGE,
          Operation.AGGREGATE_SIMS_USAGE,
          Operation.AGGREGATE_SIM_USAGE,
          Operation.SERIES_ACCOUNT_USAGE,
          Operation.SERIES_SIM_USAGE);

  private final String apiKey;
  private final String unscopedApiKey;
  private final MasonFleet fleet;
  private final String fleetName;
  private final MasonEndpoint calls;
  private final Endpoint usage;

  private MasonSimulator(Builder builder) {
    super(builder, "", "/beta/");
    apiKey = builder.apiKey;
    unscopedApiKey = builder.unscopedApiKey;
    fleet = builder.fleet();
    fleetName = builder.fleetName;
    MasonPaging paging = new MasonPaging(seed(), builder.pageSize);
    calls = new MasonEndpoint(apiKey, unscopedApiKey, fleet, paging, fleetName, served());
    usage = Endpoint.of(calls, OPERATIONS);
  }

  /**
   * Begins a simulator with ten SIMs, thirty days of usage and an API key of its own.
   *
   * @return a builder with these defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the faults of the requests for usage, those of {@link #next} and {@link #every}} */
  public FaultScript usageFaults() {
    return usage.script();
  }

  /**
   * {@return the ICCIDs of all SIMs, made as they are asked for: those added to the builder first;
   * unmodifiable}
   */
  public List<String> iccids() {
    return fleet.iccids();
  }

  /** {@return the API key that is accepted} */
  public String apiKey() {
    return apiKey;
  }

  /** {@return the API key of the account that may not read usage} */
  public String unscopedApiKey() {
    return unscopedApiKey;
  }

  /** {@return the name of the fleet in the paths} */
  public String fleet() {
    return fleetName;
  }

  @Override
  protected Map<String, String> variables(String url) {
    return Map.of("MASON_API_KEY", apiKey(), "MASON_FLEET", fleetName, "MASON_BASE_URL", url);
  }

  @Override
  protected Optional<Route> route(RecordedRequest request) {
    return calls.find(request).map(call -> new Route(usage, call.operation(), values(call)));
  }

  private Map<String, String> values(MasonCall call) {
    return call.subject() == MasonCall.Subject.SIM
        ? Map.of("fleet", fleetName, "iccid", call.iccid())
        : Map.of("fleet", fleetName);
  }

  @Override
  protected MockResponse unknown(RecordedRequest request) {
    return MasonError.NOT_FOUND.answer("There is nothing here.");
  }

  @Override
  protected MockResponse scripted(int status) {
    return MasonError.scripted(status);
  }

  @Override
  protected MasonSimulator self() {
    return this;
  }

  @Override
  protected Endpoint scriptedByDefault() {
    return usage;
  }

  /** Settings of a simulator to be. Not thread-safe. */
  public static final class Builder extends SimulatorBuilder<MasonSimulator, Builder> {
    private static final int MAX_PAGE_SIZE = 10_000;

    private final List<MasonMember> added = new ArrayList<>();
    private int sims = 10;
    private int pageSize = 100;
    private String fleetName = "default";
    private String apiKey = "simulated-api-key";
    private String unscopedApiKey = "simulated-unscoped-api-key";

    private Builder() {}

    /**
     * How many SIMs to make up.
     *
     * @param count 0 to 1,000,000; 10 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder sims(int count) {
      sims = Preconditions.within("sims", count, 0, SeededFleet.MAX_SIZE);
      return this;
    }

    /**
     * Adds a SIM with exactly this usage, to those made up.
     *
     * @param iccid the SIM, not blank; no other added SIM's
     * @param days in any order; the SIM used nothing on others
     * @return this builder
     * @throws IllegalArgumentException if the ICCID is blank
     */
    public Builder sim(String iccid, MasonDay... days) {
      return sim(iccid, List.of(days));
    }

    /**
     * Adds a SIM with exactly this usage, to those made up.
     *
     * @param iccid the SIM, not blank; no other added SIM's
     * @param days in any order; the SIM used nothing on others
     * @return this builder
     * @throws IllegalArgumentException if the ICCID is blank
     */
    public Builder sim(String iccid, List<MasonDay> days) {
      added.add(MasonMember.of(Preconditions.notBlank("iccid", iccid), days));
      return this;
    }

    /**
     * How many rows an answer holds at most, and if no limit is asked for.
     *
     * @param rows 1 to 10,000; 100 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder pageSize(int rows) {
      pageSize = Preconditions.within("pageSize", rows, 1, MAX_PAGE_SIZE);
      return this;
    }

    /**
     * The name of the fleet in the paths; {@code default} by default.
     *
     * @param name the fleet, not blank
     * @return this builder
     * @throws IllegalArgumentException if it is blank
     */
    public Builder fleet(String name) {
      fleetName = Preconditions.notBlank("fleet", name);
      return this;
    }

    /**
     * The API key to accept.
     *
     * @param key a key with the scope that usage needs, not blank; {@code simulated-api-key} by
     *     default
     * @return this builder
     * @throws IllegalArgumentException if it is blank
     */
    public Builder apiKey(String key) {
      apiKey = Preconditions.notBlank("apiKey", key);
      return this;
    }

    /**
     * An API key of the account without the scope that usage needs.
     *
     * @param key a key that is known but refused, not blank; {@code simulated-unscoped-api-key} by
     *     default
     * @return this builder
     * @throws IllegalArgumentException if it is blank
     */
    public Builder unscopedApiKey(String key) {
      unscopedApiKey = Preconditions.notBlank("unscopedApiKey", key);
      return this;
    }

    /**
     * The simulator.
     *
     * @throws IllegalArgumentException if two SIMs share an ICCID
     */
    @Override
    public MasonSimulator build() {
      return new MasonSimulator(this);
    }

    @Override
    protected Builder self() {
      return this;
    }

    private MasonFleet fleet() {
      return new MasonFleet(added, new SeededFleet(sims, seed(), "mason", firstDay(), lastDay()));
    }
  }
}
