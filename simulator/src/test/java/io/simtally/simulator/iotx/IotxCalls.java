package io.simtally.simulator.iotx;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Answer;
import io.simtally.simulator.JsonObject;
import io.simtally.simulator.Sample;
import io.simtally.simulator.SimulatorServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Sends valid requests with plain OkHttp; a test can make parts of them invalid. */
public final class IotxCalls implements AutoCloseable {
  /** All days with generated usage. */
  public static final String DATES =
      "startDate=2026-01-01T00:00:00%2B00:00&endDate=2026-01-31T00:00:00%2B00:00";

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .retryOnConnectionFailure(false)
          .readTimeout(Duration.ofSeconds(30))
          .build();
  private final IotxSimulator simulator;
  private final SimulatorServer server;

  public IotxCalls(IotxSimulator simulator) {
    this.simulator = simulator;
    this.server = simulator.start();
  }

  /** Returns a sample of the specification. */
  public static String sample(String name) {
    try (InputStream stream = Sample.class.getResourceAsStream("samples/iotx-analytics/" + name)) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public static void isError(Answer answer, int status, String message) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(answer.object().names()).containsExactly("error");
    JsonObject error = answer.object().object("error");
    assertThat(error.names()).containsExactly("message", "code");
    assertThat(error.text("code")).isNotBlank();
    assertThat(error.text("message")).contains(message);
  }

  /** Returns the content of a successful answer. */
  public static Object content(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(answer.object().names()).containsExactly("content");
    return answer.object().value("content");
  }

  public String url() {
    return server.url();
  }

  /**
   * Returns a request.
   *
   * @param target the encoded path and query after {@code /analytics/}
   */
  public Request.Builder request(String target) {
    return new Request.Builder()
        .url(server.url() + "/analytics/" + target)
        .header("Authorization", "Bearer " + simulator.token());
  }

  public Answer get(String target) throws IOException {
    return send(request(target));
  }

  /** Calls for the company, over all days. */
  public Answer company(String call) throws IOException {
    return get(call + "?" + DATES);
  }

  /** Calls for a subscriber, over all days. */
  public Answer subscriber(String call, String physicalId) throws IOException {
    return get(call + "/" + physicalId + "?physicalId=" + physicalId + "&" + DATES);
  }

  public Answer send(Request.Builder request) throws IOException {
    try (Response response = client.newCall(request.build()).execute()) {
      return new Answer(response.code(), response.headers(), response.body().string());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
