package io.simtally.micrometer;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.CallListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The meters of calls. One object serves any number of clients, because call numbers are unique.
 */
final class CallMeters implements CallListener {
  private static final String NONE = "none";

  private final MeterProvider<Timer> calls;
  private final MeterProvider<LongTaskTimer> active;
  private final MeterProvider<Timer> queued;
  private final MeterProvider<Timer> attempts;
  private final MeterProvider<Timer> retries;
  private final MeterProvider<DistributionSummary> responseSize;
  private final MeterProvider<Timer> tokenFetches;
  private final Map<Long, LongTaskTimer.Sample> underWay = new ConcurrentHashMap<>();

  CallMeters(MeterRegistry registry, Tags tags) {
    calls =
        Timer.builder("simtally.calls")
            .description("Calls, all their attempts and waits included")
            .tags(tags)
            .withRegistry(registry);
    active =
        LongTaskTimer.builder("simtally.calls.active")
            .description("Calls under way or in the queue")
            .tags(tags)
            .withRegistry(registry);
    queued =
        Timer.builder("simtally.calls.queued")
            .description("What asynchronous calls waited for their turn")
            .tags(tags)
            .withRegistry(registry);
    attempts =
        Timer.builder("simtally.attempts")
            .description("Single requests")
            .tags(tags)
            .withRegistry(registry);
    retries =
        Timer.builder("simtally.retries")
            .description("Repetitions, and the wait before each")
            .tags(tags)
            .withRegistry(registry);
    responseSize =
        DistributionSummary.builder("simtally.response.size")
            .description("Successful answers, decompressed")
            .baseUnit("bytes")
            .tags(tags)
            .withRegistry(registry);
    tokenFetches =
        Timer.builder("simtally.token.fetches")
            .description("Logins and token refreshes")
            .tags(tags)
            .withRegistry(registry);
  }

  @Override
  public void callStarted(Started event) {
    var timer = active.withTags(endpoint(event.provider(), event.operation()));
    underWay.put(event.call(), timer.start());
  }

  @Override
  public void attemptFinished(AttemptFinished event) {
    var endpoint = endpoint(event.provider(), event.operation());
    attempts
        .withTags(endpoint.and(result(event.failure(), event.status())))
        .record(event.duration());
  }

  @Override
  public void retryScheduled(Retry event) {
    var endpoint = endpoint(event.provider(), event.operation());
    retries.withTags(endpoint.and(result(event.failure(), event.status()))).record(event.delay());
  }

  @Override
  public void tokenFetched(TokenFetch event) {
    tokenFetches
        .withTags(
            Tags.of(
                "provider",
                event.provider(),
                "token",
                event.token(),
                "outcome",
                outcome(event.failure())))
        .record(event.duration());
  }

  @Override
  public void callFinished(Finished event) {
    var started = underWay.remove(event.call());
    if (started != null) {
      started.stop();
    }
    var endpoint = endpoint(event.provider(), event.operation());
    calls.withTags(endpoint.and(result(event.failure(), event.status()))).record(event.duration());
    if (!event.queued().isZero()) {
      queued.withTags(endpoint).record(event.queued());
    }
    if (event.failure() == null) {
      responseSize.withTags(endpoint).record((double) event.responseBytes());
    }
  }

  private static Tags endpoint(String provider, String operation) {
    return Tags.of("provider", provider, "operation", operation);
  }

  private static Tags result(@Nullable Kind failure, int status) {
    return Tags.of(
        "outcome", outcome(failure), "status", status == 0 ? NONE : String.valueOf(status));
  }

  private static String outcome(@Nullable Kind failure) {
    return failure == null ? "SUCCESS" : failure.name();
  }
}
