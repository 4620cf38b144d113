package io.simtally.cli.terminal;

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
      "Prints the script by which a shell completes commands and options:",
      "  bash   source <(simtally completion bash)",
      "  zsh    source <(simtally completion zsh)",
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
  private Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields.
  public CompletionCommand() {}

  @Override
  public Integer call() {
    var console = spec.commandLine().getOut();
    console.print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
    console.flush();
    return 0;
  }
}
