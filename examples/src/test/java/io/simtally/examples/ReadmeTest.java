package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README shows is code that is compiled and run here. */
final class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final List<Path> SOURCES =
      List.of(Path.of("src", "main", "java"), Path.of("src", "test", "java"));

  @Test
  void showsOnlyCodeOfTheExamples() throws IOException {
    List<List<String>> sources = sources();

    assertThat(javaBlocks(Files.readAllLines(README)))
        .isNotEmpty()
        .allSatisfy(
            block ->
                assertThat(sources)
                    .as("the README's block that begins with: " + block.get(0))
                    .anyMatch(source -> Collections.indexOfSubList(source, block) >= 0));
  }

  private static List<List<String>> javaBlocks(List<String> readme) {
    List<List<String>> blocks = new ArrayList<>();
    boolean inside = false;
    for (String line : readme) {
      if (line.strip().startsWith("```")) {
        inside = !inside && line.strip().equals("```java");
        if (inside) {
          blocks.add(new ArrayList<>());
        }
      } else if (inside) {
        blocks.get(blocks.size() - 1).add(line.strip());
      }
    }
    return blocks;
  }

  private static List<List<String>> sources() throws IOException {
    List<List<String>> sources = new ArrayList<>();
    for (Path folder : SOURCES) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .map(ReadmeTest::strippedLines)
            .forEach(sources::add);
      }
    }
    return sources;
  }

  private static List<String> strippedLines(Path source) {
    try {
      return Files.readAllLines(source).stream().map(String::strip).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
