package io.simtally.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.simtally.fleet.check.ContractCheck;
import io.simtally.mason.MasonUsage;
import io.simtally.simulator.Reply;
import io.simtally.simulator.carriers.Simulators;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/**
 * A test to copy, which fails when a provider changes its API. Here it reads from a simulator; with
 * {@code System.getenv()} it reads from the service, for example each night.
 */
final class NightlyContractTest {

  @Test
  void masonAnswersAsItsPageSays() {
    try (Simulators simulators = Simulators.start()) {
      checkMason(simulators.environment());
    }
  }

  @Test
  void noticesAMemberThatIsNew() {
    try (Simulators simulators = Simulators.start()) {
      simulators.mason().next(Reply.json("{\"data\":[],\"roaming\":true}"));

      assertThrows(AssertionError.class, () -> checkMason(simulators.environment()));
    }
  }

  // #region nightly
  private static void checkMason(Map<String, String> environment) {
    // #region limits-2
    ContractCheck contract = new ContractCheck();
    OkHttpClient http = new OkHttpClient.Builder().addInterceptor(contract).build();
    try (MasonUsage mason =
        MasonUsage.builder().environment(environment).httpClient(http).build()) {
      mason.aggregateSimUsage().month(YearMonth.now().minusMonths(1)).limit(10).execute();
    }
    assertEquals(1, contract.compared());
    assertEquals(List.of(), contract.differences());
    // #endregion limits-2
  }
  // #endregion nightly
}
