package io.simtally.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FleetResultTest {
  @Test
  void returnsTheValue() {
    var result = new FleetResult<>("8944500000000000001", 42L, null);

    assertThat(result.orThrow()).isEqualTo(42);
    assertThat(result.failure()).isNull();
  }

  @Test
  void refusesAResultWithoutValueAndFailure() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FleetResult<>("8944500000000000001", null, null))
        .withMessage("a result has either a value or a failure");
  }
}
