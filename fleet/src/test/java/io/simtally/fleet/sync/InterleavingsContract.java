package io.simtally.fleet.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.DailyUsage;
import io.simtally.fleet.store.Failure;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty accounts of five providers in one store, in rounds of operations at the same time: syncs,
 * killed syncs, an account under a new name, the credentials of another account. Between rounds
 * devices appear, vanish and move, and figures change. After each round the store must equal a
 * plain model of what was committed for each account.
 *
 * <p>The system property {@code simtally.interleavings} sets the number of rounds.
 */
@Timeout(3600)
abstract class InterleavingsContract {
  private static final int ROUNDS = Integer.getInteger("simtally.interleavings", 60);
  private static final long SEED = Long.getLong("simtally.interleavings.seed", 20_261_130);
  private static final List<String> PROVIDERS =
      List.of(
          "iotx-analytics",
          "mason-usage",
          "alef-connectivity",
          "thingspace-m2m",
          "thingspace-hyperprecise");
  private static final int ACCOUNTS_OF_A_PROVIDER = 4;
  private static final int DAYS = 5;

  /** Few ids, so that most are devices of several accounts. */
  private static final int IDS = 8;

  @TempDir private Path directory;

  private final Random random = new Random(SEED);
  private final List<SimulatedAccount> accounts = new ArrayList<>();
  private final Ledger ledger = new Ledger();

  /** Accounts that were read with wrong credentials. Others have no failures. */
  private final Set<String> troubled = ConcurrentHashMap.newKeySet();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private List<UsageStore> stores = List.of();
  private LocalDate today = LocalDate.parse("2026-03-20");

  /** Opens the same store, once or several times. */
  abstract List<UsageStore> open(Path directory);

  @BeforeEach
  void begin() {
    stores = open(directory);
    for (var provider : PROVIDERS) {
      for (int i = 0; i < ACCOUNTS_OF_A_PROVIDER; i++) {
        var account = new SimulatedAccount(provider, provider + "-" + i, 100L * (i + 1));
        IntStream.range(i, i + 4).forEach(id -> account.add("sim-" + id % IDS));
        accounts.add(account);
      }
    }
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    stores.forEach(UsageStore::close);
  }

  @Test
  void noAccountEverTouchesTheRowsOfAnother() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      if (random.nextInt(6) == 0) {
        today = today.plusDays(1);
      }
      change();
      var running = new ArrayList<Future<?>>();
      for (var operation : operations()) {
        running.add(threads.submit(operation));
      }
      for (var each : running) {
        awaited(each, round);
      }
      assertEqualsTheLedger("round " + round + " of seed " + SEED);
    }
    var last = new RecordingStore(stores.get(0), ledger);
    assertThat(sync(last.proxy()).run(accounts).isComplete()).isTrue();
    assertEqualsTheLedger("the last run of seed " + SEED);
    for (var account : accounts) {
      for (var device : account.subjects()) {
        for (var day : days().each()) {
          assertThat(ledger.isRead(account.name, account.isWhole() ? "*" : device, day))
              .as("%s %s %s", account.name, device, day)
              .isTrue();
        }
      }
    }
  }

  private static void awaited(Future<?> operation, int round) throws InterruptedException {
    try {
      operation.get();
    } catch (ExecutionException e) {
      throw new AssertionError("round " + round + " of seed " + SEED, e.getCause());
    }
  }

  /** What runs at the same time as others. */
  private interface Operation extends Callable<Boolean> {
    void run() throws IOException;

    @Override
    default Boolean call() throws IOException {
      run();
      return true;
    }
  }

  /** Returns operations about different accounts, which run at the same time. */
  private List<Operation> operations() {
    var shuffled = new ArrayList<>(accounts);
    Collections.shuffle(shuffled, random);
    var operations = new ArrayList<Operation>();
    var count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      var own = List.copyOf(shuffled.subList(3 * i, 3 * i + 1 + random.nextInt(3)));
      var store = new RecordingStore(stores.get(i % stores.size()), ledger);
      var after = random.nextInt(12);
      operations.add(
          switch (random.nextInt(6)) {
            case 0, 1 -> () -> syncAll(store, own);
            case 2 -> () -> stop(store, own, after);
            case 3 -> () -> crash(store, own.get(0), after % 3);
            case 4 -> () -> syncWithWrongCredentials(store, own.get(0));
            default -> () -> rename(store, own.get(0));
          });
    }
    return operations;
  }

  private void syncAll(RecordingStore store, List<SimulatedAccount> own) {
    assertThat(sync(store.proxy()).run(own).isComplete()).isTrue();
  }

  private void stop(RecordingStore store, List<SimulatedAccount> own, int after) {
    var begun = new AtomicInteger();
    sync(store.proxy()).concurrency(2).stopWhen(() -> begun.incrementAndGet() > after).run(own);
  }

  /**
   * Ends a run as a killed process does: nothing is committed from some write on. One account,
   * because a failed run does not wait for its other accounts.
   */
  private void crash(RecordingStore store, SimulatedAccount account, int writes) {
    store.failAfter(writes);
    try {
      sync(store.proxy()).run(List.of(account));
    } catch (StoreException expected) {
      assertThat(expected).hasMessage("killed");
    }
  }

  private void syncWithWrongCredentials(RecordingStore store, SimulatedAccount account) {
    troubled.add(account.name);
    var other = accounts.get((accounts.indexOf(account) + 1) % accounts.size());
    var result = sync(store.proxy()).run(List.of(account.withCredentialsOf(other)));
    if (result.isComplete()) {
      // All days of all devices are settled, so that no request was sent.
      assertThat(result.carriers().get(0).progress().records()).isZero();
    }
  }

  /** All accounts of a provider of a file, one of them under a new name. */
  private void rename(RecordingStore store, SimulatedAccount account) throws IOException {
    var provider = account.provider().replaceFirst("^thingspace-.*", "thingspace");
    var text = new StringBuilder();
    for (var each : accounts) {
      if (each.provider().startsWith(provider)) {
        text.append(
            """
            [accounts.%s]
            provider = "%s"
            base_url = "http://127.0.0.1:1"
            %s
            """
                .formatted(
                    each.name + (each == account ? "-new" : ""), provider, credentials(provider)));
      }
    }
    var file = Files.createTempFile(directory, "renamed", ".toml");
    Files.writeString(file, text);
    try (var renamed = Accounts.fromConfig(file, Map.of())) {
      if (ledger.isKnown(account.name)) {
        assertThatThrownBy(
                () -> sync(store.proxy()).run(renamed.select(List.of(account.name + "-new"))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("rows of " + account.name);
      }
    }
  }

  private static String credentials(String provider) {
    return switch (provider) {
      case "iotx-analytics" -> "token = \"t\"";
      case "mason-usage" -> "api_key = \"k\"";
      case "alef-connectivity" -> "api_key = \"k\"\naccount_id = \"a\"";
      default -> "token = \"t\"\nm2m_token = \"m\"";
    };
  }

  /** Changes figures and lists of devices, and moves devices between accounts. */
  private void change() {
    for (int i = 0; i < 3; i++) {
      var account = accounts.get(random.nextInt(accounts.size()));
      var id = "sim-" + random.nextInt(IDS);
      switch (random.nextInt(4)) {
        case 0 -> account.version++;
        case 1 -> account.add(id);
        case 2 -> account.remove(id);
        default -> {
          if (account.remove(id)) {
            var group = accounts.indexOf(account) / ACCOUNTS_OF_A_PROVIDER;
            accounts
                .get(group * ACCOUNTS_OF_A_PROVIDER + random.nextInt(ACCOUNTS_OF_A_PROVIDER))
                .add(id);
          }
        }
      }
    }
  }

  private Sync sync(UsageStore store) {
    var now = today.plusDays(1).atTime(6, 0).toInstant(ZoneOffset.UTC);
    return Sync.into(store).days(days()).clock(Clock.fixed(now, ZoneOffset.UTC));
  }

  private DayRange days() {
    return DayRange.of(today.minusDays(DAYS - 1), today);
  }

  private void assertEqualsTheLedger(String when) {
    var store = stores.get(random.nextInt(stores.size()));
    try (var reader = store.snapshot()) {
      try (var rows = reader.dailyUsage(UsageQuery.all())) {
        assertThat(byAccount(rows.map(InterleavingsContract::line)))
            .as(when)
            .isEqualTo(byAccount(ledger.usage()));
      }
      try (var rows = reader.coverage(UsageQuery.all())) {
        assertThat(byAccount(rows.flatMap(InterleavingsContract::lines)))
            .as(when)
            .isEqualTo(byAccount(ledger.coverage()));
      }
      try (var rows = reader.failures(UsageQuery.all())) {
        assertThat(rows.map(Failure::account)).as(when).allMatch(troubled::contains);
      }
    }
  }

  private static Map<String, Set<String>> byAccount(Stream<String> lines) {
    return lines.collect(
        Collectors.groupingBy(
            line -> line.substring(0, line.indexOf(' ')),
            TreeMap::new,
            Collectors.toCollection(TreeSet::new)));
  }

  private static String line(DailyUsage row) {
    return Ledger.line(row.account(), row.subject(), row.day()) + " " + row.totalBytes();
  }

  private static Stream<String> lines(Coverage row) {
    return row.days().each().stream().map(day -> Ledger.line(row.account(), row.subject(), day));
  }
}
