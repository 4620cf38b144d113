package io.simtally.simulator.thingspace;

import io.simtally.simulator.Endpoint;
import io.simtally.simulator.ExpiredCredential;
import io.simtally.simulator.FaultScript;
import io.simtally.simulator.Operation;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.Route;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorBuilder;
import io.simtally.simulator.Traffic;
import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.Preconditions;
import io.simtally.simulator.internal.SeededFleet;
import io.simtally.simulator.internal.ServedMeter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A ThingSpace that answers device usage history and Hyper-Precise session reports as the
 * provider's pages say.
 *
 * <p>It serves {@code POST} on {@code /api/ts/v1/oauth2/token}, {@code /api/m2m/v1/session/login},
 * {@code /api/m2m/v1/devices/usage/actions/list} and {@code /api/hyper-precise/v1/report/sessions},
 * the latter two with the same tokens. A request that the service would refuse is refused with the
 * documented error. Its fleet depends on nothing but the seed; {@link #next} and {@link #every}
 * script what goes wrong with the usage history, {@link #on} with any of the four.
 *
 * <p>Thread-safe.
 */
public final class ThingSpaceSimulator extends Simulator<ThingSpaceSimulator> {
  /** What the paths of all its requests begin with. */
  public static final String BASE_PATH = "/api";

  private final ThingSpaceAccount account;
  private final String accountNumber;
  private final ThingSpaceFleet fleet;
  private final M2mSessions sessions;
  private final ThingSpaceTokens tokens;
  private final ServedMeter sessionsServed = new ServedMeter();
  private final Endpoint token;
  private final Endpoint login;
  private final Endpoint usage;
  private final Endpoint sessionReport;

  private ThingSpaceSimulator(Builder builder) {
    super(builder, BASE_PATH, BASE_PATH + "/");
    account = builder.account();
    accountNumber = builder.accountNumber;
    fleet = builder.fleet();
    tokens = new ThingSpaceTokens(account, clock(), seed());
    sessions = new M2mSessions(account, clock(), seed());
    token = Endpoint.of(new ThingSpaceTokenEndpoint(tokens), Set.of(Operation.TOKEN));
    login =
        Endpoint.of(
            new ThingSpaceLoginEndpoint(tokens, sessions),
            Set.of(Operation.LOGIN),
            ExpiredCredential.TOKEN);
    usage =
        Endpoint.of(
            new UsageHistoryEndpoint(tokens, sessions, fleet, builder.pageSize, clock(), served()),
            Set.of(Operation.USAGE_HISTORY),
            ExpiredCredential.TOKEN,
            ExpiredCredential.SESSION);
    sessionReport =
        Endpoint.of(
            new SessionReportEndpoint(
                tokens, sessions, builder.hyperPrecise(fleet), clock(), sessionsServed, seed()),
            Set.of(Operation.SESSION_REPORT),
            ExpiredCredential.TOKEN,
            ExpiredCredential.SESSION);
  }

  /**
   * Begins a simulator with ten devices, thirty days of usage and credentials of its own.
   *
   * @return a builder with these defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return the faults of the requests for usage history, those of {@link #next} and {@link
   * #every}}
   */
  public FaultScript usageFaults() {
    return usage.script();
  }

  /** {@return the faults of the requests for session reports} */
  public FaultScript sessionReportFaults() {
    return sessionReport.script();
  }

  /** {@return the faults of the requests for an access token} */
  public FaultScript tokenFaults() {
    return token.script();
  }

  /** {@return the faults of the logins} */
  public FaultScript loginFaults() {
    return login.script();
  }

  /**
   * {@return the devices, made as they are asked for: those added to the builder first;
   * unmodifiable}
   */
  public List<SimulatedDevice> devices() {
    return fleet.devices();
  }

  /** {@return the application key that is accepted} */
  public String key() {
    return account.key();
  }

  /** {@return the application secret that is accepted} */
  public String secret() {
    return account.secret();
  }

  /** {@return the username that is accepted} */
  public String username() {
    return account.username();
  }

  /** {@return the password that is accepted} */
  public String password() {
    return account.password();
  }

  /** {@return the account that session reports are given for} */
  public String accountNumber() {
    return accountNumber;
  }

  /** {@return whether five failed logins in a row have locked the user} */
  public boolean isLocked() {
    return sessions.isLocked();
  }

  /** Does what the provider's support does for a user who is locked. */
  public void unlock() {
    sessions.unlock();
  }

  /** {@return the requests and answers since the simulator was built, as of now} */
  @Override
  public Traffic traffic() {
    Traffic usageOnly = super.traffic();
    return new Traffic(
        token.requests(),
        tokens.issued(),
        login.requests(),
        sessions.logins(),
        sessions.failures(),
        usageOnly.usageRequests(),
        usageOnly.unknownRequests(),
        usageOnly.refusedRequests(),
        usageOnly.rowsServed(),
        usageOnly.bytesServed());
  }

  /** {@return the session reports since the simulator was built, as of now} */
  public SessionReportTraffic sessionReportTraffic() {
    return new SessionReportTraffic(
        sessionReport.requests(), sessionsServed.rows(), sessionsServed.bytes());
  }

  @Override
  protected Map<String, String> variables(String url) {
    return Map.of(
        "THINGSPACE_KEY", key(),
        "THINGSPACE_SECRET", secret(),
        "THINGSPACE_USERNAME", username(),
        "THINGSPACE_PASSWORD", password(),
        "THINGSPACE_BASE_URL", url);
  }

  @Override
  protected Optional<Route> route(RecordedRequest request) {
    return switch (request.getMethod() + " " + request.getUrl().encodedPath()) {
      case "POST /api/ts/v1/oauth2/token" -> route(token, Operation.TOKEN);
      case "POST /api/m2m/v1/session/login" -> route(login, Operation.LOGIN);
      case "POST /api/m2m/v1/devices/usage/actions/list" -> route(usage, Operation.USAGE_HISTORY);
      case "POST /api/hyper-precise/v1/report/sessions" ->
          route(sessionReport, Operation.SESSION_REPORT);
      default -> Optional.empty();
    };
  }

  private static Optional<Route> route(Endpoint endpoint, Operation operation) {
    return Optional.of(new Route(endpoint, operation, Map.of()));
  }

  @Override
  protected MockResponse unknown(RecordedRequest request) {
    return GatewayError.NO_MATCHING_RESOURCE.answer(request.getUrl().encodedPath());
  }

  @Override
  protected MockResponse scripted(int status) {
    return status == 429
        ? GatewayError.THROTTLED_OUT.answer("")
        : AnswerBody.text(status, "Error " + status);
  }

  @Override
  protected ProviderError expire(
      ExpiredCredential credential, Operation operation, RecordedRequest request)
      throws ProviderError {
    if (credential == ExpiredCredential.TOKEN) {
      return tokens.expire(request);
    }
    tokens.require(request);
    ProviderError error = expireSession(request);
    return operation == Operation.SESSION_REPORT ? HyperPreciseError.ACCESS_DENIED.error() : error;
  }

  private ProviderError expireSession(RecordedRequest request) {
    try {
      return sessions.expire(request);
    } catch (ProviderError e) {
      return e;
    }
  }

  @Override
  protected ThingSpaceSimulator self() {
    return this;
  }

  @Override
  protected Endpoint scriptedByDefault() {
    return usage;
  }

  @Override
  protected List<Endpoint> endpoints() {
    return List.of(token, login, usage, sessionReport);
  }

  /** Settings of a simulator to be. Not thread-safe. */
  public static final class Builder extends SimulatorBuilder<ThingSpaceSimulator, Builder> {
    private static final int MAX_PAGE_SIZE = 500;

    private final List<ThingSpaceMember> added = new ArrayList<>();
    private final Map<String, List<SimulatedSession>> sessions = new HashMap<>();
    private final Map<String, HyperPreciseError> errors = new HashMap<>();
    private int devices = 10;
    private int pageSize = MAX_PAGE_SIZE;
    private String key = "simulated-key";
    private String secret = "simulated-secret";
    private String accountNumber = "0844021539-00001";
    private String username = "simulated-user";
    private String password = "simulated-password";
    private @Nullable String fixedBearer;
    private @Nullable String fixedSession;

    private Builder() {}

    /**
     * How many devices to make up.
     *
     * @param count 0 to 1,000,000; 10 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder devices(int count) {
      devices = Preconditions.within("devices", count, 0, SeededFleet.MAX_SIZE);
      return this;
    }

    /**
     * Adds a device with exactly these rows, to those made up.
     *
     * @param device its identifiers and its label must be no other added device's
     * @param rows in any order; answers have them oldest first
     * @return this builder
     */
    public Builder device(SimulatedDevice device, SimulatedUsage... rows) {
      return device(device, List.of(rows));
    }

    /**
     * Adds a device with exactly these rows, to those made up.
     *
     * @param device its identifiers and its label must be no other added device's
     * @param rows in any order; answers have them oldest first
     * @return this builder
     */
    public Builder device(SimulatedDevice device, List<SimulatedUsage> rows) {
      added.add(ThingSpaceMember.of(Objects.requireNonNull(device, "device"), rows));
      return this;
    }

    /**
     * Gives a device exactly these sessions, whether it is in the fleet or not. A device added
     * without has none; those made up have sessions whose bytes add up to their usage.
     *
     * @param imei the device, 1 to 16 digits
     * @param reported in any order, in place of those given before
     * @return this builder
     * @throws IllegalArgumentException if the IMEI is none
     */
    public Builder sessions(String imei, SimulatedSession... reported) {
      return sessions(imei, List.of(reported));
    }

    /**
     * Gives a device exactly these sessions, whether it is in the fleet or not.
     *
     * @param imei the device, 1 to 16 digits
     * @param reported in any order, in place of those given before
     * @return this builder
     * @throws IllegalArgumentException if the IMEI is none
     */
    public Builder sessions(String imei, List<SimulatedSession> reported) {
      sessions.put(
          imei(imei),
          reported.stream().sorted(Comparator.comparing(SimulatedSession::startTime)).toList());
      return this;
    }

    /**
     * Refuses every session report of a device.
     *
     * @param imei the device, 1 to 16 digits
     * @param error the answer, whether the device is in the fleet or not
     * @return this builder
     * @throws IllegalArgumentException if the IMEI is none
     */
    public Builder refuseSessionReport(String imei, HyperPreciseError error) {
      errors.put(imei(imei), Objects.requireNonNull(error, "error"));
      return this;
    }

    /**
     * The account that session reports are given for; {@code 0844021539-00001} by default.
     *
     * @param number with its leading zeros, not blank
     * @return this builder
     * @throws IllegalArgumentException if it is blank
     */
    public Builder accountNumber(String number) {
      accountNumber = Preconditions.notBlank("accountNumber", number);
      return this;
    }

    /**
     * How many records an answer holds at most.
     *
     * @param records 1 to 500; 500 by default, as documented
     * @return this builder
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder pageSize(int records) {
      pageSize = Preconditions.within("pageSize", records, 1, MAX_PAGE_SIZE);
      return this;
    }

    /**
     * The key and the secret of the application.
     *
     * @param applicationKey not blank; {@code simulated-key} by default
     * @param applicationSecret not blank; {@code simulated-secret} by default
     * @return this builder
     * @throws IllegalArgumentException if one is blank
     */
    public Builder application(String applicationKey, String applicationSecret) {
      key = Preconditions.notBlank("key", applicationKey);
      secret = Preconditions.notBlank("secret", applicationSecret);
      return this;
    }

    /**
     * The user who may log in.
     *
     * @param name the username, not blank; {@code simulated-user} by default
     * @param userPassword not blank; {@code simulated-password} by default
     * @return this builder
     * @throws IllegalArgumentException if one is blank
     */
    public Builder user(String name, String userPassword) {
      username = Preconditions.notBlank("username", name);
      password = Preconditions.notBlank("password", userPassword);
      return this;
    }

    /**
     * Accepts, besides those handed out, two tokens that never expire.
     *
     * @param bearer the access token without its scheme, not blank
     * @param m2mSessionToken the session token, not blank
     * @return this builder
     * @throws IllegalArgumentException if one is blank
     */
    public Builder tokens(String bearer, String m2mSessionToken) {
      fixedBearer = Preconditions.notBlank("bearer", bearer);
      fixedSession = Preconditions.notBlank("m2mSessionToken", m2mSessionToken);
      return this;
    }

    /**
     * The simulator.
     *
     * @throws IllegalArgumentException if two devices share an identifier or a label
     */
    @Override
    public ThingSpaceSimulator build() {
      return new ThingSpaceSimulator(this);
    }

    @Override
    protected Builder self() {
      return this;
    }

    private ThingSpaceAccount account() {
      return new ThingSpaceAccount(key, secret, username, password, fixedBearer, fixedSession);
    }

    private ThingSpaceFleet fleet() {
      return new ThingSpaceFleet(
          added, new SeededFleet(devices, seed(), "thingspace", firstDay(), lastDay()));
    }

    private HyperPreciseAccount hyperPrecise(ThingSpaceFleet fleet) {
      return new HyperPreciseAccount(accountNumber, fleet, sessions, errors);
    }

    private static String imei(String id) {
      if (!DeviceKind.IMEI.allows(Objects.requireNonNull(id, "imei"))) {
        throw new IllegalArgumentException(id + " is no IMEI");
      }
      return id;
    }
  }
}
