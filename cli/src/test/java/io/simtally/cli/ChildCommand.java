package io.simtally.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the command in a separate process, for tests of signals, streams and exit codes. */
final class ChildCommand {
  private ChildCommand() {}

  /** Prepares the command with only these variables of Simtally. */
  static ProcessBuilder of(Map<String, String> environment, String... args) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    // As the start script does: later JDKs warn about the native library of DuckDB.
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Simtally.class.getName());
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches("(?i).*_PROXY|JAVA_.*|JDK_.*"));
    builder.environment().putAll(environment);
    return builder;
  }

  /** Sends a signal by its name, without SIG. */
  static void signal(Process process, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }
}
