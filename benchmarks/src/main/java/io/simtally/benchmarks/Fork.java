package io.simtally.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of this module in a JVM of their own, of the same kind as this one. */
final class Fork {
  private Fork() {}

  static Process start(Class<?> main, List<String> options, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What a user logs with is no part of what is measured, nor is the complaint that there is
    // none.
    command.add("-Dslf4j.internal.verbosity=ERROR");
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
  }

  /** Runs a program to its end and returns what it has written. */
  static String run(Class<?> main, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    var process = start(main, options, arguments);
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(main.getSimpleName() + " " + arguments + " failed");
    }
    return out.strip();
  }
}
