package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the code of the README and the site is compiled and run here or in consumers. */
final class ReadmeTest {

  private static final Path ROOT = Path.of("..");
  private static final Path DOCS = ROOT.resolve("docs");
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src", "main", "java"),
          Path.of("src", "test", "java"),
          ROOT.resolve("consumers"));

  /** Languages other than Java. CoordinatesTest checks the XML of Maven. */
  private static final Set<String> WRITTEN_OUT =
      Set.of("java", "sh", "text", "toml", "csv", "sql", "xml", "");

  private static final Pattern IMPORT = Pattern.compile("<<< @/([^#{ ]+)(?:#([\\w-]+))?.*");

  @Test
  void showsOnlyCodeOfTheExamples() throws IOException {
    List<List<String>> sources = sources();

    List<List<String>> blocks = new ArrayList<>();
    for (Path page : pages()) {
      blocks.addAll(javaBlocks(Files.readAllLines(page)));
    }
    assertThat(blocks)
        .isNotEmpty()
        .allSatisfy(
            block ->
                assertThat(sources)
                    .as("the block that begins with: " + block.get(0))
                    .anyMatch(source -> Collections.indexOfSubList(source, block) >= 0));
  }

  /** The site's builder shows a whole file or a note in place of a missing region. */
  @Test
  void importsOnlyWhatThereIs() throws IOException {
    List<String> imports = new ArrayList<>();
    for (Path page : pages()) {
      for (String line : Files.readAllLines(page)) {
        Matcher wanted = IMPORT.matcher(line);
        if (wanted.matches()) {
          imports.add(line);
          Path source = DOCS.resolve(wanted.group(1));
          assertThat(source).as(page + ": " + line).isRegularFile();
          if (wanted.group(2) != null) {
            assertThat(strippedLines(source))
                .as(page + ": " + line)
                .anyMatch(mark -> mark.matches("(//|<!--) #region " + wanted.group(2) + "( -->)?"))
                .anyMatch(
                    mark -> mark.matches("(//|<!--) #endregion " + wanted.group(2) + "( -->)?"));
          }
        }
      }
    }
    assertThat(imports).hasSizeGreaterThan(10);
  }

  /** Refuses code that CI does not run: a page imports it, or the test above compares it. */
  @Test
  void writesOutNoOtherCode() throws IOException {
    for (Path page : pages()) {
      boolean inside = false;
      for (String line : Files.readAllLines(page)) {
        if (line.strip().startsWith("```")) {
          inside = !inside;
          if (inside) {
            assertThat(line.strip().substring(3)).as("%s", page).isIn(WRITTEN_OUT);
          }
        }
      }
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    for (Path folder : List.of(DOCS, DOCS.resolve("providers"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
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
