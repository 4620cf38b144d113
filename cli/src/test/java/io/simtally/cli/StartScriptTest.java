package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests the start script with a program that prints its arguments in place of the command. */
@DisabledOnOs(OS.WINDOWS)
final class StartScriptTest {
  private static final String PROGRAM =
      """
      package io.simtally.cli;
      public class Simtally {
        public static void main(String[] args) {
          System.out.println(args.length + " " + String.join("|", args));
          System.exit(args.length);
        }
      }
      """;
  private static final String GIVEN = "3 check|--devices|two words\n";
  private static final int MOST_COMMANDS = 300;

  @TempDir private Path folder;
  private Path home;

  @BeforeEach
  void installs() throws IOException {
    home = Files.createDirectories(folder.resolve("command"));
    Path script = Files.createDirectories(home.resolve("bin")).resolve("simtally");
    Files.copy(Path.of("src", "main", "scripts", "simtally"), script);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    jar(Files.createDirectories(home.resolve("lib")).resolve("program.jar"));
  }

  @Test
  void leavesAnArchiveFromWhichLaterCommandsStart() throws Exception {
    archive();

    assertThat(check("-Xlog:class+load"))
        .contains(GIVEN)
        .containsPattern("io\\.simtally\\.cli\\.Simtally source: shared objects file");
  }

  @Test
  void replacesADamagedOrOutdatedArchiveSilently() throws Exception {
    Path archive = archive();
    Files.writeString(archive, "no archive");

    assertThat(check("")).isEqualTo(GIVEN);
    assertThat(archive).hasContent("no archive");

    Files.writeString(home.resolve("lib").resolve("another.jar"), "");
    assertThat(check("")).isEqualTo(GIVEN);
    assertThat(left()).hasSize(1).doesNotContain(archive);
  }

  @Test
  void replacesATruncatedArchive() throws Exception {
    Path archive = archive();
    Files.write(archive, new byte[8192]);

    assertThat(archive()).isEqualTo(archive);
    assertThat(Files.size(archive)).isGreaterThan(8192);
  }

  @Test
  void startsWithoutAnArchiveIfItCannotBeWritten() throws Exception {
    Files.writeString(home.resolve("archive"), "");

    assertThat(check("")).isEqualTo(GIVEN);
    assertThat(home.resolve("archive")).isEmptyFile();
  }

  @Test
  void writesNoArchiveIfItIsDisabled() throws Exception {
    assertThat(check("-Xshare:off")).isEqualTo(GIVEN);

    assertThat(home.resolve("archive")).doesNotExist();
  }

  private String check(String options) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
                home.resolve("bin").resolve("simtally").toString(),
                "check",
                "--devices",
                "two words")
            .redirectErrorStream(true);
    command
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("JAVA") || name.startsWith("JDK"));
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("JAVA_OPTS", options);
    // A place where no folder can be created.
    command.environment().put("XDG_CACHE_HOME", "/dev/null");
    Path out = folder.resolve("out");
    Process process = command.redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
    return Files.readString(out);
  }

  /**
   * Waits for the archive: the first command writes it, on JDK 25 the second one in the background.
   */
  private Path archive() throws IOException, InterruptedException {
    for (int i = 0; i < MOST_COMMANDS; i++) {
      assertThat(check("")).isEqualTo(GIVEN);
      List<Path> left = left();
      if (left.size() == 1 && left.get(0).toString().matches(".*\\.(classes|aot)")) {
        return left.get(0);
      }
    }
    throw new AssertionError("no archive after " + MOST_COMMANDS + " commands, but " + left());
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("archive"))) {
      return files.toList();
    }
  }

  private void jar(Path jar) throws IOException {
    Path classes = folder.resolve("classes");
    var source =
        new SimpleJavaFileObject(
            URI.create("string:///io/simtally/cli/Simtally.java"), Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return PROGRAM;
          }
        };
    List<String> options = List.of("-proc:none", "-d", Files.createDirectories(classes).toString());
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, options, null, List.of(source))
                .call())
        .isTrue();
    String name = "io/simtally/cli/Simtally.class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(name));
      Files.copy(classes.resolve(name), out);
    }
  }
}
