package io.simtally.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
  private static final String WORDS =
      "12,345 of 100,000 devices, 1 min 5 s left, 1,344/s, 2 failed";

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 80, 99, 100, 120, 200})
  void staysOnOneLineAtEachWidth(int width) {
    var line = line(width);
    line.show(0.12345, WORDS);
    nanos.addAndGet(200_000_000);
    line.show(0.5, "50,000 of 100,000 devices");
    nanos.addAndGet(200_000_000);
    line.show(null, "7 devices");

    assertThat(printed()).doesNotContain("\n");
    for (var shown : printed().substring(1).split("\r", -1)) {
      assertThat(shown).hasSizeLessThan(width);
    }
    assertThat(printed()).startsWith("\r 12 % ");
    assertThat(lastShown()).startsWith("7 devices").matches("7 devices *");
  }

  @Test
  void showsABarWhereThereIsRoom() {
    line(100).show(0.5, WORDS);

    assertThat(printed()).isEqualTo("\r 50 % [" + "=".repeat(15) + " ".repeat(15) + "] " + WORDS);
  }

  @Test
  void showsOneHundredPercentForTheWholeOnly() {
    line(60).show(0.9999, "99,999 of 100,000");
    assertThat(printed()).contains(" 99 % ");
  }

  @Test
  void isWrittenAtMostFiveTimesASecond() {
    var line = line(80);
    for (var i = 0; i < 1_000; i++) {
      line.show(0.5, "x");
      nanos.addAndGet(1_000_000);
    }
    assertThat(printed().chars().filter(each -> each == '\r')).hasSize(5);
  }

  @Test
  void leavesAnEmptyLineForOtherOutput() {
    var line = line(60);
    line.show(0.5, WORDS);
    line.clear();
    nanos.addAndGet(200_000_000);
    line.show(0.6, WORDS);

    assertThat(printed()).endsWith("\r" + " ".repeat(59) + "\r");
  }

  private ProgressLine line(int width) {
    return new ProgressLine(new PrintStream(terminal, false, UTF_8), () -> width, nanos::get);
  }

  private String printed() {
    return terminal.toString(UTF_8);
  }

  private String lastShown() {
    return printed().substring(printed().lastIndexOf('\r') + 1);
  }
}
