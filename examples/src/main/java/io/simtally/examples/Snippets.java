package io.simtally.examples;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.simtally.core.ApiException;
import io.simtally.core.CallListener;
import io.simtally.core.Page;
import io.simtally.core.PageCursor;
import io.simtally.core.RateLimit;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.micrometer.SimtallyMetrics;
import io.simtally.simulator.Fault;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistory;
import io.simtally.thingspace.m2m.UsageHistoryRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;

/** The snippets of the README, compiled and run here. */
final class Snippets {
  private Snippets() {}

  static ThingSpaceM2m client(String url, ThingSpaceCredentials credentials) {
    // #region clients
    var thingSpace =
        ThingSpaceM2m.builder()
            .baseUrl(url)
            .credentials(credentials)
            .timeout(Duration.ofSeconds(90))
            .retryPolicy(RetryPolicy.standard().maxAttempts(5))
            .rateLimit(RateLimit.perSecond(20))
            .userAgentSuffix("acme-billing/3.1")
            .build();
    // #endregion clients
    return thingSpace;
  }

  static ThingSpaceM2m repaired(ThingSpaceCredentials credentials) {
    // #region limits
    var http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  var response = chain.proceed(chain.request());
                  var body = response.body();
                  var json = body.string().replace("T00:00:00\"", "T00:00:00Z\"");
                  var repaired = ResponseBody.create(json, body.contentType());
                  return response.newBuilder().body(repaired).build();
                })
            .build();
    return ThingSpaceM2m.builder().httpClient(http).credentials(credentials).build();
    // #endregion limits
  }

  static Optional<String> onePageADay(UsageHistoryRequest request, Optional<String> saved) {
    // #region paging-2
    var page = saved.map(PageCursor::parse).map(request::from).orElse(request).execute();
    page.items().forEach(day -> System.out.println(day.bytesUsed()));
    return page.next().map(PageCursor::toString);
    // #endregion paging-2
  }

  static long streamed(UsageHistoryRequest request) {
    // #region paging
    long total = request.prefetch().stream().mapToLong(DailyUsage::bytesUsed).sum();
    for (Page<DailyUsage> page : request.pages()) {
      System.out.println(page.items().size() + " rows, more: " + page.next().isPresent());
    }
    // #endregion paging
    return total;
  }

  static void asynchronous(UsageHistoryRequest request) {
    CompletableFuture<UsageHistory> future = request.timeout(Duration.ofSeconds(10)).executeAsync();
    future.thenAccept(page -> System.out.println(page.usageRecords())).join();
  }

  static String explained(UsageHistoryRequest request) {
    // #region errors
    try {
      return request.execute().usageRecords().toString();
    } catch (ApiException e) {
      return switch (e.kind()) {
        case NOT_FOUND, INVALID_REQUEST -> "wrong device: " + e.code();
        case UNAUTHENTICATED, FORBIDDEN -> "ask for access: " + e.providerMessage();
        case RATE_LIMITED ->
            "try again in "
                + (e.retryAfter() == null ? "a while" : e.retryAfter().toSeconds() + " s");
        default -> e.getMessage();
      };
    }
    // #endregion errors
  }

  static ThingSpaceM2m observed(
      String url, ThingSpaceCredentials credentials, MeterRegistry registry, Tracer tracer) {
    // #region metrics
    var metrics = SimtallyMetrics.listener(registry);
    var thingSpace =
        ThingSpaceM2m.builder()
            .baseUrl(url)
            .credentials(credentials)
            .listener(CallListener.all(metrics, new TracedCalls(tracer)))
            .build();
    // #endregion metrics
    return thingSpace;
  }

  static long testedAgainstTheSimulator() {
    // #region testing-4
    var simulator = ThingSpaceSimulator.builder().devices(100).seed(7).build();
    simulator.next(Fault.serviceUnavailable(), Fault.cutOffBody(), Fault.expiredSession());
    try (var server = simulator.start();
        var thingSpace =
            ThingSpaceM2m.builder()
                .baseUrl(server.url())
                .credentials(
                    ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
                        .login(simulator.username(), simulator.password()))
                .build()) {
      // #endregion testing-4
      var device = simulator.devices().get(0);
      var days =
          thingSpace
              .usageHistory()
              .device(new DeviceId(device.kind(), device.id()))
              .earliest(Instant.EPOCH)
              .latest(Instant.now());
      return days.stream().count();
    }
  }
}
