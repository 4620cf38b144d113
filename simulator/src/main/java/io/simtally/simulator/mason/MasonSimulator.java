package io.simtally.simulator.mason;

import io.simtally.simulator.FaultScript;
import io.simtally.simulator.Operation;
import io.simtally.simulator.Route;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorBuilder;
import io.simtally.simulator.SimulatorEndpoint;
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
 * A simulated Mason, which answers the usage of a month and of days as the provider's pages say.
 *
 * <p>It serves {@code GET} on {@code /beta/{fleet}/data/aggregate/usage}, {@code
 * .../aggregate/usage/sim}, {@code .../aggregate/usage/sim/{iccid}}, {@code .../series/usage},
 * {@code .../series/usage/sim/{iccid}} and, since the page contradicts itself, {@code
 * .../series/usage/{iccid}}. Invalid requests, and requests with an undocumented parameter, are
 * refused in the documented envelope. The fleet depends on the seed only; {@link #next} and {@link
 * #every} script failures.
 *
 * <p>The pages leave some points open. Here days and months are those of UTC, a SIM without usage
 * has no row while the account always has one, and a page has at most 100 rows.
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

  private final MasonEndpoint calls;
  private final SimulatorEndpoint usage;

  private MasonSimulator(Builder builder) {
    super(builder, "", "/beta/");
    MasonFleet fleet = builder.fleet();
    calls =
        new MasonEndpoint(
            builder.apiKey,
            builder.unscopedApiKey,
            builder.fleetName,
            fleet,
            new MasonLedger(fleet.members()),
            new MasonPaging(seed(), builder.pageSize),
            served());
    usage = new SimulatorEndpoint(calls, OPERATIONS);
  }

  /** {@return a builder with ten SIMs, thirty days of usage and a default API key} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the script of the requests for usage, that of {@link #next} and {@link #every}} */
  public FaultScript usageFaults() {
    return usage.script();
  }

  /** {@return the ICCIDs of all SIMs, created on access, the added ones first; unmodifiable} */
  public List<String> iccids() {
    return calls.fleet().iccids();
  }

  /** {@return the accepted API key} */
  public String apiKey() {
    return calls.apiKey();
  }

  /** {@return an API key of the account without access to usage} */
  public String unscopedApiKey() {
    return calls.unscopedApiKey();
  }

  /** {@return the name of the fleet in the paths} */
  public String fleet() {
    return calls.fleetName();
  }

  @Override
  protected Map<String, String> variables(String url) {
    return Map.of("MASON_API_KEY", apiKey(), "MASON_FLEET", fleet(), "MASON_BASE_URL", url);
  }

  @Override
  protected Optional<Route> route(RecordedRequest request) {
    return calls.find(request).map(call -> new Route(usage, call.operation(), values(call)));
  }

  private Map<String, String> values(MasonCall call) {
    return call.subject() == MasonCall.Subject.SIM
        ? Map.of("fleet", fleet(), "iccid", call.iccid())
        : Map.of("fleet", fleet());
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
  protected SimulatorEndpoint scriptedByDefault() {
    return usage;
  }

  /** Builds a simulated Mason. Not thread-safe. */
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
     * Sets the number of generated SIMs.
     *
     * @param count 0 to 1,000,000; 10 by default
     */
    public Builder sims(int count) {
      sims = Preconditions.within("sims", count, 0, SeededFleet.MAX_SIZE);
      return this;
    }

    /** Adds a SIM with exactly this usage. */
    public Builder sim(String iccid, MasonDay... days) {
      return sim(iccid, List.of(days));
    }

    /**
     * Adds a SIM with exactly this usage.
     *
     * @param iccid the SIM, not blank; different from all other added SIMs
     * @param days in any order
     */
    public Builder sim(String iccid, List<MasonDay> days) {
      added.add(MasonMember.of(Preconditions.notBlank("iccid", iccid), days));
      return this;
    }

    /**
     * Sets the largest number of rows of an answer, which is also the default limit.
     *
     * @param rows 1 to 10,000; 100 by default
     */
    public Builder pageSize(int rows) {
      pageSize = Preconditions.within("pageSize", rows, 1, MAX_PAGE_SIZE);
      return this;
    }

    /**
     * Sets the name of the fleet in the paths.
     *
     * @param name the fleet, not blank; {@code default} by default
     */
    public Builder fleet(String name) {
      fleetName = Preconditions.notBlank("fleet", name);
      return this;
    }

    /**
     * Sets the accepted API key.
     *
     * @param key a key with access to usage, not blank; {@code simulated-api-key} by default
     */
    public Builder apiKey(String key) {
      apiKey = Preconditions.notBlank("apiKey", key);
      return this;
    }

    /**
     * Sets an API key of the account without access to usage.
     *
     * @param key a known but refused key, not blank; {@code simulated-unscoped-api-key} by default
     */
    public Builder unscopedApiKey(String key) {
      unscopedApiKey = Preconditions.notBlank("unscopedApiKey", key);
      return this;
    }

    @Override
    public MasonSimulator build() {
      return new MasonSimulator(this);
    }

    private MasonFleet fleet() {
      return new MasonFleet(added, seeded(sims, "mason"));
    }
  }
}
