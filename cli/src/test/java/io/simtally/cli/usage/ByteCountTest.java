package io.simtally.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ByteCountTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1049, 1.0 kB",
    "1050, 1.1 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "1000000, 1.0 MB",
    "1234567890, 1.2 GB",
    "9223372036854775807, 9.2 EB"
  })
  void writesThreeDigitsBeforeTheUnitAtMost(long bytes, String expected) {
    assertThat(ByteCount.human(bytes)).isEqualTo(expected);
  }

  @Test
  void writesNumbersBeyondALong() {
    assertThat(ByteCount.human(BigInteger.TEN.pow(21))).isEqualTo("1.0 ZB");
  }

  @Test
  void writesAllDigitsInGroups() {
    assertThat(ByteCount.exact(9_007_199_254_740_993L)).isEqualTo("9,007,199,254,740,993 bytes");
  }

  @Test
  void writesSharesOfTotalsNearTheBound() {
    assertThat(ByteCount.percent(BigInteger.TEN.pow(20), BigInteger.TEN.pow(20)))
        .isEqualTo("100.0 %");
  }
}
