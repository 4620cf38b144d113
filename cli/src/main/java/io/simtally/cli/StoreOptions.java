package io.simtally.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names the store. */
final class StoreOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description =
          "Path of a DuckDB file, or a jdbc:postgresql: URL (default: that of the configuration"
              + " file)")
  private @Nullable String given;

  /** For picocli, which sets the fields. */
  @SuppressWarnings("NullAway.Init")
  StoreOptions() {}

  /** Returns the store of the option, or null without the option. */
  @Nullable String given() {
    return given;
  }

  /**
   * Returns the store of the option or of the configuration file.
   *
   * @throws ParameterException if neither names one
   */
  String name(AccountOptions accounts, CommandContext context) {
    var name = nameOrNull(accounts, context);
    if (name == null) {
      throw new ParameterException(
          spec.commandLine(), "no store: give --store, or `store` in a configuration file");
    }
    return name;
  }

  /** Returns the store of the option or of the configuration file, or null if neither names one. */
  @Nullable String nameOrNull(AccountOptions accounts, CommandContext context) {
    return given != null || !accounts.isConfigured(context)
        ? given
        : accounts.all(context).store().orElse(null);
  }
}
