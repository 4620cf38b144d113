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
 * A carrier that an executor has opened, for all its tasks: one client, and so one rate, one set of
 * connections and one login. It stays open until a task comes with other credentials and the last
 * one that uses it has ended. To be closed by each task.
 */
final class OpenSource implements AutoCloseable {
  /** One for each key: that of the latest credentials. */
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
   * The carrier for one more task.
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
    // A task brings the devices with it.
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
   * Counts what the client sends. Calls do not know their task, so that each task takes what no
   * other has taken: the sum over all of them is right.
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
