package io.simtally.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistory;
import io.simtally.thingspace.m2m.UsageHistoryRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;
import retrofit2.http.Body;
import retrofit2.http.Header;
import retrofit2.http.POST;

/** The ways to read the usage of a ThingSpace device. */
final class ThingSpaceCalls {
  static final String BEARER = "0d3f9a8e-benchmark-bearer";
  static final String SESSION = "77a1c2d4-benchmark-session";

  private static final String PATH = "/m2m/v1/devices/usage/actions/list";
  private static final String DEVICE = "50684915885088839315521399821675";
  private static final String EARLIEST = "2020-12-01T00:00:00Z";
  private static final String LATEST = "2020-12-31T00:00:00Z";
  private static final MediaType JSON = MediaType.get("application/json");

  private ThingSpaceCalls() {}

  /** Returns all contestants by name, plain OkHttp first. */
  static Map<String, Contestant> all(String url) throws IOException {
    var all = new LinkedHashMap<String, Contestant>();
    for (var name :
        new String[] {
          "plain OkHttp", "Simtally", "hand-wired Moshi", "Retrofit", "java.net.http"
        }) {
      all.put(name, named(name, url));
    }
    all.put("raw socket", RawSocket.post(url + PATH, body()));
    return all;
  }

  static Contestant named(String name, String url) {
    return switch (name) {
      case "plain OkHttp" -> new PlainOkHttp(url);
      case "Simtally" -> new Simtally(url);
      case "hand-wired Moshi" -> new HandWired(url);
      case "Retrofit" -> new RetrofitMoshi(url);
      case "java.net.http" -> new JdkJackson(url);
      default -> throw new IllegalArgumentException(name);
    };
  }

  static RawSocket rawSocket(String url) throws IOException {
    return RawSocket.post(url + PATH, body());
  }

  static ThingSpaceM2m client(String url, int concurrency) {
    return ThingSpaceM2m.builder()
        .credentials(ThingSpaceCredentials.tokens(BEARER, SESSION))
        .baseUrl(url)
        .concurrency(concurrency)
        .build();
  }

  static UsageHistoryRequest request(ThingSpaceM2m client, String device) {
    return client
        .usageHistory()
        .device(DeviceId.eid(device))
        .earliest(midnight(1))
        .latest(midnight(31));
  }

  private static Instant midnight(int day) {
    return LocalDate.of(2020, 12, day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static byte[] body() throws IOException {
    var json = new Buffer();
    try (var writer = JsonWriter.of(json)) {
      writer.beginObject().name("deviceId").beginObject();
      writer.name("id").value(DEVICE).name("kind").value("eid").endObject();
      writer.name("earliest").value(EARLIEST).name("latest").value(LATEST).endObject();
    }
    return json.readByteArray();
  }

  private static Request request(String url, byte[] body) {
    return new Request.Builder()
        .url(url + PATH)
        .header("Authorization", "Bearer " + BEARER)
        .header("VZ-M2M-Token", SESSION)
        .header("Accept", "application/json")
        .header("User-Agent", "benchmark")
        .post(RequestBody.create(body, JSON))
        .build();
  }

  private static Wire.UsageQuery query() {
    return new Wire.UsageQuery(new Wire.DeviceId(DEVICE, "eid"), EARLIEST, LATEST);
  }

  private static Object parsed(byte[] body) throws IOException {
    return HandMoshi.thingSpace(JsonReader.of(new Buffer().write(body)));
  }

  private static void release(OkHttpClient http) {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private static final class PlainOkHttp implements Contestant {
    private final OkHttpClient http = new OkHttpClient();
    private final String url;

    PlainOkHttp(String url) {
      this.url = url;
    }

    @Override
    public Object call() throws IOException {
      try (var response = http.newCall(request(url, body())).execute()) {
        return response.body().bytes();
      }
    }

    @Override
    public Object comparable(Object answer) throws IOException {
      return parsed((byte[]) answer);
    }

    @Override
    public void close() {
      release(http);
    }
  }

  private static final class HandWired implements Contestant {
    private final OkHttpClient http = new OkHttpClient();
    private final String url;

    HandWired(String url) {
      this.url = url;
    }

    @Override
    public Object call() throws IOException {
      try (var response = http.newCall(request(url, body())).execute()) {
        return HandMoshi.thingSpace(JsonReader.of(response.body().source()));
      }
    }

    @Override
    public void close() {
      release(http);
    }
  }

  private static final class Simtally implements Contestant {
    private final ThingSpaceM2m client;

    Simtally(String url) {
      client = client(url, 64);
    }

    @Override
    public Object call() {
      return request(client, DEVICE).execute();
    }

    @Override
    public Object comparable(Object answer) {
      return Wire.UsagePage.of((UsageHistory) answer);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /** The calls as a Retrofit interface. */
  interface Service {
    @POST("m2m/v1/devices/usage/actions/list")
    Call<Wire.UsagePage> usage(
        @Header("Authorization") String bearer,
        @Header("VZ-M2M-Token") String session,
        @Body Wire.UsageQuery query);
  }

  private static final class RetrofitMoshi implements Contestant {
    private final OkHttpClient http = new OkHttpClient();
    private final Service service;

    RetrofitMoshi(String url) {
      service =
          new Retrofit.Builder()
              .baseUrl(url + "/")
              .client(http)
              .addConverterFactory(MoshiConverterFactory.create(Libraries.moshi()))
              .build()
              .create(Service.class);
    }

    @Override
    public Object call() throws IOException {
      var page = service.usage("Bearer " + BEARER, SESSION, query()).execute().body();
      if (page == null) {
        throw new IOException("no answer");
      }
      return page;
    }

    @Override
    public void close() {
      release(http);
    }
  }

  private static final class JdkJackson implements Contestant {
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper jackson = Libraries.jackson();
    private final String url;

    JdkJackson(String url) {
      this.url = url;
    }

    @Override
    public Object call() throws IOException, InterruptedException {
      var request =
          HttpRequest.newBuilder(URI.create(url + PATH))
              .header("Authorization", "Bearer " + BEARER)
              .header("VZ-M2M-Token", SESSION)
              .header("Content-Type", "application/json")
              .header("Accept", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      jackson.writeValueAsString(query()), StandardCharsets.UTF_8))
              .build();
      var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return jackson.readValue(response.body(), Wire.UsagePage.class);
    }
  }
}
