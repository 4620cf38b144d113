package io.simtally.benchmarks;

import com.squareup.moshi.JsonReader;
import io.simtally.benchmarks.stock.AnalyticsApi;
import io.simtally.benchmarks.stock.client.ApiClient;
import io.simtally.benchmarks.stock.client.ApiException;
import io.simtally.benchmarks.stock.model.DataUsageBySubscriber200Response;
import io.simtally.iotx.DataUsageBySubscriber;
import io.simtally.iotx.IotxAnalytics;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okio.Buffer;

/** The ways to read the usage of IoT-X's subscribers. */
final class IotxCalls {
  private static final String TOKEN = "benchmark-token-31c9";
  private static final OffsetDateTime START = OffsetDateTime.parse("2016-12-01T00:00:00Z");
  private static final OffsetDateTime END = OffsetDateTime.parse("2016-12-31T00:00:00Z");

  private IotxCalls() {}

  /** Returns all contestants by name, plain OkHttp first. */
  static Map<String, Contestant> all(String url) {
    var all = new LinkedHashMap<String, Contestant>();
    all.put("plain OkHttp", new PlainOkHttp(url));
    all.put("Simtally", new Simtally(url));
    all.put("stock generated", new Stock(url));
    return all;
  }

  private static final class PlainOkHttp implements Contestant {
    private final OkHttpClient http = new OkHttpClient();
    private final String url;

    PlainOkHttp(String url) {
      this.url = url;
    }

    @Override
    public Object call() throws IOException {
      var request =
          new Request.Builder()
              .url(
                  url
                      + "/analytics/data-usage-by-subscriber"
                      + "?startDate=2016-12-01T00:00:00%2B00:00&endDate=2016-12-31T00:00:00%2B00:00")
              .header("Authorization", "Bearer " + TOKEN)
              .header("Accept", "application/json")
              .header("User-Agent", "benchmark")
              .build();
      try (var response = http.newCall(request).execute()) {
        return response.body().bytes();
      }
    }

    @Override
    public Object comparable(Object answer) throws IOException {
      return HandMoshi.iotx(JsonReader.of(new Buffer().write((byte[]) answer)));
    }
  }

  private static final class Simtally implements Contestant {
    private final IotxAnalytics client;

    Simtally(String url) {
      client = IotxAnalytics.builder().token(TOKEN).baseUrl(url).build();
    }

    @Override
    public Object call() {
      return client.dataUsageBySubscriber().startDate(START).endDate(END).execute();
    }

    @Override
    public Object comparable(Object answer) {
      return Wire.IotxAnswer.of((DataUsageBySubscriber) answer);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /** The generated client without changes. It keeps times as strings. */
  private static final class Stock implements Contestant {
    private final AnalyticsApi api;

    Stock(String url) {
      var client = new ApiClient();
      client.setBasePath(url);
      client.setBearerToken(TOKEN);
      api = new AnalyticsApi(client);
    }

    @Override
    public Object call() throws ApiException {
      return api.dataUsageBySubscriber(START, END);
    }

    @Override
    public Object comparable(Object answer) {
      var content = ((DataUsageBySubscriber200Response) answer).getContent();
      if (content == null) {
        throw new IllegalStateException("no content");
      }
      var usage = new HashMap<String, Map<OffsetDateTime, Long>>();
      content
          .getSubscriberDataUsage()
          .forEach((subscriber, buckets) -> usage.put(subscriber, times(buckets)));
      return new Wire.IotxAnswer(new Wire.BySubscriber(usage, content.getTotalDataUsage()));
    }

    private static Map<OffsetDateTime, Long> times(Map<String, Long> buckets) {
      var times = new HashMap<OffsetDateTime, Long>();
      buckets.forEach((time, bytes) -> times.put(OffsetDateTime.parse(time), bytes));
      return times;
    }
  }
}
