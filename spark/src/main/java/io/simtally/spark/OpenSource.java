package io.simtally.spark;

import io.simtally.core.CallListener;
import io.simtally.core.RateLimit;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A carrier's source that all tasks of an executor share: one client with one rate limit, one set
 * of connections and one login. It stays open until a task starts with other credentials and the
 * last task that uses it has ended. Each task must close it.
 */
final class OpenSource implements AutoCloseable {
  /** The source with the latest credentials, for each key. */
  private static final Map<SourceKey, OpenSource> OPEN = new HashMap<>();

  private final Map<String, String> environment;
  private final UsageSource source;
  private final Sent sent;
  private int users;
  private boolean isReplaced;

  private OpenSource(Map<String, String> environment, UsageSource source, Sent sent) {
    this.environment = environment;
    this.source = source;
    this.sent = sent;
  }

  /**
   * Returns the source for one more task.
   *
   * @throws IllegalStateException if a credential is missing; the message names its variable
   */
  static OpenSource of(SourceKey key) {
    var environment = ExecutorEnvironment.variables(key.credentialsProvider());
    synchronized (OPEN) {
      var open = OPEN.get(key);
      if (open == null || !open.environment.equals(environment)) {
        var opened = opened(key, environment);
        OPEN.put(key, opened);
        if (open != null) {
          open.isReplaced = true;
          open.closeIfUnused();
        }
        open = opened;
      }
      open.users++;
      return open;
    }
  }

  private static OpenSource opened(SourceKey key, Map<String, String> environment) {
    var sent = new Sent();
    var settings =
        SourceSettings.DEFAULT
            .concurrency(key.concurrency())
            .rateLimit(
                key.requestsPerSecond() == null
                    ? null
                    : RateLimit.perSecond(key.requestsPerSecond()))
            .listener(sent);
    var carrier =
        Carriers.of(environment).stream()
            .filter(each -> each.provider().equals(key.provider()))
            .findAny()
            .orElseThrow();
    // The task has its own devices.
    return new OpenSource(environment, carrier.open(ListedDevices.NONE, settings), sent);
  }

  UsageSource source() {
    return source;
  }

  Sent sent() {
    return sent;
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      users--;
      closeIfUnused();
    }
  }

  private void closeIfUnused() {
    if (isReplaced && users == 0) {
      source.close();
    }
  }

  /**
   * Counts the client's requests. Calls have no reference to their task, so each task takes the
   * counts that no other task has taken. Their sum is exact.
   */
  static final class Sent implements CallListener {
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();

    @Override
    public void attemptStarted(Attempt event) {
      requests.incrementAndGet();
    }

    @Override
    public void retryScheduled(Retry event) {
      retries.incrementAndGet();
    }

    long takeRequests() {
      return requests.getAndSet(0);
    }

    long takeRetries() {
      return retries.getAndSet(0);
    }
  }
}
