package io.simtally.cli;

import java.util.Optional;

/** Asks the person at the terminal. */
@FunctionalInterface
interface Prompt {

  /** What was typed; empty if nobody is there. */
  Optional<String> ask(String question);

  /** Asks at the terminal of this process. */
  @SuppressWarnings("SystemConsoleNull") // jdk.console=java.base keeps null for "no terminal"
  static Optional<String> atTheTerminal(String question) {
    System.setProperty("jdk.console", "java.base");
    var console = System.console();
    return console == null
        ? Optional.empty()
        : Optional.ofNullable(console.readLine("%s", question));
  }
}
