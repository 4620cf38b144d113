package io.simtally.simulator;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.Dispatcher;
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
 * script what goes wrong.
 *
 * <p>It is a MockWebServer dispatcher: {@link #start()} gives it a server of its own, {@link
 * #serves} tells a dispatcher in front of several simulators which requests to hand on.
 * Thread-safe.
 */
public final class ThingSpaceSimulator extends Dispatcher {
  static final String BASE_PATH = "/api";

  private final ThingSpaceAccount account;
  private final String accountNumber;
  private final Fleet fleet;
  private final M2mSessions sessions;
  private final AccessTokens tokens;
  private final TrafficMeter meter = new TrafficMeter();
  private final RequestJournal journal = new RequestJournal();
  private final Endpoint token;
  private final Endpoint login;
  private final Endpoint usage;
  private final Endpoint sessionReport;
  private final Map<String, Endpoint> endpoints;

  private ThingSpaceSimulator(Builder builder) {
    account = builder.account();
    accountNumber = builder.accountNumber;
    fleet = builder.fleet();
    tokens = new AccessTokens(account, builder.clock, builder.seed);
    sessions = new M2mSessions(account, builder.clock, builder.seed);
    token = new Endpoint(new TokenEndpoint(tokens, meter.tokensIssued), meter.tokenRequests);
    login =
        new Endpoint(
            new LoginEndpoint(tokens, sessions, meter),
            meter.loginRequests,
            ExpiredCredential.TOKEN);
    usage =
        new Endpoint(
            new UsageEndpoint(tokens, sessions, fleet, builder.pageSize, meter),
            meter.usageRequests,
            ExpiredCredential.TOKEN,
            ExpiredCredential.SESSION);
    sessionReport =
        new Endpoint(
            new SessionReportEndpoint(
                tokens, sessions, builder.hyperPrecise(fleet), meter, builder.seed),
            meter.sessionReportRequests,
            ExpiredCredential.TOKEN,
            ExpiredCredential.SESSION);
    endpoints =
        Map.of(
            "POST /api/ts/v1/oauth2/token", token,
            "POST /api/m2m/v1/session/login", login,
            "POST /api/m2m/v1/devices/usage/actions/list", usage,
            "POST /api/hyper-precise/v1/report/sessions", sessionReport);
  }

  /** A simulator to be, with ten devices, thirty days of usage and credentials of its own. */
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
    return path.startsWith(BASE_PATH + "/");
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    journal.add(request);
    String path = request.getUrl().encodedPath();
    Endpoint endpoint = endpoints.get(request.getMethod() + " " + path);
    if (endpoint == null) {
      meter.unknownRequests.increment();
      meter.refusedRequests.increment();
      return GatewayFault.NO_MATCHING_RESOURCE.answer(path);
    }
    Fault fault = endpoint.arrive();
    if (fault instanceof HttpFault http) {
      return http.effect()
          .answer(() -> answer(endpoint, request), ThingSpaceSimulator::scriptedRefusal);
    }
    return refused(expire((ExpiredCredential) fault, endpoint, request));
  }

  private MockResponse answer(Endpoint endpoint, RecordedRequest request) {
    try {
      return endpoint.answer(request);
    } catch (RefusedRequest e) {
      return refused(e);
    }
  }

  private RefusedRequest expire(
      ExpiredCredential credential, Endpoint endpoint, RecordedRequest request) {
    try {
      if (credential == ExpiredCredential.TOKEN) {
        return tokens.expire(request);
      }
      tokens.require(request);
    } catch (RefusedRequest e) {
      return e;
    }
    RefusedRequest refusal = expireSession(request);
    return endpoint == sessionReport ? HyperPreciseRefusal.ACCESS_DENIED.refusal() : refusal;
  }

  private RefusedRequest expireSession(RecordedRequest request) {
    try {
      return sessions.expire(request);
    } catch (RefusedRequest e) {
      return e;
    }
  }

  private MockResponse refused(RefusedRequest refusal) {
    meter.refusedRequests.increment();
    return refusal.answer();
  }

  private static MockResponse scriptedRefusal(int status) {
    return status == 429
        ? GatewayFault.THROTTLED_OUT.answer("")
        : AnswerBody.response(status, "text/plain; charset=utf-8", "Error " + status);
  }

  /**
   * Lets the next requests for usage history meet these faults, one each, in order.
   *
   * @return this simulator
   */
  public ThingSpaceSimulator next(Fault... faults) {
    usage.faults().next(faults);
    return this;
  }

  /**
   * Lets every n-th request for usage history from now on meet a fault.
   *
   * @return this simulator
   */
  public ThingSpaceSimulator every(int n, Fault fault) {
    usage.faults().every(n, fault);
    return this;
  }

  /** The faults of the requests for usage history, those of {@link #next} and {@link #every}. */
  public FaultScript usageFaults() {
    return usage.faults();
  }

  /** The faults of the requests for session reports. */
  public FaultScript sessionReportFaults() {
    return sessionReport.faults();
  }

  /** The faults of the requests for an access token. */
  public FaultScript tokenFaults() {
    return token.faults();
  }

  /** The faults of the logins. */
  public FaultScript loginFaults() {
    return login.faults();
  }

  /** The devices, made as they are asked for: those added to the builder first. */
  public List<SimulatedDevice> devices() {
    return fleet.devices();
  }

  /** The application key that is accepted. */
  public String key() {
    return account.key();
  }

  /** The application secret that is accepted. */
  public String secret() {
    return account.secret();
  }

  /** The username that is accepted. */
  public String username() {
    return account.username();
  }

  /** The password that is accepted. */
  public String password() {
    return account.password();
  }

  /** The account that session reports are given for. */
  public String accountNumber() {
    return accountNumber;
  }

  /** Whether five failed logins in a row have locked the user. */
  public boolean isLocked() {
    return sessions.isLocked();
  }

  /** Does what the provider's support does for a user who is locked. */
  public void unlock() {
    sessions.unlock();
  }

  /** What has gone through so far. */
  public ThingSpaceTraffic traffic() {
    return meter.read();
  }

  /** What has gone through the session reports so far. */
  public SessionReportTraffic sessionReportTraffic() {
    return meter.readSessionReports();
  }

  /** The requests of all kinds so far, the oldest first; of very many the latest 10,000. */
  public List<RecordedRequest> requests() {
    return journal.read();
  }

  /** Settings of a simulator to be. Not thread-safe. */
  public static final class Builder {
    private static final int MAX_PAGE_SIZE = 500;

    private final List<ScriptedMember> scripted = new ArrayList<>();
    private final Map<String, List<SimulatedSession>> sessions = new HashMap<>();
    private final Map<String, HyperPreciseRefusal> refusals = new HashMap<>();
    private int devices = 10;
    private LocalDate firstDay = LocalDate.of(2026, 1, 1);
    private LocalDate lastDay = LocalDate.of(2026, 1, 30);
    private long seed = 1;
    private int pageSize = MAX_PAGE_SIZE;
    private Clock clock = Clock.systemUTC();
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
     * @param count 0 to 1,000,000; 10 unless told
     */
    public Builder devices(int count) {
      devices = within("devices", count, 0, GeneratedFleet.MAX_SIZE);
      return this;
    }

    /** Adds a device with exactly these rows, to those made up. */
    public Builder device(SimulatedDevice device, SimulatedUsage... rows) {
      return device(device, List.of(rows));
    }

    /** Adds a device with exactly these rows, to those made up. */
    public Builder device(SimulatedDevice device, List<SimulatedUsage> rows) {
      scripted.add(new ScriptedMember(Objects.requireNonNull(device, "device"), rows));
      return this;
    }

    /**
     * Gives a device exactly these sessions, whether it is in the fleet or not. A device added
     * without has none; those made up have sessions whose bytes add up to their usage.
     *
     * @throws IllegalArgumentException if the IMEI is none
     */
    public Builder sessions(String imei, SimulatedSession... reported) {
      return sessions(imei, List.of(reported));
    }

    /** Gives a device exactly these sessions, whether it is in the fleet or not. */
    public Builder sessions(String imei, List<SimulatedSession> reported) {
      sessions.put(
          imei(imei),
          reported.stream().sorted(Comparator.comparing(SimulatedSession::startTime)).toList());
      return this;
    }

    /**
     * Refuses every session report of a device.
     *
     * @throws IllegalArgumentException if the IMEI is none
     */
    public Builder refuseSessionReport(String imei, HyperPreciseRefusal refusal) {
      refusals.put(imei(imei), Objects.requireNonNull(refusal, "refusal"));
      return this;
    }

    /** The account that session reports are given for; {@code 0844021539-00001} unless told. */
    public Builder accountNumber(String number) {
      accountNumber = notBlank("accountNumber", number);
      return this;
    }

    /**
     * The days of which devices made up have usage, both included; January 1 to 30, 2026, unless
     * told.
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

    /** What the devices made up depend on: with the same seed they are the same. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /**
     * How many records an answer holds at most.
     *
     * @param records 1 to 500; 500 unless told, as documented
     */
    public Builder pageSize(int records) {
      pageSize = within("pageSize", records, 1, MAX_PAGE_SIZE);
      return this;
    }

    /** What tokens and sessions expire by; the system's clock unless told. */
    public Builder clock(Clock source) {
      clock = Objects.requireNonNull(source, "clock");
      return this;
    }

    /** The key and the secret of the application. */
    public Builder application(String applicationKey, String applicationSecret) {
      key = notBlank("key", applicationKey);
      secret = notBlank("secret", applicationSecret);
      return this;
    }

    /** The user who may log in. */
    public Builder user(String name, String userPassword) {
      username = notBlank("username", name);
      password = notBlank("password", userPassword);
      return this;
    }

    /** Accepts, besides those handed out, two tokens that never expire. */
    public Builder tokens(String bearer, String m2mSessionToken) {
      fixedBearer = notBlank("bearer", bearer);
      fixedSession = notBlank("m2mSessionToken", m2mSessionToken);
      return this;
    }

    /**
     * The simulator.
     *
     * @throws IllegalArgumentException if two devices share an identifier or a label
     */
    public ThingSpaceSimulator build() {
      return new ThingSpaceSimulator(this);
    }

    private ThingSpaceAccount account() {
      return new ThingSpaceAccount(key, secret, username, password, fixedBearer, fixedSession);
    }

    private Fleet fleet() {
      return new Fleet(scripted, new GeneratedFleet(devices, seed, firstDay, lastDay));
    }

    private HyperPreciseAccount hyperPrecise(Fleet fleet) {
      return new HyperPreciseAccount(accountNumber, fleet, sessions, refusals);
    }

    private static String imei(String id) {
      if (!DeviceKind.IMEI.allows(Objects.requireNonNull(id, "imei"))) {
        throw new IllegalArgumentException(id + " is no IMEI");
      }
      return id;
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
