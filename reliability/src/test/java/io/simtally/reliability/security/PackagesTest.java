package io.simtally.reliability.security;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages in the sources of all modules, published or not. */
class PackagesTest {
  private static final Path ROOT = Path.of("..");
  private static final int TYPES = 35;
  private static final Pattern PACKAGE =
      Pattern.compile("^package ([a-z0-9.]+);", Pattern.MULTILINE);
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?(io\\.simtally[a-z0-9.]*)\\.[A-Z]", Pattern.MULTILINE);

  @Test
  void aFolderHasFewTypes() {
    var types = sources("main", "test").collect(groupingBy(Path::getParent, counting()));

    assertThat(types).containsKey(ROOT.resolve("core/src/main/java/io/simtally/core"));
    assertThat(types).allSatisfy((folder, count) -> assertThat(count).isLessThanOrEqualTo(TYPES));
  }

  @Test
  void packagesHaveNoImportCycle() {
    var imports =
        new HashMap<>(
            sources("main")
                .flatMap(PackagesTest::imports)
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toSet()))));
    assertThat(imports).containsKeys("io.simtally.core", "io.simtally.cli", "io.simtally.spark");

    // A package without imports of the remaining ones is not part of a cycle.
    while (imports.values().removeIf(on -> on.stream().noneMatch(imports::containsKey))) {}

    assertThat(imports).isEmpty();
  }

  private static Stream<Map.Entry<String, String>> imports(Path source) {
    var text = read(source);
    var own = PACKAGE.matcher(text).results().findFirst().orElseThrow().group(1);
    return IMPORT
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(other -> !other.equals(own))
        .map(other -> Map.entry(own, other));
  }

  private static Stream<Path> sources(String... sets) {
    var folders = new TreeSet<Path>();
    try (var modules = Files.walk(ROOT, 2)) {
      modules
          .flatMap(module -> Stream.of(sets).map(set -> module.resolve("src/" + set + "/java")))
          .filter(Files::isDirectory)
          .forEach(folders::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folders.stream().flatMap(PackagesTest::types);
  }

  private static Stream<Path> types(Path folder) {
    var notTypes = Set.of("package-info.java", "module-info.java");
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !notTypes.contains(file.getFileName().toString()))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
