package io.simtally.simulator.thingspace;

import io.simtally.simulator.ExpiredCredential;
import io.simtally.simulator.FaultScript;
import io.simtally.simulator.ListedDevice;
import io.simtally.simulator.MappedList;
import io.simtally.simulator.Operation;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.Route;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorBuilder;
import io.simtally.simulator.SimulatorEndpoint;
import io.simtally.simulator.Traffic;
import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.Preconditions;
import io.simtally.simulator.internal.SeededFleet;
import io.simtally.simulator.internal.SeededRandom;
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
 * A simulated ThingSpace, which answers device usage history and Hyper-Precise session reports as
 * the provider's pages say.
 *
 * <p>It serves {@code POST} on {@code /api/ts/v1/oauth2/token}, {@code /api/m2m/v1/session/login},
 * {@code /api/m2m/v1/devices/usage/actions/list} and {@code /api/hyper-precise/v1/report/sessions},
 * the latter two with the same tokens. Invalid requests are refused with the documented error. The
 * fleet depends on the seed only; {@link #next} and {@link #every} script failures of the usage
 * history, {@link #on} those of each operation.
 *
 * <p>Thread-safe.
 */
public final class ThingSpaceSimulator extends Simulator<ThingSpaceSimulator> {
  /** The common prefix of the paths of all requests. */
  public static final String BASE_PATH = "/api";

  private final ThingSpaceAccount account;
  private final String accountNumber;
  private final ThingSpaceFleet fleet;
  private final M2mSessions sessions;
  private final AccessTokens tokens;
  private final ServedMeter sessionsServed = new ServedMeter();
  private final SimulatorEndpoint token;
  private final SimulatorEndpoint login;
  private final SimulatorEndpoint usage;
  private final SimulatorEndpoint sessionReport;

  private ThingSpaceSimulator(Builder builder) {
    super(builder, BASE_PATH, BASE_PATH + "/");
    account = builder.account();
    accountNumber = builder.accountNumber;
    fleet = builder.fleet();
    tokens = new AccessTokens(account, clock(), seed());
    sessions = new M2mSessions(account, clock(), seed());
    token = new SimulatorEndpoint(new ThingSpaceTokenEndpoint(tokens), Set.of(Operation.TOKEN));
    login =
        new SimulatorEndpoint(
            new ThingSpaceLoginEndpoint(tokens, sessions),
            Set.of(Operation.LOGIN),
            ExpiredCredential.TOKEN);
    usage =
        new SimulatorEndpoint(
            new UsageHistoryEndpoint(tokens, sessions, fleet, builder.pageSize, clock(), served()),
            Set.of(Operation.USAGE_HISTORY),
            ExpiredCredential.TOKEN,
            ExpiredCredential.SESSION);
    sessionReport =
        new SimulatorEndpoint(
            new SessionReportEndpoint(
                tokens,
                sessions,
                accountNumber,
                fleet,
                Map.copyOf(builder.sessions),
                Map.copyOf(builder.errors),
                clock(),
                sessionsServed,
                new SeededRandom(seed(), 3)),
            Set.of(Operation.SESSION_REPORT),
            ExpiredCredential.TOKEN,
            ExpiredCredential.SESSION);
  }

  /** {@return a builder with ten devices, thirty days of usage and default credentials} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return the script of the requests for usage history, that of {@link #next} and {@link
   * #every}}
   */
  public FaultScript usageFaults() {
    return usage.script();
  }

  /** {@return the script of the requests for session reports} */
  public FaultScript sessionReportFaults() {
    return sessionReport.script();
  }

  /** {@return the script of the requests for an access token} */
  public FaultScript tokenFaults() {
    return token.script();
  }

  /** {@return the script of the logins} */
  public FaultScript loginFaults() {
    return login.script();
  }

  /** {@return the devices, created on access, the added ones first; unmodifiable} */
  public List<SimulatedDevice> devices() {
    return fleet.devices();
  }

  /** Every other device is one of M2M, so that no usage is counted by both services. */
  @Override
  public List<ListedDevice> listedDevices(String provider) {
    return switch (provider) {
      case "thingspace-m2m" ->
          MappedList.everyOther(devices(), 0, each -> new ListedDevice("imei", imei(each), null));
      case "thingspace-hyperprecise" ->
          MappedList.everyOther(
              devices(), 1, each -> new ListedDevice("imei", imei(each), accountNumber));
      default -> List.of();
    };
  }

  private static String imei(SimulatedDevice device) {
    return Objects.requireNonNull(device.idOf("imei"));
  }

  /** {@return the accepted application key} */
  public String key() {
    return account.key();
  }

  /** {@return the accepted application secret} */
  public String secret() {
    return account.secret();
  }

  /** {@return the accepted username} */
  public String username() {
    return account.username();
  }

  /** {@return the accepted password} */
  public String password() {
    return account.password();
  }

  /** {@return the account of the session reports} */
  public String accountNumber() {
    return accountNumber;
  }

  /** {@return whether five failed logins in a row have locked the user} */
  public boolean isLocked() {
    return sessions.isLocked();
  }

  /** Unlocks the user, as the provider's support does. */
  public void unlock() {
    sessions.unlock();
  }

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

  private static Optional<Route> route(SimulatorEndpoint endpoint, Operation operation) {
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
  protected SimulatorEndpoint scriptedByDefault() {
    return usage;
  }

  @Override
  protected List<SimulatorEndpoint> endpoints() {
    return List.of(token, login, usage, sessionReport);
  }

  /** Builds a simulated ThingSpace. Not thread-safe. */
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
     * Sets the number of generated devices.
     *
     * @param count 0 to 1,000,000; 10 by default
     */
    public Builder devices(int count) {
      devices = Preconditions.within("devices", count, 0, SeededFleet.MAX_SIZE);
      return this;
    }

    /** Adds a device with exactly these rows and without sessions. */
    public Builder device(SimulatedDevice device, SimulatedUsage... rows) {
      return device(device, List.of(rows));
    }

    /**
     * Adds a device with exactly these rows and without sessions.
     *
     * @param device its identifiers and its label must differ from those of all other added devices
     * @param rows in any order; answers have them oldest first
     */
    public Builder device(SimulatedDevice device, List<SimulatedUsage> rows) {
      added.add(ThingSpaceMember.of(Objects.requireNonNull(device, "device"), rows));
      return this;
    }

    /**
     * Sets the sessions of a device, which may be outside of the fleet. The generated devices have
     * sessions whose bytes add up to their usage.
     *
     * @param imei the device, 1 to 16 digits
     * @param reported in any order; replaces earlier ones
     */
    public Builder sessions(String imei, SimulatedSession... reported) {
      return sessions(imei, List.of(reported));
    }

    /** Sets the sessions of a device, which may be outside of the fleet. */
    public Builder sessions(String imei, List<SimulatedSession> reported) {
      sessions.put(
          imei(imei),
          reported.stream().sorted(Comparator.comparing(SimulatedSession::startTime)).toList());
      return this;
    }

    /**
     * Refuses each session report of a device, which may be outside of the fleet.
     *
     * @param imei the device, 1 to 16 digits
     * @param error the answer
     */
    public Builder refuseSessionReport(String imei, HyperPreciseError error) {
      errors.put(imei(imei), Objects.requireNonNull(error, "error"));
      return this;
    }

    /**
     * Sets the account of the session reports.
     *
     * @param number with its leading zeros, not blank; {@code 0844021539-00001} by default
     */
    public Builder accountNumber(String number) {
      accountNumber = Preconditions.notBlank("accountNumber", number);
      return this;
    }

    /**
     * Sets the largest number of records of an answer.
     *
     * @param records 1 to 500; 500 by default, as documented
     */
    public Builder pageSize(int records) {
      pageSize = Preconditions.within("pageSize", records, 1, MAX_PAGE_SIZE);
      return this;
    }

    /**
     * Sets the key and the secret of the application.
     *
     * @param applicationKey not blank; {@code simulated-key} by default
     * @param applicationSecret not blank; {@code simulated-secret} by default
     */
    public Builder application(String applicationKey, String applicationSecret) {
      key = Preconditions.notBlank("key", applicationKey);
      secret = Preconditions.notBlank("secret", applicationSecret);
      return this;
    }

    /**
     * Sets the user of the logins.
     *
     * @param name the username, not blank; {@code simulated-user} by default
     * @param userPassword not blank; {@code simulated-password} by default
     */
    public Builder user(String name, String userPassword) {
      username = Preconditions.notBlank("username", name);
      password = Preconditions.notBlank("password", userPassword);
      return this;
    }

    /**
     * Accepts two tokens that never expire, in addition to issued ones.
     *
     * @param bearer the access token without its scheme, not blank
     * @param m2mSessionToken the session token, not blank
     */
    public Builder tokens(String bearer, String m2mSessionToken) {
      fixedBearer = Preconditions.notBlank("bearer", bearer);
      fixedSession = Preconditions.notBlank("m2mSessionToken", m2mSessionToken);
      return this;
    }

    @Override
    public ThingSpaceSimulator build() {
      return new ThingSpaceSimulator(this);
    }

    private ThingSpaceAccount account() {
      return new ThingSpaceAccount(key, secret, username, password, fixedBearer, fixedSession);
    }

    private ThingSpaceFleet fleet() {
      return new ThingSpaceFleet(added, seeded(devices, "thingspace"));
    }

    private static String imei(String id) {
      if (!SimulatedDeviceKind.IMEI.allows(Objects.requireNonNull(id, "imei"))) {
        throw new IllegalArgumentException(id + " is no IMEI");
      }
      return id;
    }
  }
}
