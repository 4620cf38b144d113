package io.simtally.simulator.mason;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Answer;
import io.simtally.simulator.JsonObject;
import io.simtally.simulator.Sample;
import io.simtally.simulator.SimulatorServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Sends valid requests with plain OkHttp; a test can make parts of them invalid. */
public final class MasonCalls implements AutoCloseable {
  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .retryOnConnectionFailure(false)
          .readTimeout(Duration.ofSeconds(30))
          .build();
  private final MasonSimulator simulator;
  private final SimulatorServer server;

  public MasonCalls(MasonSimulator simulator) {
    this.simulator = simulator;
    this.server = simulator.start();
  }

  /** Returns the rows of a sample of the page. */
  public static List<JsonObject> sampleRows(String name) {
    try (InputStream stream = Sample.class.getResourceAsStream("samples/mason-usage/" + name)) {
      String text =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
      return JsonObject.of(Answer.json(text)).objects("data");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public static List<JsonObject> rows(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    return answer.object().objects("data");
  }

  public static void isError(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(answer.object().names()).containsExactly("type", "message");
    assertThat(answer.text("type")).isEqualTo(type);
    assertThat(answer.text("message")).isNotBlank();
  }

  public String url() {
    return server.url();
  }

  /**
   * Returns a request.
   *
   * @param path the encoded path and query after {@code /beta/default/data/}
   */
  public Request.Builder request(String path) {
    return new Request.Builder()
        .url(server.url() + "/beta/default/data/" + path)
        .header("Authorization", "basic " + simulator.apiKey());
  }

  public Answer get(String path) throws IOException {
    return send(request(path));
  }

  /** Returns the rows of all pages. */
  public List<JsonObject> all(String path) throws IOException {
    List<JsonObject> rows = new ArrayList<>();
    Answer page = get(path);
    rows.addAll(rows(page));
    while (page.object().names().contains("nextPage")) {
      page = page(path, "after", page.text("nextPage"));
      rows.addAll(rows(page));
    }
    return rows;
  }

  /** Requests the page of a key and encodes the key. */
  public Answer page(String path, String parameter, String key) throws IOException {
    HttpUrl url = HttpUrl.get(server.url() + "/beta/default/data/" + path);
    return send(request("").url(url.newBuilder().addQueryParameter(parameter, key).build()));
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
