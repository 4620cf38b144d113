package io.simtally.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs of this module in separate JVMs with the settings of this one. */
public final class Fork {
  private Fork() {}

  public static Process start(Class<?> main, List<String> options, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The measurement includes neither an SLF4J binding nor SLF4J's warning that there is none.
    command.add("-Dslf4j.internal.verbosity=ERROR");
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
  }

  /** Runs a program to its end and returns its output. */
  public static String run(Class<?> main, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    var process = start(main, options, arguments);
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(main.getSimpleName() + " " + arguments + " failed");
    }
    return out.strip();
  }
}
