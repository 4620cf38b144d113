package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the pages show the current code of sources that are compiled and run in CI. */
final class PageSnippetsTest {
  private static final Path ROOT = Path.of("..");

  /** Languages of blocks that no compiler checks. CoordinatesTest checks the XML of Maven. */
  private static final Set<String> WRITTEN_OUT =
      Set.of("sh", "text", "toml", "csv", "sql", "xml", "ini", "dockerfile", "json", "");

  @TempDir private Path folder;

  @Test
  void pagesShowTheCurrentCode() throws IOException {
    PageSnippets snippets = new PageSnippets(ROOT);
    for (Path page : snippets.pages()) {
      String text = Files.readString(page);
      assertThat(text)
          .as(
              "%s; write it with: java examples/src/test/java/io/simtally/examples/PageSnippets.java",
              page)
          .isEqualTo(snippets.render(text));
    }
  }

  @Test
  void pagesHaveSnippets() throws IOException {
    int count = 0;
    for (Path page : new PageSnippets(ROOT).pages()) {
      count += Files.readString(page).split("<!-- snippet: ", -1).length - 1;
    }
    assertThat(count).isGreaterThan(30);
  }

  @Test
  void otherBlocksHaveNoCode() throws IOException {
    for (Path page : new PageSnippets(ROOT).pages()) {
      assertThat(WRITTEN_OUT).as("%s", page).containsAll(languagesOfOtherBlocks(page));
    }
  }

  @Test
  void replacesTheBlockBelowAMarker() throws IOException {
    Files.writeString(
        folder.resolve("A.java"),
        "class A {\n  // #region sum\n  int sum;\n  // #endregion sum\n}\n");
    String page = "Text\n\n<!-- snippet: A.java#sum -->\n%s\nMore text\n";

    assertThat(new PageSnippets(folder).render(page.formatted("```java\nint old;\n```")))
        .isEqualTo(page.formatted("```java\nint sum;\n```"));
    assertThat(new PageSnippets(folder).render("<!-- snippet: A.java -->\n"))
        .isEqualTo("<!-- snippet: A.java -->\n```java\nclass A {\n  int sum;\n}\n```\n");
  }

  @Test
  void refusesARegionThatDoesNotExist() throws IOException {
    Files.writeString(folder.resolve("A.java"), "class A {}\n");

    assertThatThrownBy(() -> new PageSnippets(folder).render("<!-- snippet: A.java#sum -->\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("A.java has no region sum");
  }

  private static List<String> languagesOfOtherBlocks(Path page) throws IOException {
    List<String> languages = new ArrayList<>();
    boolean inside = false;
    String before = "";
    for (String line : Files.readAllLines(page)) {
      String text = line.strip();
      if (text.startsWith("```")) {
        inside = !inside;
        if (inside && !before.startsWith("<!-- snippet: ")) {
          languages.add(text.substring(3));
        }
      }
      before = text;
    }
    return languages;
  }
}
