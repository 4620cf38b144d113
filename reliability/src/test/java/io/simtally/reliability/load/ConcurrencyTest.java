package io.simtally.reliability.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.ApiException.Kind;
import io.simtally.reliability.Threads;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Runs 64 threads on all five clients, with a fault in every tenth response and credentials that
 * expire every few hundred calls. {@code -Dsimtally.calls=100000} makes more than the 20,000 calls
 * of the build.
 */
class ConcurrencyTest {
  private static final int THREADS = 64;
  private static final int CALLS = Integer.getInteger("simtally.calls", 20_000);
  private static final Set<Kind> EXPECTED =
      Set.of(Kind.CONNECTION, Kind.RATE_LIMITED, Kind.SERVER_ERROR, Kind.UNAUTHENTICATED);

  @Test
  void losesNoCallWith64Threads() throws Exception {
    losesNothing(CALLS, task -> new Thread(task, "caller"));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void losesNoCallWith64VirtualThreads() throws Throwable {
    losesNothing(CALLS / 2, virtualThreads());
  }

  private static void losesNothing(int calls, ThreadFactory factory) throws Exception {
    var threads = Threads.now();
    var secrets = new SecretWatch();
    var errors = System.err;
    System.setErr(secrets.log());
    try (var server = new FleetServer(secrets)) {
      var tally = new Tally(secrets);
      var impatient = new Tally(secrets);
      try (var clients = new FleetClients(server)) {
        var questions = new ArrayList<Job.Known<?>>();
        for (var job : clients.jobs()) {
          questions.add(job.ask(tally));
        }
        server.breakThings();

        Workers.start(THREADS, factory, questions, tally, number -> number < calls).join();
        // With retries there are few failures to check.
        var once = questions.stream().<Job.Known<?>>map(Job.Known::once).toList();
        Workers.start(THREADS, factory, once, impatient, number -> number < calls / 10).join();

        assertThat(tally.examples()).isEmpty();
        assertThat(tally.wrong()).isZero();
        assertThat(tally.calls()).isEqualTo(calls + questions.size());
        assertThat(tally.failures().keySet()).isSubsetOf(EXPECTED);
        assertThat(impatient.failures()).isNotEmpty();
        assertThat(tally.right()).isGreaterThan(tally.calls() * 99 / 100);
        assertThat(impatient.wrong() + impatient.unexpected()).isZero();
        assertThat(tally.attempts() + impatient.attempts()).isEqualTo(server.requests());
        assertThat(tally.rows() + impatient.rows()).isEqualTo(server.rowsServed());
        assertThat(secrets.leaks()).isEmpty();
        assertThat(secrets.texts()).isGreaterThan(calls);
        System.out.printf(
            "%d calls: %d right, failed %s; %d without repetitions: %d right, failed %s;"
                + " %d credentials in none of %d log lines and failures%n",
            tally.calls(),
            tally.right(),
            tally.failures(),
            impatient.calls(),
            impatient.right(),
            impatient.failures(),
            secrets.secrets(),
            secrets.texts());
        logsInOncePerExpiry(server);
      }
      assertThat(openConnections(server)).isZero();
    } finally {
      System.setErr(errors);
    }
    assertThat(threads.left()).isEmpty();
  }

  private static void logsInOncePerExpiry(FleetServer server) {
    var traffic = server.thingSpace().traffic();
    var sessionsEnded = traffic.usageRequests() / FleetServer.SESSION_EXPIRES_EVERY;
    var tokensEnded = traffic.usageRequests() / FleetServer.TOKEN_EXPIRES_EVERY;
    assertThat(traffic.logins()).isBetween(sessionsEnded / 2, 1 + sessionsEnded);
    assertThat(traffic.loginRequests()).isLessThanOrEqualTo(1 + sessionsEnded + tokensEnded);
    assertThat(traffic.tokenRequests()).isBetween(tokensEnded / 2, 1 + tokensEnded);
    assertThat(traffic.failedLogins()).isZero();
    var iotx = server.iotx().traffic();
    assertThat(iotx.tokensIssued())
        .isLessThanOrEqualTo(1 + iotx.usageRequests() / FleetServer.TOKEN_EXPIRES_EVERY);
  }

  private static int openConnections(FleetServer server) {
    var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (server.openConnections() > 0 && System.nanoTime() < patience) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return server.openConnections();
  }

  /** Looks virtual threads up by name, because Java 17 does not have them. */
  private static ThreadFactory virtualThreads() throws Throwable {
    var lookup = MethodHandles.publicLookup();
    var builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
    var ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
    var factory =
        lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
    return (ThreadFactory) factory.invoke(ofVirtual.invoke());
  }
}
