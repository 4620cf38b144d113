package io.simtally.alef;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.squareup.moshi.JsonReader;
import io.simtally.core.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.Okio;

/** A server with configured responses and a client for it. */
final class AlefService implements AutoCloseable {
  static final String KEY = "k3y/with+signs&more=";

  final MockWebServer server = new MockWebServer();
  final AlefConnectivity client;

  AlefService() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client = builder().build();
  }

  /** Returns a builder of further clients for the same server. */
  AlefConnectivity.Builder builder() {
    return AlefConnectivity.builder().baseUrl(server.url("/").toString()).apiKey(KEY);
  }

  void answer(String body) {
    answer(200, body);
  }

  void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  RecordedRequest sent() {
    try {
      return server.takeRequest();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String sentBody() {
    var body = sent().getBody();
    return body == null ? "" : body.utf8();
  }

  /** Returns the exception of a request. */
  static ApiException failureOf(ReportRequest request) {
    return catchThrowableOfType(ApiException.class, request::execute);
  }

  static String sample(String name) {
    try (var source = Okio.buffer(Okio.source(AlefService.class.getResourceAsStream(name)))) {
      return source.readUtf8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns JSON for comparison: numbers are exact and never equal to text. */
  static Object json(String text) {
    try (var reader = JsonReader.of(new Buffer().writeUtf8(text))) {
      return json(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object json(JsonReader reader) throws IOException {
    switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        var object = new LinkedHashMap<String, Object>();
        reader.beginObject();
        while (reader.hasNext()) {
          object.put(reader.nextName(), json(reader));
        }
        reader.endObject();
        return object;
      }
      case BEGIN_ARRAY -> {
        var array = new ArrayList<Object>();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(json(reader));
        }
        reader.endArray();
        return array;
      }
      case NUMBER -> {
        return new BigDecimal(reader.nextString());
      }
      default -> {
        return reader.nextString();
      }
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
