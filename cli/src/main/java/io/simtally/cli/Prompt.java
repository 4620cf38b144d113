package io.simtally.cli;

import java.util.Optional;

/** A question to the user at the terminal. */
@FunctionalInterface
interface Prompt {

  /** Returns the answer, or empty if there is no terminal. */
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
