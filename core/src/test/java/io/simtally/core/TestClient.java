package io.simtally.core;

import com.squareup.moshi.JsonReader;
import io.simtally.core.auth.BasicKeyAuth;
import io.simtally.core.auth.Secret;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.ErrorMembers;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockWebServer;

/** A provider that exists only in tests, with named things and pages of words. */
final class TestClient implements AutoCloseable {
  static final String KEY = "test-api-key-7f3a";

  private final CallHandle calls;
  private final Builder settings;

  private TestClient(CallHandle calls, Builder settings) {
    this.calls = calls;
    this.settings = new Builder(settings, calls);
  }

  static Builder builder() {
    return new Builder();
  }

  static Builder builder(MockWebServer server) {
    return builder().baseUrl(server.url("/base").toString());
  }

  ThingRequest thing(String name) {
    return new ThingRequest(calls, name, true);
  }

  /** Requests a thing of a provider that answers 500 permanently. */
  ThingRequest brittleThing(String name) {
    return new ThingRequest(calls, name, false);
  }

  WordsRequest words() {
    return new WordsRequest(calls);
  }

  Builder toBuilder() {
    return new Builder(settings, calls);
  }

  @Override
  public void close() {
    calls.close();
  }

  static final class Builder extends ClientBuilder<Builder> {
    private Time time = Time.SYSTEM;
    private AuthFactory auth =
        (baseUrl, calls) -> new BasicKeyAuth(baseUrl, Secret.of("apiKey", KEY));

    private Builder() {
      super("test", "https://test.invalid");
    }

    private Builder(Builder settings, CallHandle client) {
      super(settings, client);
      this.time = settings.time;
      this.auth = settings.auth;
    }

    @Override
    public Builder environment(Map<String, String> environment) {
      return this;
    }

    Builder time(Time other) {
      time = other;
      return this;
    }

    Builder auth(AuthFactory other) {
      auth = other;
      return this;
    }

    TestClient build() {
      return new TestClient(transport(auth, time), this);
    }

    @Override
    protected Builder self() {
      return this;
    }
  }

  /** {@code GET /things/{name}}; the response is {@code {"value": 1}}. */
  static final class ThingRequest extends ApiRequest<Long, ThingRequest> {
    private static final JsonReader.Options NAMES = JsonReader.Options.of("value");

    private final String name;
    private final boolean repeatable;

    private ThingRequest(CallHandle handle, String name, boolean repeatable) {
      super(handle);
      this.name = name;
      this.repeatable = repeatable;
    }

    @Override
    protected ThingRequest with(CallHandle other) {
      return new ThingRequest(other, name, repeatable);
    }

    @Override
    protected CallSpec<Long> spec() {
      var call = CallSpecBuilder.of("GET /things/{name}").path("name", name);
      return (repeatable ? call : call.notRepeatableAfter500()).build(ThingRequest::read);
    }

    private static long read(JsonReader reader) throws IOException {
      Long value = null;
      reader.beginObject();
      while (reader.hasNext()) {
        if (reader.selectName(NAMES) == 0) {
          value = Json.count(reader, "a count");
        } else {
          ErrorMembers.skip(reader);
        }
      }
      value = Json.required(reader, "value", value);
      reader.endObject();
      return value;
    }
  }

  record WordPage(List<String> items, Optional<PageCursor> next) implements Page<String> {}

  /** {@code GET /words?after=}; the response is {@code {"words": [], "next": ""}}. */
  static final class WordsRequest extends PagedRequest<WordPage, String, WordsRequest> {
    private WordsRequest(CallHandle handle) {
      super(handle);
    }

    @Override
    protected WordsRequest with(CallHandle other) {
      return new WordsRequest(other);
    }

    @Override
    protected CallSpec<WordPage> spec() {
      return CallSpecBuilder.of("GET /words").query("after", position()).build(this::read);
    }

    @Override
    protected WordPage withAll(List<String> rows, WordPage first) {
      return new WordPage(rows, Optional.empty());
    }

    @Override
    protected String scope() {
      return "words";
    }

    private WordPage read(JsonReader reader) throws IOException {
      List<String> words = new ArrayList<>();
      Optional<PageCursor> next = Optional.empty();
      reader.beginObject();
      while (reader.hasNext()) {
        if (reader.nextName().equals("words")) {
          words = Json.list(reader, JsonReader::nextString);
        } else {
          next = Optional.ofNullable(Json.text(reader)).map(this::cursorTo);
        }
      }
      reader.endObject();
      return new WordPage(words, next);
    }
  }
}
