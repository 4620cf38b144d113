package io.simtally.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.simtally.core.ApiException;
import io.simtally.core.RetryPolicy;
import io.simtally.mason.MasonUsage;
import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import io.simtally.simulator.Sample;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The results of users' tests, which the launcher runs: surefire ignores nested classes. */
final class OutcomeTest {
  /** The addresses and clients of the latest user's test. */
  private static final Queue<String> URLS = new ConcurrentLinkedQueue<>();

  private static final Queue<MasonUsage> CLIENTS = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void forget() {
    URLS.clear();
    CLIENTS.clear();
  }

  @Test
  void everythingIsClosedAfterATestThatFails() {
    Run run = Run.of(Failing.class);

    assertThat(run.failures()).singleElement().extracting(Throwable::getMessage).isEqualTo("no");
    assertEverythingIsClosed();
  }

  @ExtendWith(SimtallyExtension.class)
  static final class Failing {
    @Test
    void fails(MasonSimulator simulator, MasonUsage client) throws IOException {
      URLS.add(simulator.url());
      CLIENTS.add(client);
      connect(simulator.url());
      fail("no");
    }
  }

  @Test
  void everythingIsClosedIfTheTestClassCannotBeMade() {
    Run run = Run.of(Unmade.class);

    assertThat(run.failures()).singleElement().extracting(Throwable::getMessage).isEqualTo("no");
    assertEverythingIsClosed();
  }

  @ExtendWith(SimtallyExtension.class)
  static final class Unmade {
    Unmade(MasonSimulator simulator, MasonUsage client) {
      URLS.add(simulator.url());
      CLIENTS.add(client);
      throw new IllegalStateException("no");
    }

    @Test
    void neverRuns() {}
  }

  private static void assertEverythingIsClosed() {
    assertThat(URLS).hasSize(1);
    assertThatThrownBy(() -> connect(URLS.element())).isInstanceOf(ConnectException.class);
    assertThatThrownBy(
            () -> CLIENTS.element().aggregateAccountUsage().month(YearMonth.of(2026, 1)).execute())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the mason-usage client is closed");
  }

  private static void connect(String url) throws IOException {
    new Socket("127.0.0.1", URI.create(url).getPort()).close();
  }

  @Test
  void aTestWhoseStepsWereNotMetFails() {
    Run run = Run.of(Unmet.class);

    assertThat(run.passed()).isZero();
    assertThat(run.failures())
        .singleElement()
        .isInstanceOf(AssertionError.class)
        .extracting(Throwable::getMessage)
        .asString()
        .startsWith(
            "scripted, but no request met them: MasonSimulator [Fault.cutOffBody, SERIES_SIM];"
                + " ThingSpaceSimulator [Fault.expiredToken].")
        .contains("clear()", "ignoreUnmetSteps()");
  }

  @ExtendWith(SimtallyExtension.class)
  static final class Unmet {
    @Test
    void scriptsMoreThanIsAskedFor(
        MasonSimulator mason, MasonUsage client, ThingSpaceSimulator thingSpace) {
      mason.next(Fault.serviceUnavailable(), Fault.cutOffBody()).every(9, Fault.emptyBody());
      mason.on(Operation.SERIES_SIM_USAGE).next(Sample.SERIES_SIM);
      thingSpace.loginFaults().next(Fault.expiredToken());
      try {
        client
            .aggregateAccountUsage()
            .month(YearMonth.of(2026, 1))
            .retryPolicy(RetryPolicy.none())
            .execute();
      } catch (ApiException e) {
        assertThat(e.status()).isEqualTo(503);
      }
    }
  }

  @Test
  void aFailureOfTheTestIsNotHiddenByStepsThatWereNotMet() {
    assertThat(Run.of(UnmetAndFailing.class).failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure).hasMessage("no");
              assertThat(failure.getSuppressed()).isEmpty();
            });
  }

  @ExtendWith(SimtallyExtension.class)
  static final class UnmetAndFailing {
    @Test
    void fails(MasonSimulator mason) {
      mason.next(Fault.serviceUnavailable());
      fail("no");
    }
  }

  @Test
  void aClearedScriptHasNoUnmetSteps() {
    assertThat(Run.of(Cleared.class)).isEqualTo(new Run(1, List.of()));
  }

  @ExtendWith(SimtallyExtension.class)
  static final class Cleared {
    @Test
    void scripts(ThingSpaceSimulator thingSpace) {
      thingSpace.next(Fault.serviceUnavailable());
      thingSpace.on(Operation.SESSION_REPORT).next(Fault.serviceUnavailable());
    }

    @AfterEach
    void clear(ThingSpaceSimulator thingSpace) {
      thingSpace.clear();
    }
  }

  @Test
  void unmetStepsMayBeIgnored() {
    assertThat(Run.of(Ignoring.class)).isEqualTo(new Run(1, List.of()));
  }

  static final class Ignoring {
    @RegisterExtension
    final SimtallyExtension simtally = SimtallyExtension.builder().ignoreUnmetSteps().build();

    @Test
    void scripts(MasonSimulator mason) {
      mason.next(Fault.serviceUnavailable());
    }
  }

  @Test
  void whatIsSharedByTestsIsRefused() {
    for (Class<?> test : List.of(Shared.class, OneInstance.class)) {
      Run run = Run.of(test);
      assertThat(run.passed()).isZero();
      assertThat(run.failures())
          .singleElement()
          .isInstanceOf(ParameterResolutionException.class)
          .extracting(Throwable::getMessage)
          .asString()
          .startsWith("SimtallyExtension gives each test a MasonSimulator of its own")
          .contains(test.getSimpleName(), "ask for it in @BeforeEach");
    }
  }

  @ExtendWith(SimtallyExtension.class)
  static final class Shared {
    @BeforeAll
    static void beforeAll(MasonSimulator simulator) {
      assertThat(simulator).isNotNull();
    }

    @Test
    void neverRuns() {}
  }

  @ExtendWith(SimtallyExtension.class)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static final class OneInstance {
    OneInstance(MasonSimulator simulator) {
      assertThat(simulator).isNotNull();
    }

    @Test
    void neverRuns() {}
  }

  @Test
  void anInstanceForAllTestsStillHasSimulatorsForEach() {
    SEEN.clear();
    assertThat(Run.of(OneInstanceManyTests.class)).isEqualTo(new Run(3, List.of()));
    assertThat(SEEN).hasSize(3);
  }

  private static final Set<Object> SEEN = ConcurrentHashMap.newKeySet();

  @ExtendWith(SimtallyExtension.class)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static final class OneInstanceManyTests {
    @RepeatedTest(3)
    void sees(MasonSimulator simulator) {
      SEEN.add(simulator);
    }
  }

  @Test
  void testsInParallelDoNotMeetEachOthersFaults() {
    SEEN.clear();
    Run run =
        Run.of(
            Parallel.class,
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "8"));

    assertThat(run).isEqualTo(new Run(24, List.of()));
    assertThat(SEEN).hasSize(24);
  }

  @ExtendWith(SimtallyExtension.class)
  @Execution(ExecutionMode.CONCURRENT)
  static final class Parallel {
    @RepeatedTest(24)
    void meetsItsOwn(MasonSimulator simulator, MasonUsage client) {
      SEEN.add(simulator);
      simulator.next(Fault.serviceUnavailable(), Fault.disconnect(), Sample.AGGREGATE_ACCOUNT);

      var page = client.aggregateAccountUsage().month(YearMonth.of(2020, 8)).execute();

      assertThat(page.items().get(0).usage().total()).isEqualTo(176_069_867);
      assertThat(simulator.calls(Operation.AGGREGATE_ACCOUNT_USAGE)).hasSize(3);
    }
  }
}
