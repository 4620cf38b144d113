package io.simtally.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.reliability.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that stay open and lose all bytes, in every phase of a call. */
class StalledConnectionTest {
  /** Short, but longer than a thread waits for a processor on a busy machine. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  @ParameterizedTest
  @EnumSource
  void endsAtTheDeadlineAfterOneAttempt(Wire wire) throws Exception {
    var threads = Threads.now();

    inEachPhase(wire, StalledConnectionTest::deadlineEnds);

    assertThat(threads.left()).isEmpty();
  }

  private static void deadlineEnds(Wire wire, Framing framing, Phase phase) throws Exception {
    try (var rig = Rig.of(wire, framing)) {
      rig.proxy().always(new Fault(phase, Damage.STALL));
      if (phase == Phase.IDLE) {
        assertThat(rig.request().execute()).isEqualTo(Rig.rightAnswer());
        rig.proxy().callIsOver();
      }

      var failure =
          catchThrowableOfType(ApiException.class, () -> rig.request().timeout(SHORT).execute());

      assertThat(failure.kind()).as(phase + ": " + failure).isEqualTo(Kind.TIMEOUT);
      assertThat(failure.status()).as("%s", phase).isZero();
      assertThat(failure.attempts()).as(phase + ": " + failure).isEqualTo(1);
      assertThat(rig.proxy().connections()).as("%s", phase).isEqualTo(1);
      if (rig.proxy().hasStruck()) {
        assertThat(rig.requests()).as("%s", phase).isEqualTo(phase.isAfterRequest() ? 1 : 0);
      }
      rig.closeClient();
      assertThat(rig.proxy().connectionsLeft()).as("%s", phase).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsInTheRightAnswerWhenSilenceIsBoundedAndTheNextConnectionHolds(Wire wire)
      throws Exception {
    var threads = Threads.now();

    inEachPhase(wire, StalledConnectionTest::retryHelps);

    assertThat(threads.left()).isEmpty();
  }

  private static void retryHelps(Wire wire, Framing framing, Phase phase) throws Exception {
    try (var rig = Rig.of(wire, framing, SHORT)) {
      rig.proxy().next(new Fault(phase, Damage.STALL));
      if (phase == Phase.IDLE) {
        assertThat(rig.request().execute()).isEqualTo(Rig.rightAnswer());
        rig.proxy().callIsOver();
      }

      var response = rig.request().executeWithResponse();

      assertThat(response.value()).as("%s", phase).isEqualTo(Rig.rightAnswer());
      assertThat(response.attempts()).as("%s", phase).isEqualTo(2);
      assertThat(rig.proxy().connections()).as("%s", phase).isEqualTo(2);
      assertThat(rig.requests()).as("%s", phase).isEqualTo(phase.isAfterRequest() ? 2 : 1);
      rig.closeClient();
      assertThat(rig.proxy().connectionsLeft()).as("%s", phase).isZero();
    }
  }

  @FunctionalInterface
  private interface PhaseTest {
    void run(Wire wire, Framing framing, Phase phase) throws Exception;
  }

  /** Runs all phases in parallel, because each mostly waits. */
  private static void inEachPhase(Wire wire, PhaseTest test) throws InterruptedException {
    var tests = new ArrayList<Callable<Void>>();
    for (var framing : Framing.values()) {
      Stream.of(Phase.values())
          .filter(wire::has)
          .forEach(
              phase ->
                  tests.add(
                      () -> {
                        test.run(wire, framing, phase);
                        return null;
                      }));
    }
    var pool = Executors.newFixedThreadPool(tests.size());
    var failures = new ArrayList<Throwable>();
    try {
      for (var result : pool.invokeAll(tests)) {
        try {
          result.get();
        } catch (ExecutionException e) {
          failures.add(e.getCause());
        }
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(failures).isEmpty();
  }
}
