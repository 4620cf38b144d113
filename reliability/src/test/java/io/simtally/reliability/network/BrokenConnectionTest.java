package io.simtally.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.RetryPolicy;
import io.simtally.reliability.Threads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are cut, reset or delayed, in every phase of a call. */
class BrokenConnectionTest {
  private static Threads threads;

  @BeforeAll
  static void rememberThreads() {
    threads = Threads.now();
  }

  @AfterAll
  static void leavesNoThreadBehind() {
    assertThat(threads.left()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void endsInTheRightAnswerWhenTheNextConnectionHolds(Wire wire, Framing framing, Fault fault)
      throws Exception {
    try (var rig = Rig.of(wire, framing)) {
      rig.proxy().next(fault);

      var response = rig.request().executeWithResponse();

      assertThat(response.value()).isEqualTo(Rig.rightAnswer());
      assertThat(response.attempts()).isEqualTo(2);
      assertThat(rig.proxy().connections()).isEqualTo(2);
      assertThat(rig.requests()).isEqualTo(fault.phase().isAfterRequest() ? 2 : 1);
      leavesNoConnectionBehind(rig);
    }
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void isALostConnectionWhenNoConnectionHolds(Wire wire, Framing framing, Fault fault)
      throws Exception {
    try (var rig = Rig.of(wire, framing)) {
      rig.proxy().always(fault);

      var once = failureOf(rig, RetryPolicy.none());

      assertThat(once.kind()).as(once.getMessage()).isEqualTo(Kind.CONNECTION);
      assertThat(once.status()).isZero();
      assertThat(once.attempts()).isEqualTo(1);
      assertThat(rig.proxy().connections()).isEqualTo(1);

      var thrice = catchThrowableOfType(ApiException.class, rig.request()::execute);

      assertThat(thrice.kind()).as(thrice.getMessage()).isEqualTo(Kind.CONNECTION);
      assertThat(thrice.attempts()).isEqualTo(3);
      assertThat(rig.proxy().connections()).isEqualTo(1 + 3);
      assertThat(rig.requests()).isEqualTo(fault.phase().isAfterRequest() ? 1 + 3 : 0);
      leavesNoConnectionBehind(rig);
    }
  }

  @ParameterizedTest
  @MethodSource("idleBreaks")
  void survivesAConnectionThatDiesBetweenTwoCalls(Wire wire, Framing framing, Fault fault)
      throws Exception {
    try (var rig = Rig.of(wire, framing)) {
      rig.proxy().next(fault);
      var first = rig.request().executeWithResponse();
      rig.proxy().callIsOver();

      var second = rig.request().executeWithResponse();

      assertThat(first.attempts()).isEqualTo(1);
      assertThat(List.of(first.value(), second.value())).containsOnly(Rig.rightAnswer());
      // HTTP/2 reads all the time, and may have noticed the break before the second call started.
      assertThat(second.attempts()).isBetween(wire.isHttp2() ? 1 : 2, 2);
      assertThat(rig.proxy().connections()).isEqualTo(2);
      assertThat(rig.requests()).isEqualTo(2);
      leavesNoConnectionBehind(rig);
    }
  }

  @ParameterizedTest
  @MethodSource("delays")
  void waitsForALateResponse(Wire wire, Framing framing, Fault fault) throws Exception {
    try (var rig = Rig.of(wire, framing)) {
      rig.proxy().next(fault);

      var response = rig.request().executeWithResponse();
      rig.proxy().callIsOver();
      var next = rig.request().executeWithResponse();

      assertThat(List.of(response.value(), next.value())).containsOnly(Rig.rightAnswer());
      assertThat(List.of(response.attempts(), next.attempts())).containsOnly(1);
      assertThat(rig.proxy().connections()).isEqualTo(1);
      assertThat(rig.requests()).isEqualTo(2);
      leavesNoConnectionBehind(rig);
    }
  }

  private static void leavesNoConnectionBehind(Rig rig) throws InterruptedException {
    rig.closeClient();
    assertThat(rig.proxy().connectionsLeft()).isZero();
  }

  private static ApiException failureOf(Rig rig, RetryPolicy policy) {
    return catchThrowableOfType(
        ApiException.class, () -> rig.request().retryPolicy(policy).execute());
  }

  static List<Arguments> breaks() {
    return faults(true, false, Damage.CUT, Damage.RESET);
  }

  static List<Arguments> idleBreaks() {
    return faults(false, true, Damage.CUT, Damage.RESET);
  }

  static List<Arguments> delays() {
    return faults(true, true, Damage.DELAY);
  }

  private static List<Arguments> faults(boolean busy, boolean idle, Damage... damages) {
    var faults = new ArrayList<Arguments>();
    for (var wire : Wire.values()) {
      for (var framing : Framing.values()) {
        for (var phase : Phase.values()) {
          for (var damage : damages) {
            if (wire.has(phase) && (phase == Phase.IDLE ? idle : busy)) {
              faults.add(Arguments.of(wire, framing, new Fault(phase, damage)));
            }
          }
        }
      }
    }
    return faults;
  }
}
