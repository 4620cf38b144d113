package io.simtally.reliability.security;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Refuses a simple class name that two main modules use for different things. */
class SimpleNamesTest {
  private static final Path ROOT = Path.of("..");

  /** Names that two modules may share. */
  private static final Set<String> ALLOWED =
      Set.of(
          // Checks of arguments; the simulator does not depend on core.
          "Preconditions",
          // The fleet of the CLI, and the annotation of the JUnit extension with its size.
          "SimulatedFleet",
          // A day of a ThingSpace response, and a day of the store.
          "DailyUsage");

  @Test
  void aSimpleNameHasOneMeaning() throws IOException {
    Map<String, Set<String>> modules = modules();

    assertThat(modules).containsKeys("ApiException", "IotxSimulator", "SyncCommand");
    modules.keySet().removeAll(ALLOWED);
    assertThat(modules.entrySet()).filteredOn(name -> name.getValue().size() > 1).isEmpty();
  }

  /** Returns the modules of each class name. */
  private static Map<String, Set<String>> modules() throws IOException {
    try (var files = Files.find(ROOT, 12, (file, attributes) -> isMainType(file))) {
      return files.collect(
          groupingBy(
              file -> file.getFileName().toString().replace(".java", ""),
              TreeMap::new,
              mapping(
                  file -> ROOT.relativize(file).getName(0).toString(),
                  toCollection(TreeSet::new))));
    }
  }

  private static boolean isMainType(Path file) {
    Path path = ROOT.relativize(file);
    return path.getNameCount() > 4
        && path.subpath(1, 4).equals(Path.of("src/main/java"))
        && path.toString().endsWith(".java")
        && !path.endsWith("package-info.java")
        && !path.endsWith("module-info.java")
        && !path.startsWith("benchmarks")
        && !path.startsWith("examples");
  }
}
