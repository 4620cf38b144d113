import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * Checks the pages of every published Javadoc jar, as JDK 17 writes them. Each module, package,
 * type, member and record component has its own description, and members inherited from another
 * module are links. (Javadoc's own check would also require each record component to be described a
 * second time at its constructor.)
 */
final class JavadocCheck {
  private static final Pattern SECTION =
      Pattern.compile(
          "<section class=\"(?:(?:module|package|class)-description|detail)\" id=\"([^\"]*)\">"
              + "(.*?)</section>",
          Pattern.DOTALL);

  /** Javadoc's default sentence of a component; for a described component it is a link. */
  private static final Pattern COMPONENT =
      Pattern.compile("Returns the value of the <code>\\w+</code> record component");

  private static final Pattern INHERITED =
      Pattern.compile(
          "<h3[^>]*>[A-Za-z ]+ inherited from [a-z]+&nbsp;(io\\.simtally\\.[\\w.]+)</h3>");

  /** Methods for which the description of java.lang.Object suffices. */
  private static final Set<String> OF_OBJECT =
      Set.of("toString()", "hashCode()", "equals(java.lang.Object)");

  /** The module has no module-info.java and therefore no description. */
  private static final String AUTOMATIC = "io.simtally.simulator.junit";

  private final List<String> complaints = new ArrayList<>();
  private int members;

  private JavadocCheck() {}

  public static void main(String... args) throws IOException {
    JavadocCheck check = new JavadocCheck();
    List<Path> jars = new ArrayList<>();
    for (String place : args) {
      try (var files = Files.walk(Path.of(place))) {
        files.filter(file -> file.toString().endsWith("-javadoc.jar")).sorted().forEach(jars::add);
      }
    }
    for (Path jar : jars) {
      check.look(jar);
    }
    check.complaints.forEach(complaint -> System.out.println("FAILED: " + complaint));
    if (jars.isEmpty() || !check.complaints.isEmpty()) {
      System.exit(1);
    }
    System.out.printf(
        "ok: %d Javadoc jars describe all of %d types and members%n", jars.size(), check.members);
  }

  private void look(Path path) throws IOException {
    int before = members;
    try (JarFile jar = new JarFile(path.toFile())) {
      for (ZipEntry entry : jar.stream().filter(e -> isForPrograms(e.getName())).toList()) {
        String page = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        look(path.getFileName() + " " + entry.getName(), page);
      }
    }
    if (members == before) {
      complaints.add(path.getFileName() + " describes nothing");
    }
  }

  private static boolean isDescribed(String section) {
    return section.contains("<div class=\"block\">") && !COMPONENT.matcher(section).find();
  }

  /** Internal packages are exported only to the provider modules, but have pages too. */
  private static boolean isForPrograms(String name) {
    return name.endsWith(".html") && !name.contains("/internal/") && !name.contains("/class-use/");
  }

  private void look(String where, String page) {
    Matcher section = SECTION.matcher(page);
    while (section.find()) {
      members++;
      String id = section.group(1);
      if (!isDescribed(section.group(2)) && !OF_OBJECT.contains(id)) {
        complaints.add(where + " says nothing of " + id);
      }
    }
    for (String one : List.of("module", "package")) {
      if (where.endsWith(one + "-summary.html")
          && !page.contains(one + "-description")
          && !where.endsWith(AUTOMATIC + "/module-summary.html")) {
        complaints.add(where + " has no description");
      }
    }
    Matcher inherited = INHERITED.matcher(page);
    while (inherited.find()) {
      complaints.add(where + " does not lead to what it inherits from " + inherited.group(1));
    }
  }
}
