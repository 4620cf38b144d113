package io.simtally.simulator.alef;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Answer;
import io.simtally.simulator.Sample;
import io.simtally.simulator.SimulatorServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sends valid requests with plain OkHttp; a test can make parts of them invalid. */
public final class AlefCalls implements AutoCloseable {
  public static final String BYTES =
      """
      'metrics':[{'name':'uplink_bytes','aggregation_type':'COUNT'},
                 {'name':'downlink_bytes','aggregation_type':'COUNT'}]
      """;

  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .retryOnConnectionFailure(false)
          .readTimeout(Duration.ofSeconds(30))
          .build();
  private final AlefSimulator simulator;
  private final SimulatorServer server;

  public AlefCalls(AlefSimulator simulator) {
    this.simulator = simulator;
    this.server = simulator.start();
  }

  public static String fixture(String name) {
    try (InputStream stream =
        Sample.class.getResourceAsStream("samples/alef-connectivity/" + name)) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the filters of a subscriber. */
  public String filters(String msisdn) {
    return """
    'dimension_filter_clauses':[{'filters':[
      {'dimension_name':'account_id','operator':'EXACT','expressions':['%s']},
      {'dimension_name':'msisdn','operator':'EXACT','expressions':[%s]}]}]
    """
        .formatted(simulator.accountId(), msisdn);
  }

  /** Requests a subscriber's bytes, by hour as the default. */
  public Answer bytes(String msisdn, String start, String end, String more) throws IOException {
    return report(
        "{'start_date_time':'%s','end_date_time':'%s',%s,%s%s}"
            .formatted(start, end, filters(msisdn), BYTES, more));
  }

  /** Requests all bytes of a generated subscriber by day. */
  public Answer bytes(AlefSubscriber subscriber) throws IOException {
    return bytes(
        subscriber.msisdn(),
        "2026-01-01T00:00:00+00:00",
        "2026-01-31T00:00:00+00:00",
        ",'granularity':'DAY'");
  }

  /** Sends JSON, which may have single quotes. */
  public Answer report(String json) throws IOException {
    return send(reportRequest(json));
  }

  public Request.Builder reportRequest(String json) {
    return new Request.Builder()
        .url(server.url() + "/connectivity/v1/report?apikey=" + simulator.apiKey())
        .post(RequestBody.create(json.replace('\'', '"'), JSON));
  }

  public Answer send(String method, String target, @Nullable String json) throws IOException {
    RequestBody body = json == null ? null : RequestBody.create(json.replace('\'', '"'), JSON);
    return send(new Request.Builder().url(server.url() + target).method(method, body));
  }

  public Answer send(Request.Builder request) throws IOException {
    try (Response response = client.newCall(request.build()).execute()) {
      return new Answer(response.code(), response.headers(), response.body().string());
    }
  }

  public static void isError(Answer answer, int status, String reason) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(answer.object().names()).containsExactly("message");
    assertThat(answer.text("message")).startsWith("invalid request").contains(reason);
  }

  @Override
  public void close() {
    server.close();
  }
}
