package io.simtally.spark;

import io.simtally.core.CallListener;
import io.simtally.core.RateLimit;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.account.Account;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The source of an account that all tasks of an executor share: one client with one rate limit, one
 * set of connections and one login. It stays open until a task starts with other credentials and
 * the last task that uses it has ended. Each task must close it.
 */
final class OpenSource implements AutoCloseable {
  private static final byte[] SALT = LoginGuard.digestSalt();

  /** The source with the latest credentials, for each key. */
  private static final Map<SourceKey, OpenSource> OPEN = new HashMap<>();

  private final Account account;
  private final UsageSource source;
  private final Sent sent;
  private int users;
  private boolean isReplaced;

  private OpenSource(Account account, UsageSource source, Sent sent) {
    this.account = account;
    this.source = source;
    this.sent = sent;
  }

  /**
   * Returns the source for one more task.
   *
   * @throws IllegalArgumentException if the configuration file is refused; the message names the
   *     line
   * @throws IllegalStateException if a credential is missing; the message names its variable
   */
  static OpenSource of(SourceKey key) {
    var accounts = accounts(key.config(), key.credentialsProvider());
    synchronized (OPEN) {
      var open = OPEN.get(key);
      if (open == null || !open.isOf(accounts)) {
        var opened = opened(key, accounts);
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

  /**
   * Returns the accounts of this executor.
   *
   * @param config the path of the configuration file, or null for the environment
   * @throws IllegalArgumentException if the configuration file is refused
   */
  static Accounts accounts(@Nullable String config, @Nullable String credentialsProvider) {
    var environment = ExecutorEnvironment.variables(credentialsProvider);
    return config == null
        ? Accounts.fromEnv(environment)
        : Accounts.fromConfig(Path.of(config), environment);
  }

  private static OpenSource opened(SourceKey key, Accounts accounts) {
    if (key.config() == null && find(key.account(), accounts) == null) {
      requireCredentials(key);
    }
    var sent = new Sent();
    var own =
        accounts
            .select(List.of(key.account()))
            .selectProviders(List.of(key.provider()))
            .settings(settings -> settings(key, settings.listener(sent)));
    return new OpenSource(own.accounts().get(0), own.sources().get(0), sent);
  }

  private static SourceSettings settings(SourceKey key, SourceSettings settings) {
    var own = settings.concurrency(key.concurrency());
    return key.interval() == null ? own : own.rateLimit(RateLimit.of(1, key.interval()));
  }

  /** Opens a carrier without credentials, which fails and names the missing variables. */
  private static void requireCredentials(SourceKey key) {
    for (var carrier : Carriers.of(Map.of())) {
      if (carrier.provider().equals(key.provider())) {
        carrier.open(ListedDevices.NONE, SourceSettings.DEFAULT).close();
      }
    }
  }

  private boolean isOf(Accounts accounts) {
    var other = find(account.name(), accounts);
    return other != null && other.credentialsDigest(SALT).equals(account.credentialsDigest(SALT));
  }

  private static @Nullable Account find(String name, Accounts accounts) {
    return accounts.accounts().stream()
        .filter(each -> each.name().equals(name))
        .findAny()
        .orElse(null);
  }

  /** Returns a digest of the credentials, or null if the account needs no login. */
  @Nullable String login(byte[] salt) {
    return account.logsIn() ? account.credentialsDigest(salt) : null;
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
