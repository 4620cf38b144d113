package io.simtally.reliability.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SoakTest {
  @Test
  void runsForAFewSecondsAndReportsSuccess() throws Exception {
    var printed = new ByteArrayOutputStream();

    var well =
        Soak.run(Duration.ofSeconds(3), new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("fresh ", "warm ", "right, 0 wrong", "closed ", "verdict  all is well");
    assertThat(well).isTrue();
  }
}
