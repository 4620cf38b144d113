package io.simtally.mason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiRequest;
import io.simtally.core.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.QueueDispatcher;
import mockwebserver3.RecordedRequest;
import okio.Okio;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server with configured responses and a client for it. */
final class FakeMason implements BeforeEachCallback, AfterEachCallback {
  static final String KEY = "k3y-Of+The/Account==";

  private final QueueDispatcher answers = new QueueDispatcher();
  private final MockWebServer server = new MockWebServer();
  private MasonUsage client;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    answers.setFailFast(true); // a surplus request receives an unexpected response
    server.setDispatcher(answers);
    server.start();
    client = builder().build();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    client.close();
    server.close();
  }

  MasonUsage client() {
    return client;
  }

  MasonUsage.Builder builder() {
    return MasonUsage.builder().baseUrl(url("/")).apiKey(KEY).retryPolicy(RetryPolicy.none());
  }

  String url(String path) {
    return server.url(path).toString();
  }

  /** Returns a URL with this server in place of {@code {authority}}. */
  String address(String template) {
    return template.replace("{authority}", server.getHostName() + ":" + server.getPort());
  }

  void answer(String body) {
    answer(200, body);
  }

  void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  /** Returns the next received request; fails if there is none. */
  RecordedRequest request() throws InterruptedException {
    var request = server.takeRequest(0, TimeUnit.SECONDS);
    assertThat(request).as("a request").isNotNull();
    return request;
  }

  int requests() {
    return server.getRequestCount();
  }

  static ApiException failureOf(ApiRequest<?, ?> request) {
    return catchThrowableOfType(ApiException.class, request::execute);
  }

  static String sample(String name) {
    try (var source = Okio.buffer(Okio.source(FakeMason.class.getResourceAsStream(name)))) {
      return source.readUtf8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
