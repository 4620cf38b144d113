package io.simtally.core;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.CallContexts;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.Redaction;
import io.simtally.core.internal.Refusal;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** One call while it is under way, with its attempt. */
final class Exchange implements AuthContext {
  private final String provider;
  private final CallSpec<?> spec;
  private final CallSettings settings;
  private final Deadline deadline;
  private final boolean seenByOthers;
  private final CallEvents report;
  private final Time time;
  private Attempt attempt = Attempt.none();
  private List<Redaction> carried = List.of();

  Exchange(
      String provider,
      CallSpec<?> spec,
      CallSettings settings,
      Deadline deadline,
      boolean seenByOthers,
      CallEvents report,
      Time time) {
    this.provider = provider;
    this.spec = spec;
    this.settings = settings;
    this.deadline = deadline;
    this.seenByOthers = seenByOthers;
    this.report = report;
    this.time = time;
  }

  /** The exchange of {@code call}, or null if it is none of ours. */
  static @Nullable Exchange of(Call call) {
    return CallContexts.context(call) instanceof Exchange exchange ? exchange : null;
  }

  String provider() {
    return provider;
  }

  String operation() {
    return spec.operation();
  }

  boolean repeatableAfter500() {
    return spec.repeatableAfter500();
  }

  CallSettings settings() {
    return settings;
  }

  Deadline deadline() {
    return deadline;
  }

  CallEvents report() {
    return report;
  }

  /** The attempt under way, or the last one. */
  Attempt attempt() {
    return attempt;
  }

  void beginAttempt() {
    attempt = attempt.next();
  }

  /** How often the server was asked, or would have been had it been there. */
  int attempts() {
    return attempt.number();
  }

  @Override
  public <V> V await(CompletableFuture<V> pending) throws IOException {
    return deadline.await(pending);
  }

  @Override
  public Time time() {
    return time;
  }

  @Override
  public Duration timeLeft() {
    return deadline.left();
  }

  @Override
  public void carries(Redaction credentials) {
    if (!carried.contains(credentials)) {
      if (carried.isEmpty()) {
        carried = new ArrayList<>(2);
      }
      carried.add(credentials);
    }
  }

  /** What takes out the credentials of all attempts. */
  List<Redaction> carried() {
    return carried;
  }

  @Override
  public void credentialsRefused(Refusal refusal) {
    attempt.credentialsRefused(refusal);
  }

  @Override
  public boolean isSeenByOthers() {
    return seenByOthers;
  }

  @Override
  public boolean isCompressedBodyArriving() {
    return attempt.isCompressedBodyArriving();
  }

  @Override
  public void tokenFetched(
      String token, Duration duration, @Nullable LoginFailureException failure) {
    report.tokenFetched(token, failure == null ? null : FailureKind.of(failure), duration);
  }
}
