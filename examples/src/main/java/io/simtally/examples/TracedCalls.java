package io.simtally.examples;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.CallListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records a span for each call, with its attempts, delays and logins as events. Copy this class: it
 * needs only the OpenTelemetry API.
 */
final class TracedCalls implements CallListener {
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<Long> MILLIS = AttributeKey.longKey("simtally.millis");

  private final Tracer tracer;
  private final Map<Long, Span> spans = new ConcurrentHashMap<>();

  TracedCalls(Tracer tracer) {
    this.tracer = tracer;
  }

  // #region metrics-2
  @Override
  public void callStarted(Started event) {
    // On the thread of the caller, so that the caller's span becomes the parent.
    var span =
        tracer
            .spanBuilder(event.operation())
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("simtally.provider", event.provider())
            .startSpan();
    if (event.page() != null) {
      span.setAttribute("simtally.page", event.page().number());
    }
    spans.put(event.call(), span);
  }

  // #endregion metrics-2

  @Override
  public void attemptFinished(AttemptFinished event) {
    span(event.call())
        .addEvent(
            "attempt " + event.number(),
            outcome(event.failure(), event.status(), event.duration().toMillis()));
  }

  @Override
  public void retryScheduled(Retry event) {
    span(event.call()).addEvent("wait", Attributes.of(MILLIS, event.delay().toMillis()));
  }

  @Override
  public void tokenFetched(TokenFetch event) {
    span(event.call())
        .addEvent(event.token(), outcome(event.failure(), 0, event.duration().toMillis()));
  }

  @Override
  public void callFinished(Finished event) {
    var span = spans.remove(event.call());
    if (span == null) {
      return;
    }
    if (event.status() != 0) {
      span.setAttribute(STATUS, event.status());
    }
    if (event.failure() != null) {
      span.setAttribute(ERROR, event.failure().name());
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  /** Returns the span of a call, an ineffective one after the end of the call. */
  private Span span(long call) {
    return spans.getOrDefault(call, Span.getInvalid());
  }

  private static Attributes outcome(@Nullable Kind failure, int status, long millis) {
    var attributes = Attributes.builder().put(MILLIS, millis);
    if (status != 0) {
      attributes.put(STATUS, status);
    }
    if (failure != null) {
      attributes.put(ERROR, failure.name());
    }
    return attributes.build();
  }
}
