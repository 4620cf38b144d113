package io.simtally.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the code of the documentation pages from sources that are compiled and run. A page marks
 * the place with a comment, and the block of code below it is replaced:
 *
 * <pre>{@code
 * <!-- snippet: examples/src/main/java/io/simtally/examples/LastDays.java#print -->
 * }</pre>
 *
 * <p>The path starts at the project's root. The part after {@code #} is the name of a region of the
 * file, between {@code // #region print} and {@code // #endregion print}; without it the block has
 * the whole file. To write all pages: {@code java
 * examples/src/test/java/io/simtally/examples/PageSnippets.java}
 */
final class PageSnippets {
  private static final Pattern MARKER =
      Pattern.compile("<!-- snippet: (?<file>\\S+?)(?:#(?<region>[\\w-]+))? -->");

  private static final Pattern REGION =
      Pattern.compile("(?://|#|<!--) #(?<edge>region|endregion) (?<name>[\\w-]+)(?: -->)?");

  private static final Map<String, String> LANGUAGES =
      Map.of("kt", "kotlin", "kts", "kotlin", "gradle", "groovy", "yml", "yaml", "py", "python");

  private final Path root;

  PageSnippets(Path root) {
    this.root = root;
  }

  /** Writes all pages below the current folder, or below the given one. */
  public static void main(String... args) throws IOException {
    PageSnippets snippets = new PageSnippets(Path.of(args.length == 0 ? "" : args[0]));
    for (Path page : snippets.pages()) {
      String before = Files.readString(page);
      String after = snippets.render(before);
      if (!after.equals(before)) {
        Files.writeString(page, after);
        System.out.println("Written: " + page);
      }
    }
  }

  /** Returns all pages: the README files of the project and its modules, and those of docs. */
  List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      files.filter(this::isPage).forEach(pages::add);
    }
    return pages;
  }

  private boolean isPage(Path file) {
    String path = root.relativize(file).toString();
    return path.endsWith(".md") && !path.matches("(.*/)?(target|node_modules|\\..*)/.*");
  }

  /** Returns a page with the current code of its snippets. */
  String render(String page) throws IOException {
    List<String> lines = page.lines().toList();
    List<String> rendered = new ArrayList<>();
    int next = 0;
    while (next < lines.size()) {
      String line = lines.get(next++);
      rendered.add(line);
      Matcher marker = MARKER.matcher(line);
      if (marker.matches()) {
        rendered.add("```" + language(marker.group("file")));
        rendered.addAll(code(marker.group("file"), marker.group("region")));
        rendered.add("```");
        next = afterBlock(lines, next);
      }
    }
    return String.join("\n", rendered) + "\n";
  }

  private static int afterBlock(List<String> lines, int start) {
    if (start == lines.size() || !lines.get(start).startsWith("```")) {
      return start;
    }
    int end = start + 1;
    while (!lines.get(end).equals("```")) {
      end++;
    }
    return end + 1;
  }

  private static String language(String file) {
    String extension = file.substring(file.lastIndexOf('.') + 1);
    return LANGUAGES.getOrDefault(extension, extension);
  }

  private List<String> code(String file, String region) throws IOException {
    List<String> code = new ArrayList<>();
    boolean inside = region == null;
    boolean found = inside;
    for (String line : Files.readAllLines(root.resolve(file))) {
      Matcher edge = REGION.matcher(line.strip());
      if (!edge.matches()) {
        if (inside) {
          code.add(line);
        }
      } else if (edge.group("name").equals(region)) {
        inside = edge.group("edge").equals("region");
        found = true;
      }
    }
    if (!found) {
      throw new IOException(file + " has no region " + region);
    }
    String text = String.join("\n", code).stripIndent().strip();
    return text.lines().toList();
  }
}
