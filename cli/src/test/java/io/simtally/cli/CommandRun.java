package io.simtally.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Map;

/** The output of the command and its exit code. */
record CommandRun(int exitCode, String out, String err) {
  static CommandRun of(Map<String, String> environment, Clock clock, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Simtally.of(new CommandContext(environment, clock, false))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  static CommandRun of(Map<String, String> environment, String... args) {
    return of(environment, Clock.systemUTC(), args);
  }
}
