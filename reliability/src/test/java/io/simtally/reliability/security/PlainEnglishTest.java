package io.simtally.reliability.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refuses idioms that a reader has to decode in sources, in all pages and in .github. */
class PlainEnglishTest {
  private static final Path ROOT = Path.of("..");

  private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git");

  private static final Pattern IDIOM =
      Pattern.compile(
          String.join(
              "|",
              "\\b(nobody|somebody)\\b",
              "\\b(goes|go|going|gone) on with\\b",
              "\\bhears? (how|of|what|that|from)\\b",
              "\\b(is|are|was|were|been) told\\b",
              "\\btells? (whether|how|of|what|that|apart|which|nothing|none)\\b",
              "\\b(what|whatever) (came|comes|became) (of|in|back|from|out)\\b",
              "\\bwhatever (it|they|else|became|came)\\b",
              "\\b(is|are) to be had\\b",
              "\\b(is|are|was|were) made up\\b(?! of)",
              "\\bknows? (nothing|nobody|none|no more) of\\b",
              "\\b(lies|lie|lay) (in|at|where|there|with|under)\\b",
              "\\bstands? (in|at|there|once|where|beside) (the|a|an|its|each|it|all)\\b",
              "\\bleans? on\\b",
              "\\b(is|are|was) no (more|longer) to be\\b",
              "\\bfor ever\\b",
              "\\bof (its|our|one's|the caller's) own making\\b",
              "\\bhas (yet )?to be (said|told)\\b"),
          Pattern.CASE_INSENSITIVE);

  /** Javadoc margins, line comments, joins of string literals and line breaks. */
  private static final Pattern BREAK =
      Pattern.compile("\"\\s*\\+\\s*\"|\\s*\\R\\s*(?:\\*(?!/)|//|#)?\\s*");

  @Test
  void sourcesUsePlainEnglish() {
    assertThat(files().flatMap(PlainEnglishTest::complaints)).isEmpty();
  }

  @Test
  void looksIntoAllKindsOfFiles() {
    assertThat(files())
        .contains(
            ROOT.resolve("README.md"),
            ROOT.resolve("CHANGELOG.md"),
            ROOT.resolve(".github/CONTRIBUTING.md"),
            ROOT.resolve("docs/index.md"),
            ROOT.resolve("docs/providers/mason.md"),
            ROOT.resolve("core/src/main/java/io/simtally/core/ApiException.java"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hears how far the walk has come.",
        "a call that nobody reads",
        "requests are counted, whatever became of them",
        "the sync is gone on with",
        "The usage is made up from the seed.",
        "a token that is accepted for ever",
        "/** Is told of\n   * each connection. */",
        "\"the row lies \"\n          + \"in another file\"",
        "// It goes on\n    // with the next page.",
        "Tells whether the request is paged.",
        "It knows nothing of the clients."
      })
  void refuses(String text) {
    assertThat(idioms(text)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Returns whether the request is paged.",
        "The store contains one row for each day.",
        "A page is made up of at most 100 rows.",
        "The caller must close the client.",
        "Usage lies between zero and the allowance.",
        "WMS stands for the service in front of the API.",
        "The command continues with the next account and stores what it has read.",
        "what the response contains, and whatever headers it has",
        "Retries the call after the delay that the server requests.",
        "This setting makes the timeout longer than the delay."
      })
  void accepts(String text) {
    assertThat(idioms(text)).isEmpty();
  }

  private static Stream<String> complaints(Path file) {
    try {
      return idioms(Files.readString(file)).stream()
          .map(idiom -> ROOT.relativize(file) + ": " + idiom);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> idioms(String text) {
    String oneLine = BREAK.matcher(text).replaceAll(PlainEnglishTest::joint);
    return IDIOM
        .matcher(oneLine)
        .results()
        .map(
            found ->
                oneLine.substring(
                    Math.max(0, found.start() - 30), Math.min(oneLine.length(), found.end() + 30)))
        .toList();
  }

  private static String joint(MatchResult gap) {
    return gap.group().startsWith("\"") ? "" : " ";
  }

  private static Stream<Path> files() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(PlainEnglishTest::isChecked)
          // This class has the idioms as examples.
          .filter(file -> !file.endsWith("PlainEnglishTest.java"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isChecked(Path file) {
    for (Path folder : ROOT.relativize(file)) {
      if (SKIPPED.contains(folder.toString())) {
        return false;
      }
    }
    String name = file.getFileName().toString();
    return name.endsWith(".java")
        || name.endsWith(".md")
        || (file.startsWith(ROOT.resolve(".github")) && Files.isRegularFile(file));
  }
}
