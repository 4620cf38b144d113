package io.simtally.reliability.load;

import io.simtally.reliability.CountingSockets;
import io.simtally.simulator.Fault;
import io.simtally.simulator.FaultScript;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** The simulated providers on one port of this machine. */
final class FleetServer implements AutoCloseable {
  /** The simulated fleets have usage on the thirty days before this moment. */
  private static final Clock JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  /** The number of usage requests until a session expires. */
  static final int SESSION_EXPIRES_EVERY = 200;

  /** The number of usage requests until a bearer token expires. */
  static final int TOKEN_EXPIRES_EVERY = 700;

  private static final List<String> CREDENTIAL_HEADERS = List.of("Authorization", "VZ-M2M-Token");

  /** Errors that do not contain a credential. */
  private static final Set<Integer> REPEATING = Set.of(429, 503);

  /** MockWebServer logs each broken connection with a stack trace. */
  private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

  private static final Duration SLOWNESS = Duration.ofMillis(20);
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(2026, 1, 7);
  private static final int FLEET = 20;

  private final ThingSpaceSimulator thingSpace =
      ThingSpaceSimulator.builder().clock(JANUARY).devices(FLEET).days(FIRST_DAY, LAST_DAY).build();
  private final IotxSimulator iotx =
      IotxSimulator.builder().clock(JANUARY).subscribers(FLEET).days(FIRST_DAY, LAST_DAY).build();
  private final MasonSimulator mason =
      MasonSimulator.builder().clock(JANUARY).sims(FLEET).days(FIRST_DAY, LAST_DAY).build();
  private final AlefSimulator alef =
      AlefSimulator.builder().clock(JANUARY).subscribers(FLEET).days(FIRST_DAY, LAST_DAY).build();
  private final SecretWatch secrets;
  private final CountingSockets sockets = new CountingSockets();
  private final MockWebServer server = new MockWebServer();

  /** Starts the server, which passes every received credential to {@code secrets}. */
  FleetServer(SecretWatch secrets) {
    this.secrets = secrets;
    Stream.of(thingSpace.key(), thingSpace.secret(), thingSpace.password()).forEach(secrets::learn);
    SERVER_LOG.setLevel(Level.OFF);
    server.setServerSocketFactory(sockets);
    server.setDispatcher(new Front());
    try {
      server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port to listen on", e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  ThingSpaceSimulator thingSpace() {
    return thingSpace;
  }

  IotxSimulator iotx() {
    return iotx;
  }

  MasonSimulator mason() {
    return mason;
  }

  AlefSimulator alef() {
    return alef;
  }

  int openConnections() {
    return sockets.open();
  }

  /** Returns the number of usage requests of all providers. */
  long requests() {
    return thingSpace.traffic().usageRequests()
        + thingSpace.sessionReportTraffic().requests()
        + iotx.traffic().usageRequests()
        + mason.traffic().usageRequests()
        + alef.traffic().usageRequests();
  }

  /** Returns the number of usage rows in complete responses of all providers. */
  long rowsServed() {
    return thingSpace.traffic().rowsServed()
        + thingSpace.sessionReportTraffic().sessionsServed()
        + iotx.traffic().rowsServed()
        + mason.traffic().rowsServed()
        + alef.traffic().rowsServed();
  }

  /** Makes every tenth response fail, and credentials expire every few hundred requests. */
  void breakThings() {
    spoil(
        thingSpace
            .usageFaults()
            .every(SESSION_EXPIRES_EVERY, Fault.expiredSession())
            .every(TOKEN_EXPIRES_EVERY, Fault.expiredToken()));
    spoil(thingSpace.sessionReportFaults());
    spoil(iotx.usageFaults().every(TOKEN_EXPIRES_EVERY, Fault.expiredToken()));
    spoil(mason.usageFaults());
    spoil(alef.reportFaults());
  }

  private static void spoil(FaultScript faults) {
    faults
        .every(47, Fault.serviceUnavailable())
        .every(49, Fault.tooManyRequests(Duration.ZERO))
        .every(51, Fault.cutOffBody())
        .every(53, Fault.disconnect())
        .every(55, Fault.slowBody(SLOWNESS));
  }

  @Override
  public void close() {
    server.close();
  }

  /** Passes each request to the simulator of its path. */
  private final class Front extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      // MockWebServer keeps requests until they are taken.
      server.takeRequest(0, TimeUnit.NANOSECONDS);
      CREDENTIAL_HEADERS.forEach(name -> request.getHeaders().values(name).forEach(secrets::learn));
      request.getUrl().queryParameterValues("apikey").forEach(secrets::learn);
      var answer = answer(request);
      return REPEATING.contains(answer.getCode()) ? repeating(request, answer) : answer;
    }

    private MockResponse answer(RecordedRequest request) {
      var path = request.getUrl().encodedPath();
      if (thingSpace.serves(path)) {
        return thingSpace.dispatch(request);
      }
      if (iotx.serves(path)) {
        return iotx.dispatch(request);
      }
      return mason.serves(path) ? mason.dispatch(request) : alef.dispatch(request);
    }

    /** Returns an error that repeats the whole request, as some gateways do. */
    private static MockResponse repeating(RecordedRequest request, MockResponse answer) {
      var asked =
          (request.getUrl() + " " + request.getHeaders().toMultimap()).replaceAll("[\"\\s]+", " ");
      return answer
          .newBuilder()
          .addHeader("X-Request-Id", asked)
          .body("{\"message\":\"" + asked + "\"}")
          .build();
    }
  }
}
