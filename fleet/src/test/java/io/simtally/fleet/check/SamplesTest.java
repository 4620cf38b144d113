package io.simtally.fleet.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages' own samples are as the pages say. */
class SamplesTest {

  static Stream<Arguments> samples() {
    return Pages.ALL.stream()
        .flatMap(
            page ->
                page.samples().stream()
                    .flatMap(samples -> samples.stream())
                    .filter(sample -> !sample.endsWith("session-report"))
                    .map(sample -> Arguments.of(page, sample)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void noSampleDiffersFromItsPage(DocumentedCall page, String sample) throws IOException {
    assertThat(Shape.differences(page, JsonValue.parse(text(sample)).orElseThrow())).isEmpty();
  }

  @Test
  void thePlaceholdersOfASampleAreNoTimes() throws IOException {
    var page = Pages.ALL.get(Pages.ALL.size() - 1);

    assertThat(
            Shape.differences(
                page, JsonValue.parse(text(page.samples().get(0).get(0))).orElseThrow()))
        .extracting(Difference::path)
        .containsExactly("sessions[].endTime", "sessions[].startTime");
  }

  private static String text(String sample) throws IOException {
    try (var in = Shape.class.getResourceAsStream(sample + ".json")) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
