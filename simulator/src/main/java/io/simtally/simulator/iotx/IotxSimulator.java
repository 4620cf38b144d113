package io.simtally.simulator.iotx;

import io.simtally.simulator.Endpoint;
import io.simtally.simulator.ExpiredCredential;
import io.simtally.simulator.FaultScript;
import io.simtally.simulator.Operation;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.Route;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorBuilder;
import io.simtally.simulator.Traffic;
import io.simtally.simulator.internal.Preconditions;
import io.simtally.simulator.internal.SeededFleet;
import io.simtally.simulator.internal.UsageHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
 * <p>Where the page is silent, it holds that the end of a range is not part of it, unless {@link
 * Builder#includesEndDate} says so, and that what is an array is empty where nothing was used.
 *
 * <p>Thread-safe.
 */
public final class IotxSimulator extends Simulator<IotxSimulator> {
  private static final Set<Operation> OPERATIONS =
      Set.of(
          Operation.DATA_USAGE,
          Operation.SUBSCRIBER_DATA_USAGE,
          Operation.DATA_USAGE_BY_SUBSCRIBER,
          Operation.SESSION_COUNT,
          Operation.SUBSCRIBER_SESSION_COUNT,
          Operation.DATA_USAGE_BY_NETWORK_PROTOCOL,
          Operation.DATA_USAGE_BY_IP_ADDRESS,
          Operation.SUBSCRIBER_DATA_USAGE_BY_IP_ADDRESS);

  private final IotxTokens tokens;
  private final IotxFleet fleet;
  private final Endpoint usage;

  private IotxSimulator(Builder builder) {
    super(builder, "", "/analytics/");
    tokens = new IotxTokens(builder.token, clock(), seed());
    fleet = builder.fleet();
    usage =
        Endpoint.of(
            new IotxEndpoint(tokens, fleet, builder.shape, builder.includesEndDate, served()),
            OPERATIONS,
            ExpiredCredential.TOKEN);
  }

  /**
   * Begins a simulator with ten subscribers, thirty days of usage and a token of its own.
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
   * {@return the subscribers, made as they are asked for: those added to the builder first;
   * unmodifiable}
   */
  public List<IotxSubscriber> subscribers() {
    return fleet.subscribers();
  }

  /** {@return a token that is accepted for ever} */
  public String token() {
    return tokens.fixed();
  }

  /** {@return a new token, which is accepted for 899 seconds by the builder's clock} */
  public String issueToken() {
    return tokens.issue();
  }

  @Override
  public Traffic traffic() {
    return super.traffic().withTokens(0, tokens.issued());
  }

  @Override
  protected Map<String, String> variables(String url) {
    return Map.of("IOTX_TOKEN", token(), "IOTX_BASE_URL", url);
  }

  @Override
  protected Optional<Route> route(RecordedRequest request) {
    return IotxEndpoint.find(request)
        .map(call -> new Route(usage, call.operation(), values(call.physicalId())));
  }

  private static Map<String, String> values(Optional<String> physicalId) {
    return physicalId.map(id -> Map.of("physicalId", id)).orElse(Map.of());
  }

  @Override
  protected MockResponse unknown(RecordedRequest request) {
    return IotxError.NOT_FOUND.answer("There is nothing here.");
  }

  @Override
  protected MockResponse scripted(int status) {
    return IotxError.scripted(status);
  }

  @Override
  protected ProviderError expire(
      ExpiredCredential credential, Operation operation, RecordedRequest request)
      throws ProviderError {
    return tokens.expire(request);
  }

  @Override
  protected IotxSimulator self() {
    return this;
  }

  @Override
  protected Endpoint scriptedByDefault() {
    return usage;
  }

  /** Settings of a simulator to be. Not thread-safe. */
  public static final class Builder extends SimulatorBuilder<IotxSimulator, Builder> {
    private final List<IotxMember> added = new ArrayList<>();
    private int subscribers = 10;
    private IotxShape shape = IotxShape.SPECIFIED;
    private boolean includesEndDate;
    private String token = "simulated-token";

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
     * Adds a subscriber with exactly this usage, to those made up.
     *
     * @param subscriber its names must be no other subscriber's
     * @param usage in any order; the subscriber used nothing at other times
     * @return this builder
     */
    public Builder subscriber(IotxSubscriber subscriber, IotxUsage... usage) {
      return subscriber(subscriber, List.of(usage));
    }

    /**
     * Counts what was used at the very moment of a range's {@code endDate} to the range: nowhere
     * does IoT-X say whether it does. By default it is left out.
     *
     * @return this builder
     */
    public Builder includesEndDate() {
      includesEndDate = true;
      return this;
    }

    /**
     * Adds a subscriber with exactly this usage, to those made up.
     *
     * @param subscriber its names must be no other subscriber's
     * @param usage in any order; the subscriber used nothing at other times
     * @return this builder
     */
    public Builder subscriber(IotxSubscriber subscriber, List<IotxUsage> usage) {
      Objects.requireNonNull(subscriber, "subscriber");
      added.add(new IotxMember(subscriber, UsageHistory.of(usage, IotxUsage::time)));
      return this;
    }

    /**
     * How answers are shaped; {@link IotxShape#SPECIFIED} by default.
     *
     * @param answers the shape of the successful answers
     * @return this builder
     */
    public Builder shape(IotxShape answers) {
      shape = Objects.requireNonNull(answers, "shape");
      return this;
    }

    /**
     * The token that is accepted for ever.
     *
     * @param bearer the token without its scheme, not blank; {@code simulated-token} by default
     * @return this builder
     * @throws IllegalArgumentException if it is blank
     */
    public Builder token(String bearer) {
      token = Preconditions.notBlank("token", bearer);
      return this;
    }

    /**
     * The simulator.
     *
     * @throws IllegalArgumentException if two subscribers share a name
     */
    @Override
    public IotxSimulator build() {
      return new IotxSimulator(this);
    }

    @Override
    protected Builder self() {
      return this;
    }

    private IotxFleet fleet() {
      return new IotxFleet(
          added, new SeededFleet(subscribers, seed(), "iotx", firstDay(), lastDay()));
    }
  }
}
