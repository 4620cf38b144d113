package io.simtally.simulator.thingspace;

import io.simtally.simulator.Answer;
import io.simtally.simulator.Sample;
import io.simtally.simulator.SimulatorServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sends valid requests with plain OkHttp; a test can make parts of them invalid. */
public final class ThingSpaceCalls {
  public static final String WHOLE_TIME =
      "\"earliest\":\"2000-01-01T00:00:00Z\",\"latest\":\"2100-01-01T00:00:00Z\"";

  private static final MediaType JSON = MediaType.get("application/json");
  private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .retryOnConnectionFailure(false)
          .readTimeout(Duration.ofSeconds(30))
          .build();
  private final ThingSpaceSimulator simulator;
  private final String url;

  public ThingSpaceCalls(ThingSpaceSimulator simulator, SimulatorServer server) {
    this.simulator = simulator;
    this.url = server.url();
  }

  public static String fixture(String name) {
    return read("samples/thingspace-m2m/" + name);
  }

  public static String hyperPreciseFixture(String name) {
    return read("samples/thingspace-hyperprecise/" + name);
  }

  private static String read(String path) {
    try (InputStream stream = Sample.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public static String byDevice(String kind, String id) {
    return "{\"deviceId\":{\"kind\":\"%s\",\"id\":\"%s\"},%s}".formatted(kind, id, WHOLE_TIME);
  }

  public static String byDevice(SimulatedDevice device) {
    return byDevice(device.kind(), device.id());
  }

  public Request.Builder tokenRequest() {
    return new Request.Builder()
        .url(url + "/ts/v1/oauth2/token")
        .header("Authorization", Credentials.basic(simulator.key(), simulator.secret()))
        .post(RequestBody.create("grant_type=client_credentials", FORM));
  }

  public Answer token() throws IOException {
    return send(tokenRequest());
  }

  public Request.Builder loginRequest(String bearer, String json) {
    return new Request.Builder()
        .url(url + "/m2m/v1/session/login")
        .header("Authorization", "Bearer " + bearer)
        .post(RequestBody.create(json, JSON));
  }

  public Answer login(String bearer, String password) throws IOException {
    String json =
        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(simulator.username(), password);
    return send(loginRequest(bearer, json));
  }

  public Answer login(String bearer) throws IOException {
    return login(bearer, simulator.password());
  }

  public Request.Builder usageRequest(String bearer, String session, String json) {
    return new Request.Builder()
        .url(url + "/m2m/v1/devices/usage/actions/list")
        .header("Authorization", "Bearer " + bearer)
        .header("VZ-M2M-Token", session)
        .post(RequestBody.create(json, JSON));
  }

  public Answer usage(String bearer, String session, String json) throws IOException {
    return send(usageRequest(bearer, session, json));
  }

  public Request.Builder sessionReportRequest(String bearer, String session, String json) {
    return usageRequest(bearer, session, json).url(url + "/hyper-precise/v1/report/sessions");
  }

  /** Requests the sessions of a device in the simulator's own account. */
  public String byImei(String imei) {
    return "{\"accountNumber\":\"%s\",\"imei\":\"%s\"}".formatted(simulator.accountNumber(), imei);
  }

  /** Requests both tokens. */
  public Tokens logIn() throws IOException {
    String bearer = token().text("access_token");
    return new Tokens(bearer, login(bearer).text("sessionToken"));
  }

  /** A bearer token and a session token. */
  public final class Tokens {
    public final String bearer;
    public final String session;

    private Tokens(String bearer, String session) {
      this.bearer = bearer;
      this.session = session;
    }

    public Answer usage(String json) throws IOException {
      return ThingSpaceCalls.this.usage(bearer, session, json);
    }

    public Answer sessionReport(String json) throws IOException {
      return send(sessionReportRequest(json));
    }

    public Request.Builder sessionReportRequest(String json) {
      return ThingSpaceCalls.this.sessionReportRequest(bearer, session, json);
    }

    public Request.Builder usageRequest(String json) {
      return ThingSpaceCalls.this.usageRequest(bearer, session, json);
    }
  }

  public Answer send(Request.Builder request) throws IOException {
    return send(request, client);
  }

  public Answer send(Request.Builder request, Duration readTimeout) throws IOException {
    return send(request, client.newBuilder().readTimeout(readTimeout).build());
  }

  public Answer send(String method, String path, @Nullable String json) throws IOException {
    RequestBody body = json == null ? null : RequestBody.create(json, JSON);
    return send(new Request.Builder().url(url + path).method(method, body));
  }

  private static Answer send(Request.Builder request, OkHttpClient with) throws IOException {
    try (Response response = with.newCall(request.build()).execute()) {
      return new Answer(response.code(), response.headers(), response.body().string());
    }
  }
}
