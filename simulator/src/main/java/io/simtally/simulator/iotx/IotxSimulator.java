package io.simtally.simulator.iotx;

import io.simtally.simulator.ExpiredCredential;
import io.simtally.simulator.FaultScript;
import io.simtally.simulator.Operation;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.Route;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorBuilder;
import io.simtally.simulator.SimulatorEndpoint;
import io.simtally.simulator.Traffic;
import io.simtally.simulator.internal.MemberUsage;
import io.simtally.simulator.internal.Preconditions;
import io.simtally.simulator.internal.SeededFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * A simulated IoT-X, which answers the Analytics calls as the provider's specification says.
 *
 * <p>It serves {@code GET} on {@code /analytics/data-usage}, {@code
 * /analytics/data-usage/{physicalId}}, {@code /analytics/data-usage-by-subscriber}, {@code
 * /analytics/session-count}, {@code /analytics/session-count/{physicalId}}, {@code
 * /analytics/data-usage-network-protocol}, {@code /analytics/data-usage-ip-address} and {@code
 * /analytics/data-usage-ip-address/{physicalId}}. Invalid requests, and requests with an
 * undocumented parameter, are refused in the documented envelope. The fleet depends on the seed
 * only; {@link #next} and {@link #every} script failures.
 *
 * <p>The page leaves two points open. Here the end of a range is excluded, unless {@link
 * Builder#includesEndDate} is called, and an array without usage is empty.
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
  private final SimulatorEndpoint usage;

  private IotxSimulator(Builder builder) {
    super(builder, "", "/analytics/");
    tokens = new IotxTokens(builder.token, clock(), seed());
    fleet = builder.fleet();
    usage =
        new SimulatorEndpoint(
            new IotxEndpoint(tokens, fleet, builder.shape, builder.includesEndDate, served()),
            OPERATIONS,
            ExpiredCredential.TOKEN);
  }

  /** {@return a builder with ten subscribers, thirty days of usage and a default token} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the script of the requests for usage, that of {@link #next} and {@link #every}} */
  public FaultScript usageFaults() {
    return usage.script();
  }

  /** {@return the subscribers, created on access, the added ones first; unmodifiable} */
  public List<IotxSubscriber> subscribers() {
    return fleet.subscribers();
  }

  /** {@return a token that never expires} */
  public String token() {
    return tokens.fixed();
  }

  /** {@return a new token, which expires after 899 seconds of the builder's clock} */
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
        .map(
            call ->
                new Route(
                    usage,
                    call.operation(),
                    call.physicalId().map(id -> Map.of("physicalId", id)).orElse(Map.of())));
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
  protected SimulatorEndpoint scriptedByDefault() {
    return usage;
  }

  /** Builds a simulated IoT-X. Not thread-safe. */
  public static final class Builder extends SimulatorBuilder<IotxSimulator, Builder> {
    private final List<IotxMember> added = new ArrayList<>();
    private int subscribers = 10;
    private IotxShape shape = IotxShape.SPECIFIED;
    private boolean includesEndDate;
    private String token = "simulated-token";

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

    /** Adds a subscriber with exactly this usage. */
    public Builder subscriber(IotxSubscriber subscriber, IotxUsage... usage) {
      return subscriber(subscriber, List.of(usage));
    }

    /**
     * Adds a subscriber with exactly this usage.
     *
     * @param subscriber its identifiers must differ from those of all others
     * @param usage in any order
     */
    public Builder subscriber(IotxSubscriber subscriber, List<IotxUsage> usage) {
      Objects.requireNonNull(subscriber, "subscriber");
      added.add(new IotxMember(subscriber, MemberUsage.of(usage, IotxUsage::time)));
      return this;
    }

    /**
     * Includes usage at exactly the {@code endDate} of a range, which IoT-X does not document. By
     * default it is excluded.
     */
    public Builder includesEndDate() {
      includesEndDate = true;
      return this;
    }

    /** Sets the shape of the answers; {@link IotxShape#SPECIFIED} by default. */
    public Builder shape(IotxShape answers) {
      shape = Objects.requireNonNull(answers, "shape");
      return this;
    }

    /**
     * Sets the token that never expires.
     *
     * @param bearer the token without its scheme, not blank; {@code simulated-token} by default
     */
    public Builder token(String bearer) {
      token = Preconditions.notBlank("token", bearer);
      return this;
    }

    @Override
    public IotxSimulator build() {
      return new IotxSimulator(this);
    }

    private IotxFleet fleet() {
      return new IotxFleet(added, seeded(subscribers, "iotx"));
    }
  }
}
