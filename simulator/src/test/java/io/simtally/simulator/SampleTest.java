package io.simtally.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SampleTest {

  @ParameterizedTest
  @EnumSource(Sample.class)
  void everySampleIsJson(Sample sample) {
    assertThat(Answer.json(sample.json())).isNotNull();
    sample.requestJson().ifPresent(request -> assertThat(Answer.json(request)).isNotNull());
  }

  @Test
  void everyPublishedSampleHasAName() throws Exception {
    List<String> named = new ArrayList<>();
    for (Sample sample : Sample.values()) {
      named.add(sample.json());
      sample.requestJson().ifPresent(named::add);
    }

    assertThat(named).containsExactlyInAnyOrderElementsOf(files());
  }

  private static List<String> files() throws Exception {
    URI folder = Objects.requireNonNull(Sample.class.getResource("samples")).toURI();
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return contents;
  }

  @Test
  void samplesOfErrorsHaveTheirStatus() {
    assertThat(Sample.SESSION_REPORT_NOT_PURCHASED.status()).isEqualTo(409);
    assertThat(Sample.SESSION_REPORT_NOT_PURCHASED.json()).contains("Service Not Purchased");
    assertThat(Sample.SESSION_REPORT_NOT_PURCHASED.operation()).isEqualTo(Operation.SESSION_REPORT);
    assertThat(Sample.USAGE_BY_DEVICE.status()).isEqualTo(200);
  }

  @Test
  void aSampleKnowsTheRequestThatThePageShowsWithIt() {
    assertThat(Sample.USAGE_BY_DEVICE.requestJson())
        .hasValueSatisfying(json -> assertThat(json).contains("\"kind\"", "\"earliest\""));
    assertThat(Sample.SERIES_SIM.requestJson()).isEmpty();
  }
}
