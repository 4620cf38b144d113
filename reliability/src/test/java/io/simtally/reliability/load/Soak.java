package io.simtally.reliability.load;

import io.simtally.core.ApiException.Kind;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs all five clients under load for minutes, with a fault in every tenth response. It prints the
 * resources of the process and the outcomes of the calls, and whether a call was lost or a resource
 * leaked.
 *
 * <pre>mvn -q -ntp -Psoak -Dsoak.minutes=10</pre>
 */
public final class Soak {
  private static final int CALLERS = 64;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Set<Kind> EXPECTED =
      Set.of(Kind.CONNECTION, Kind.RATE_LIMITED, Kind.SERVER_ERROR, Kind.UNAUTHENTICATED);

  /** The simulators keep their latest 10,000 requests; until then the heap grows as expected. */
  private static final long WARM_REQUESTS = 10_000;

  private static final long HEAP_ALLOWANCE = 16L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Duration duration;
  private final PrintStream out;
  private final SecretWatch secrets = new SecretWatch();
  private final Tally tally = new Tally(secrets);
  private final List<String> complaints = new ArrayList<>();
  private final AtomicLong longestPauseNanos = new AtomicLong();
  private volatile boolean stopped;

  private Soak(Duration duration, PrintStream out) {
    this.duration = duration;
    this.out = out;
  }

  /**
   * Runs for a number of minutes, ten by default, and exits with 0 on success and 1 on failure.
   *
   * @param args the minutes, a decimal number
   */
  public static void main(String... args) throws InterruptedException {
    var minutes = args.length == 0 ? 10 : Double.parseDouble(args[0]);
    var duration = Duration.ofMillis((long) (minutes * MINUTE.toMillis()));
    if (!run(duration, System.out)) {
      System.exit(1);
    }
  }

  /** Runs for a duration and returns whether it succeeded. */
  static boolean run(Duration duration, PrintStream out) throws InterruptedException {
    return new Soak(duration, out).run();
  }

  private boolean run() throws InterruptedException {
    var start = System.nanoTime();
    var errors = System.err;
    System.setErr(secrets.log());
    try (var server = new FleetServer(secrets)) {
      var fresh = Resources.of(server);
      out.println("fresh    " + fresh);
      try (var clients = new FleetClients(server)) {
        load(clients, server, start);
        check(server);
      }
      var end = settled(server, fresh);
      out.println("closed   " + end);
      complainIf(end.connections() > 0, "connections are open after close()");
      complainIf(end.threads() > fresh.threads(), "threads are left after close()");
      // The runtime opens some files at the first connection.
      complainIf(end.files() > fresh.files() + 16, "files are open after close()");
    } finally {
      System.setErr(errors);
    }
    out.printf(
        "secrets  %d; %d log lines and failures looked at%n", secrets.secrets(), secrets.texts());
    secrets.leaks().forEach(text -> complaints.add("a credential is shown: " + text));
    complaints.forEach(complaint -> out.println("WRONG    " + complaint));
    out.println(complaints.isEmpty() ? "verdict  all is well" : "verdict  FAILED");
    return complaints.isEmpty();
  }

  private void load(FleetClients clients, FleetServer server, long start)
      throws InterruptedException {
    var questions = new ArrayList<Job.Known<?>>();
    for (var job : clients.jobs()) {
      questions.add(job.ask(tally));
    }
    server.breakThings();
    var workers =
        Workers.start(
            CALLERS, task -> new Thread(task, "caller"), questions, tally, number -> !stopped);
    while (!isWarm(server) && elapsed(start).compareTo(duration.dividedBy(2)) < 0) {
      pause(Duration.ofMillis(50));
    }
    var warm = isWarm(server);
    var before = Resources.of(server);
    out.println((warm ? "warm     " : "not warm ") + before);
    while (elapsed(start).compareTo(duration) < 0) {
      var next = MINUTE.multipliedBy(elapsed(start).toMinutes() + 1);
      pause(shorter(next, duration).minus(elapsed(start)));
      out.printf(
          "%4d s   %d calls, %s; %s%n",
          elapsed(start).toSeconds(), tally.calls(), endings(), Resources.of(server));
    }
    stopped = true;
    workers.join();
    var after = Resources.of(server);
    out.println("end      " + after);
    complainIf(warm && after.heapBytes() > before.heapBytes() + HEAP_ALLOWANCE, "the heap grew");
    complainIf(after.connections() > 5 * CALLERS, "more connections than calls");
  }

  private static boolean isWarm(FleetServer server) {
    return server.thingSpace().traffic().usageRequests() > WARM_REQUESTS
        && server.iotx().traffic().usageRequests() > WARM_REQUESTS
        && server.mason().traffic().usageRequests() > WARM_REQUESTS
        && server.alef().traffic().usageRequests() > WARM_REQUESTS;
  }

  private String endings() {
    return "%d right, %d wrong, failed %s, %d attempts, %d rows"
        .formatted(tally.right(), tally.wrong(), tally.failures(), tally.attempts(), tally.rows());
  }

  private void check(FleetServer server) {
    var traffic = server.thingSpace().traffic();
    var ended = traffic.usageRequests() / FleetServer.SESSION_EXPIRES_EVERY;
    out.printf("calls    %d, %s%n", tally.calls(), endings());
    out.printf("machine  kept a thread waiting for up to %.1f s%n", longestPauseNanos.get() / 1e9);
    out.printf(
        "server   %d requests, %d rows; ThingSpace: %d sessions ended, %d logins, %d bearers%n",
        server.requests(), server.rowsServed(), ended, traffic.logins(), traffic.tokensIssued());
    complainIf(tally.wrong() > 0, "answers are wrong");
    complainIf(tally.unexpected() > 0, "calls threw something else");
    complainIf(!EXPECTED.containsAll(tally.failures().keySet()), "calls failed in unexpected ways");
    complainIf(tally.right() < tally.calls() * 99 / 100, "more than 1 % of the calls failed");
    complainIf(tally.attempts() != server.requests(), "attempts and requests differ");
    complainIf(tally.rows() != server.rowsServed(), "rows read and rows served differ");
    complainIf(traffic.logins() > ended + 1, "more logins than sessions that ended");
  }

  /** Waits until the resources that end by themselves are released. */
  private Resources settled(FleetServer server, Resources fresh) {
    var start = System.nanoTime();
    var now = Resources.of(server);
    while ((now.connections() > 0 || now.threads() > fresh.threads())
        && elapsed(start).compareTo(PATIENCE) < 0) {
      pause(Duration.ofMillis(500));
      now = Resources.of(server);
    }
    return now;
  }

  private void complainIf(boolean condition, String complaint) {
    if (condition) {
      complaints.add(complaint);
    }
  }

  private static Duration elapsed(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void pause(Duration duration) {
    var end = System.nanoTime() + duration.toNanos();
    for (var left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      var step = Math.min(left, TimeUnit.SECONDS.toNanos(1));
      var start = System.nanoTime();
      LockSupport.parkNanos(step);
      var late = System.nanoTime() - start - step;
      longestPauseNanos.accumulateAndGet(late, Math::max);
    }
  }
}
