package io.simtally.core.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonDataException;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLimitsTest {
  private static final int KIB = 1024;

  /** Checks runs at any offset within the steps of the check and the segments of the buffer. */
  private static final int[] OFFSETS = {0, 1, 2, 1023, 2046, 2047, 2048, 2049, 8191, 8192, 9000};

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "-", ".", "e", "E"})
  void refusesAnythingThatCouldBeANumberOfThousandsOfDigits(String character) {
    for (var offset : OFFSETS) {
      assertThatThrownBy(() -> JsonLimits.check(json(offset, character, 4096)))
          .isInstanceOf(JsonDataException.class)
          .hasMessage("Expected no number of thousands of digits");
      assertThatCode(() -> JsonLimits.check(json(offset, character, 2047)))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t", "\r", "\n"})
  void refusesBlanksByTheTenThousand(String character) {
    for (var offset : OFFSETS) {
      assertThatThrownBy(() -> JsonLimits.check(json(offset, character, 68 * KIB)))
          .isInstanceOf(JsonDataException.class)
          .hasMessage("Expected no more than 64 KiB of blanks");
      assertThatCode(() -> JsonLimits.check(json(offset, character, 66 * KIB - 1)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void countsNoBlanksThatAreNotNextToEachOther() {
    var json = new Buffer();
    for (int i = 0; i < 20; i++) {
      json.writeUtf8(" ".repeat(16 * KIB)).writeUtf8("x");
    }
    assertThatCode(() -> JsonLimits.check(json)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\"", "{", "\u0000", "\u00e9"})
  void letsAnyOtherRunPass(String character) {
    assertThatCode(() -> JsonLimits.check(json(0, character, 200 * KIB)))
        .doesNotThrowAnyException();
  }

  @Test
  void looksAtTheLastByteToo() {
    var digits = new Buffer().writeUtf8("7".repeat(2048));
    assertThatThrownBy(() -> JsonLimits.check(digits)).isInstanceOf(JsonDataException.class);
    assertThatCode(() -> JsonLimits.check(new Buffer().writeUtf8("7".repeat(2047))))
        .doesNotThrowAnyException();
    assertThatCode(() -> JsonLimits.check(new Buffer())).doesNotThrowAnyException();
  }

  private static Buffer json(int offset, String character, int length) {
    return new Buffer()
        .writeUtf8("x".repeat(offset))
        .writeUtf8(character.repeat(length))
        .writeUtf8("x");
  }
}
