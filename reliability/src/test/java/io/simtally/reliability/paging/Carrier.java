package io.simtally.reliability.paging;

import io.simtally.reliability.paging.ModelServer.Ask;
import io.simtally.reliability.paging.ModelServer.Reply;
import io.simtally.simulator.internal.PromptSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/**
 * Passes the requests of clients to models: over local connections or, many times faster, inside
 * the process. Each case has a different base URL, so that a late request never counts for another
 * case.
 */
final class Carrier implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");

  private final Map<String, ModelServer> models = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final MockWebServer server = new MockWebServer();
  private final OkHttpClient wire = new OkHttpClient();
  // The client's own interceptors run inside of this one: no retries and no credentials here.
  private final OkHttpClient inProcess =
      wire.newBuilder().addInterceptor(this::withoutNetwork).build();

  Carrier() {
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            var body = request.getBody();
            return mock(
                answer(request.getUrl(), request.getHeaders(), body == null ? "" : body.utf8()));
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the base URL of {@code model}, which is valid until {@link #forget}. */
  String serve(ModelServer model) {
    var name = "case-" + models.size() + "-" + System.identityHashCode(model);
    models.put(name, model);
    return server.url("/" + name).toString();
  }

  void forget(String baseUrl) {
    models.remove(HttpUrl.get(baseUrl).pathSegments().get(0));
  }

  OkHttpClient client(boolean overTheWire) {
    return overTheWire ? wire : inProcess;
  }

  /** Returns the number of answered requests. */
  int requests() {
    return requests.get();
  }

  private Reply answer(HttpUrl url, Headers headers, String body) {
    requests.incrementAndGet();
    var model = models.get(url.pathSegments().get(0));
    if (model == null) {
      return Reply.of(410, "{}"); // prefetched by an iteration that the test has abandoned
    }
    var path = url.encodedPath().substring(url.encodedPathSegments().get(0).length() + 1);
    var query = new LinkedHashMap<String, String>();
    for (int i = 0; i < url.querySize(); i++) {
      var name = url.queryParameterName(i);
      var twice = query.put(name, url.queryParameterValue(i));
      if (twice != null) {
        throw new IllegalArgumentException("sent twice: " + name);
      }
    }
    synchronized (model) {
      return model.answer(new Ask(path, query, headers, body));
    }
  }

  private static MockResponse mock(Reply reply) {
    var mock = new MockResponse.Builder().code(reply.status()).headers(reply.headers());
    if (reply.isDropped()) {
      return mock.onResponseStart(new SocketEffect.CloseSocket()).build();
    }
    mock.body(reply.body());
    return reply.isCutOff()
        ? mock.onResponseBody(new SocketEffect.CloseSocket()).build()
        : mock.build();
  }

  private Response withoutNetwork(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    var body = new Buffer();
    if (request.body() != null) {
      request.body().writeTo(body);
    }
    var reply = answer(request.url(), request.headers(), body.readUtf8());
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(reply.status())
        .message("")
        .headers(reply.headers())
        .body(ResponseBody.create(reply.body(), JSON))
        .build();
  }

  @Override
  public void close() {
    wire.dispatcher().executorService().shutdown();
    try {
      wire.dispatcher().executorService().awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    wire.connectionPool().evictAll();
    server.close();
  }
}
