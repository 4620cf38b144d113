package io.simtally.benchmarks;

import com.squareup.moshi.JsonReader;
import io.simtally.core.ApiRequest;
import io.simtally.core.ClientBuilder;
import io.simtally.core.auth.BasicKeyAuth;
import io.simtally.core.auth.Secret;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.ResponseBody;

/** Calls with a tiny response, to measure our chain without the decoding. */
final class ChainCalls {
  private static final String KEY = "benchmark-key-55d2";

  private ChainCalls() {}

  /** Returns all contestants by name, plain OkHttp first. */
  static Map<String, Contestant> all(String url) {
    var all = new LinkedHashMap<String, Contestant>();
    all.put("plain OkHttp", new Plain(url));
    all.put("plain OkHttp, Moshi's reader", new PlainWithReader(url));
    all.put("our chain", new Chain(url));
    return all;
  }

  private static class Plain implements Contestant {
    private final OkHttpClient http = new OkHttpClient();
    private final String url;

    Plain(String url) {
      this.url = url;
    }

    @Override
    public Object call() throws IOException {
      var request =
          new Request.Builder()
              .url(url + "/tiny")
              .header("Authorization", "basic " + KEY)
              .header("Accept", "application/json")
              .header("User-Agent", "benchmark")
              .build();
      try (var response = http.newCall(request).execute()) {
        return read(response.body());
      }
    }

    Object read(ResponseBody body) throws IOException {
      return body.bytes().length == 2;
    }
  }

  /** Plain OkHttp with the one Moshi reader that every decoded response needs. */
  private static final class PlainWithReader extends Plain {
    PlainWithReader(String url) {
      super(url);
    }

    @Override
    Object read(ResponseBody body) throws IOException {
      JsonReader.of(body.source()).skipValue();
      return true;
    }
  }

  private static final class Chain implements Contestant {
    private final CallHandle calls;

    Chain(String url) {
      calls = new Builder().baseUrl(url).build();
    }

    @Override
    public Object call() {
      return new Tiny(calls).execute();
    }

    @Override
    public void close() {
      calls.close();
    }
  }

  private static final class Builder extends ClientBuilder<Builder> {
    Builder() {
      super("benchmark", "https://benchmark.invalid");
    }

    @Override
    public Builder environment(Map<String, String> environment) {
      return this;
    }

    CallHandle build() {
      return transport(
          (baseUrl, tokenCalls) -> new BasicKeyAuth(baseUrl, Secret.of("apiKey", KEY)));
    }

    @Override
    protected Builder self() {
      return this;
    }
  }

  /** {@code GET /tiny}; the response is an empty object. */
  private static final class Tiny extends ApiRequest<Boolean, Tiny> {
    Tiny(CallHandle handle) {
      super(handle);
    }

    @Override
    protected Tiny with(CallHandle other) {
      return new Tiny(other);
    }

    @Override
    protected CallSpec<Boolean> spec() {
      return CallSpecBuilder.of("GET /tiny").build(Tiny::read);
    }

    private static boolean read(JsonReader reader) throws IOException {
      reader.skipValue();
      return true;
    }
  }
}
