package io.simtally.cli.terminal;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code simtally completion}: prints the script by which a shell completes the command. */
@Command(
    name = "completion",
    description = {
      "Prints the script by which bash or zsh completes commands and options. Load it with:"
          + " source <(simtally completion bash)",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100)
public final class CompletionCommand implements Callable<Integer>, DataCommand {
  /** The shells of which picocli's script works in both. */
  enum Shell {
    bash,
    zsh
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}")
  @SuppressWarnings("UnusedVariable") // The parser checks it, and one script serves both shells.
  private Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields.
  public CompletionCommand() {}

  @Override
  public Integer call() {
    var console = spec.commandLine().getOut();
    console.print(script());
    console.flush();
    return 0;
  }

  /**
   * Returns the script. It has numbers in the digits of the default locale, which no shell reads.
   */
  private String script() {
    var before = Locale.getDefault();
    Locale.setDefault(Locale.ROOT);
    try {
      return AutoComplete.bash(spec.root().name(), spec.root().commandLine());
    } finally {
      Locale.setDefault(before);
    }
  }
}
