package io.simtally.examples;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

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
 * the whole file. A comment {@code <!-- api: io.simtally.mason -->} marks the place of the public
 * API of a package. To write all pages, after a build: {@code java
 * examples/src/test/java/io/simtally/examples/PageSnippets.java}
 */
final class PageSnippets {
  private static final Pattern MARKER =
      Pattern.compile("<!-- snippet: (?<file>\\S+?)(?:#(?<region>[\\w-]+))? -->");

  private static final Pattern API_MARKER = Pattern.compile("<!-- api: (?<package>[a-z0-9.]+) -->");

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
      Matcher api = API_MARKER.matcher(line);
      if (api.matches()) {
        rendered.add("```text");
        rendered.addAll(new PublicApi(root).of(api.group("package")));
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
    // A blank last line would count as an indentation of zero.
    String text = String.join("\n", code).stripTrailing();
    return text.stripIndent().lines().dropWhile(String::isBlank).toList();
  }

  /** The public types and members of a package, read from its sources. */
  private static final class PublicApi {
    private static final List<Path> SOURCES =
        List.of(
            Path.of("src", "main", "java"),
            Path.of("target", "generated-sources", "openapi", "src", "main", "java"));

    private final Path root;
    private final List<String> lines = new ArrayList<>();

    PublicApi(Path root) {
      this.root = root;
    }

    List<String> of(String name) throws IOException {
      List<Path> files = files(name);
      if (files.isEmpty()) {
        throw new IOException("no module has the package " + name);
      }
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
        JavacTask task =
            (JavacTask)
                compiler.getTask(
                    null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
        task.parse()
            .forEach(
                unit ->
                    unit.getTypeDecls().stream()
                        .filter(ClassTree.class::isInstance)
                        .forEach(type -> add((ClassTree) type, "", false)));
      }
      return lines;
    }

    private List<Path> files(String name) throws IOException {
      Path folder = Path.of(name.replace('.', '/'));
      List<Path> files = new ArrayList<>();
      try (Stream<Path> modules = Files.list(root)) {
        for (Path module : modules.toList()) {
          for (Path source : SOURCES) {
            Path types = module.resolve(source).resolve(folder);
            if (Files.isDirectory(types)) {
              try (Stream<Path> found = Files.list(types)) {
                found
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .forEach(files::add);
              }
            }
          }
        }
      }
      files.sort(Comparator.comparing(file -> file.getFileName().toString()));
      return files;
    }

    private void add(ClassTree type, String indent, boolean isOfInterface) {
      if (!isPublic(type.getModifiers(), isOfInterface)) {
        return;
      }
      boolean isRecord = type.getKind() == Tree.Kind.RECORD;
      boolean isInterface = type.getKind() == Tree.Kind.INTERFACE;
      String components = isRecord ? "(" + String.join(", ", components(type)) + ")" : "";
      lines.add(
          indent
              + kind(type)
              + " "
              + type.getSimpleName()
              + typeParameters(type)
              + components
              + supertypes(type));
      for (Tree member : type.getMembers()) {
        if (member instanceof ClassTree nested) {
          add(nested, indent + "  ", isInterface);
        } else if (member instanceof MethodTree method) {
          add(method, type, indent + "  ");
        } else if (member instanceof VariableTree field && !isRecord
            || member instanceof VariableTree constant
                && constant.getModifiers().getFlags().contains(Modifier.STATIC)) {
          add((VariableTree) member, type, indent + "  ");
        }
      }
    }

    private void add(MethodTree method, ClassTree type, String indent) {
      boolean isConstructor = method.getReturnType() == null;
      boolean isOverride =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
      if (isOverride
          || !isPublic(method.getModifiers(), type.getKind() == Tree.Kind.INTERFACE)
          || (isConstructor && type.getKind() == Tree.Kind.RECORD)) {
        return;
      }
      boolean isStatic = method.getModifiers().getFlags().contains(Modifier.STATIC);
      String name = isConstructor ? type.getSimpleName().toString() : method.getName().toString();
      String parameters =
          String.join(
              ", ",
              method.getParameters().stream()
                  .map(each -> text(each.getType()) + " " + each.getName())
                  .toList());
      lines.add(
          indent
              + (isStatic ? "static " : "")
              + nullable(method.getModifiers())
              + (isConstructor ? "" : text(method.getReturnType()) + " ")
              + name
              + "("
              + parameters
              + ")");
    }

    private void add(VariableTree field, ClassTree type, String indent) {
      boolean isConstant =
          type.getKind() == Tree.Kind.ENUM
              && field.getType() != null
              && field.getType().toString().equals(type.getSimpleName().toString());
      if (isConstant) {
        lines.add(indent + field.getName());
      } else if (isPublic(field.getModifiers(), type.getKind() == Tree.Kind.INTERFACE)) {
        lines.add(indent + "static " + text(field.getType()) + " " + field.getName());
      }
    }

    private static List<String> components(ClassTree type) {
      return type.getMembers().stream()
          .filter(VariableTree.class::isInstance)
          .map(VariableTree.class::cast)
          .filter(each -> !each.getModifiers().getFlags().contains(Modifier.STATIC))
          .map(each -> nullable(each.getModifiers()) + text(each.getType()) + " " + each.getName())
          .toList();
    }

    private static String supertypes(ClassTree type) {
      List<String> names = new ArrayList<>();
      if (type.getExtendsClause() != null) {
        names.add(text(type.getExtendsClause()));
      }
      type.getImplementsClause().forEach(each -> names.add(text(each)));
      return names.isEmpty() ? "" : " : " + String.join(", ", names);
    }

    private static String nullable(ModifiersTree modifiers) {
      return modifiers.getAnnotations().stream()
              .anyMatch(each -> each.getAnnotationType().toString().equals("Nullable"))
          ? "@Nullable "
          : "";
    }

    private static String kind(ClassTree type) {
      return switch (type.getKind()) {
        case RECORD -> "record";
        case ENUM -> "enum";
        case ANNOTATION_TYPE -> "@interface";
        case INTERFACE ->
            type.getModifiers().getFlags().contains(Modifier.SEALED)
                ? "sealed interface"
                : "interface";
        default ->
            type.getModifiers().getFlags().contains(Modifier.ABSTRACT) ? "abstract class" : "class";
      };
    }

    private static String typeParameters(ClassTree type) {
      return type.getTypeParameters().isEmpty()
          ? ""
          : "<"
              + String.join(", ", type.getTypeParameters().stream().map(PublicApi::text).toList())
              + ">";
    }

    private static boolean isPublic(ModifiersTree modifiers, boolean isOfInterface) {
      return modifiers.getFlags().contains(Modifier.PUBLIC)
          || (isOfInterface && !modifiers.getFlags().contains(Modifier.PRIVATE));
    }

    private static String text(Tree tree) {
      return tree.toString().replaceAll("@Nullable\\(?\\)?", "@Nullable").replaceAll("\\s+", " ");
    }
  }
}
