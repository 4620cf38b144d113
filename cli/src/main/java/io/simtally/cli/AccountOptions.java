package io.simtally.cli;

import io.simtally.fleet.Carriers;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.source.Carrier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select accounts. */
final class AccountOptions {
  private static final String VARIABLE = "SIMTALLY_CONFIG";
  private static final Path DEFAULT = Path.of("simtally.toml");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration file with the accounts and the store (default: SIMTALLY_CONFIG, else"
              + " simtally.toml in the current directory, else the environment)")
  private @Nullable Path config;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Only this account; may be given several times")
  private List<String> names = List.of();

  /** The accounts so far, since a command may ask for them several times. */
  private @Nullable Accounts all;

  /** For picocli, which sets the fields. */
  @SuppressWarnings("NullAway.Init")
  AccountOptions() {}

  /** Returns the names of the selected accounts, none for all. */
  List<String> names() {
    return names;
  }

  /** Returns whether the accounts come from a file. */
  boolean isConfigured(CommandContext context) {
    return file(context) != null;
  }

  /** Returns whether the environment as a whole is meant. */
  boolean isDefault(CommandContext context) {
    return names.isEmpty() && !isConfigured(context);
  }

  private @Nullable Path file(CommandContext context) {
    if (config != null) {
      return config;
    }
    var named = context.environment().getOrDefault(VARIABLE, "");
    if (!named.isBlank()) {
      return Path.of(named);
    }
    return Files.exists(DEFAULT) ? DEFAULT : null;
  }

  /**
   * Returns all accounts of the configuration file or the environment, and prints warnings once.
   *
   * @throws ParameterException if the file is refused
   */
  Accounts all(CommandContext context) {
    if (all == null) {
      try {
        var file = file(context);
        all =
            file == null
                ? Accounts.fromEnv(context.environment())
                : Accounts.fromConfig(file, context.environment());
      } catch (IllegalArgumentException e) {
        throw misuse(String.valueOf(e.getMessage()));
      }
      var console = spec.commandLine().getErr();
      all.warnings().forEach(warning -> console.println("warning: " + TextReport.plain(warning)));
      console.flush();
    }
    return all;
  }

  /**
   * Returns the accounts of the user's choice.
   *
   * @throws ParameterException if there is none, or one is unknown
   */
  Accounts selected(CommandContext context) {
    var accounts = all(context);
    if (accounts.accounts().isEmpty()) {
      throw misuse(
          isConfigured(context)
              ? file(context) + " has no accounts"
              : context.missingCredentials());
    }
    try {
      return names.isEmpty() ? accounts : accounts.select(names);
    } catch (IllegalArgumentException e) {
      throw misuse("--account: " + e.getMessage());
    }
  }

  /** Returns all carriers, with the credentials of the selected accounts. */
  List<Carrier> carriers(CommandContext context) {
    if (isDefault(context)) {
      return context.carriers();
    }
    var accounts = (names.isEmpty() ? all(context) : selected(context)).accounts();
    return Carriers.of(Map.of()).stream()
        .map(
            carrier ->
                accounts.stream()
                    .flatMap(account -> account.carriers().stream())
                    .filter(own -> own.provider().equals(carrier.provider()))
                    .findFirst()
                    .orElse(carrier))
        .toList();
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
