package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the artifacts that the README, the site and its Gradle builds name. */
final class CoordinatesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern POM =
      Pattern.compile(
          "</parent>\\s*<artifactId>([^<]+)</artifactId>(?!.*<unpublished>true)", Pattern.DOTALL);
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>simtally-parent</artifactId>\\s*<version>([^<]+)</version>");

  /** The spellings of Gradle, of Maven, and of the table of artifacts. */
  private static final List<Pattern> COORDINATES =
      List.of(
          Pattern.compile("io\\.simtally:([\\w.-]+)(?::([\\w.-]+))?"),
          Pattern.compile(
              "<groupId>io\\.simtally</groupId>\\s*<artifactId>([^<]+)</artifactId>"
                  + "(?:\\s*<version>([^<$]+)</version>)?"),
          Pattern.compile("`(simtally-[\\w.-]+)`()"));

  @Test
  void namesOnlyArtifactsThatArePublishedInTheirVersion() throws IOException {
    Set<String> published = published();
    String version = first(VERSION, Files.readString(ROOT.resolve("pom.xml")));

    List<String> named = new ArrayList<>();
    for (Path page : pages()) {
      for (Pattern pattern : COORDINATES) {
        Matcher coordinates = pattern.matcher(Files.readString(page));
        while (coordinates.find()) {
          assertThat(coordinates.group(1)).as("%s", page).isIn(published);
          if (coordinates.group(2) != null && !coordinates.group(2).isEmpty()) {
            assertThat(coordinates.group(2)).as("%s", page).isEqualTo(version);
          }
          named.add(coordinates.group(1));
        }
      }
    }
    assertThat(named).contains("simtally-bom").hasSizeGreaterThan(20);
  }

  private static Set<String> published() throws IOException {
    Set<String> published = new HashSet<>();
    try (Stream<Path> folders = Files.list(ROOT)) {
      for (Path pom : folders.map(folder -> folder.resolve("pom.xml")).toList()) {
        if (Files.isRegularFile(pom)) {
          Matcher artifact = POM.matcher(Files.readString(pom));
          if (artifact.find()) {
            published.add(artifact.group(1));
          }
        }
      }
    }
    return published;
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path folder :
        List.of(
            ROOT.resolve("docs"),
            ROOT.resolve("docs/providers"),
            ROOT.resolve("consumers/start"),
            ROOT.resolve("consumers/gradle/kotlin"),
            ROOT.resolve("consumers/gradle/groovy"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(CoordinatesTest::isShown).forEach(pages::add);
      }
    }
    pages.add(ROOT.resolve("README.md"));
    return pages;
  }

  private static boolean isShown(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".md") || name.equals("pom.xml") || name.startsWith("build.gradle");
  }
}
