package io.simtally.fleet.account;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static java.util.stream.StreamSupport.stream;

import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.alert.AlertRule;
import io.simtally.fleet.message.Suggestion;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.fleet.store.StoredAccount;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of a fleet, and the sources that are open for them. Creating accounts opens nothing;
 * {@link #sources} or a sync does, and {@link #close} closes it. The methods that select or
 * configure accounts return new ones, of which nothing is open. Thread-safe.
 *
 * <p>Each account has clients, a login, limits and devices of its own, so that the failure of one
 * account does not affect another, also at the same provider.
 */
public final class Accounts implements AutoCloseable {
  private final List<Account> accounts;
  private final @Nullable String store;
  private final List<String> warnings;
  private final AccountNames names;
  private final List<AlertRule> alertRules;
  private final UnaryOperator<SourceSettings> settings;

  /** Whether the caller has selected some accounts or providers. */
  private final boolean isSelection;

  private @Nullable List<UsageSource> open;

  Accounts(
      List<Account> accounts,
      @Nullable String store,
      List<String> warnings,
      AccountNames names,
      List<AlertRule> alertRules) {
    this(accounts, store, warnings, names, alertRules, UnaryOperator.identity(), false);
  }

  private Accounts(
      List<Account> accounts,
      @Nullable String store,
      List<String> warnings,
      AccountNames names,
      List<AlertRule> alertRules,
      UnaryOperator<SourceSettings> settings,
      boolean isSelection) {
    this.accounts = List.copyOf(accounts);
    this.store = store;
    this.warnings = List.copyOf(warnings);
    this.names = names;
    this.alertRules = List.copyOf(alertRules);
    this.settings = settings;
    this.isSelection = isSelection;
  }

  /**
   * Reads the accounts of a configuration file, whose {@code ${NAME}} are variables of the process.
   *
   * @param file the file, in TOML
   * @return its accounts, in the order of the file
   * @throws IllegalArgumentException if the file cannot be read or anything in it is refused; the
   *     message names file, line and key, and never the value of a secret
   */
  public static Accounts fromConfig(Path file) {
    return fromConfig(file, System.getenv());
  }

  /**
   * Reads the accounts of a configuration file.
   *
   * @param file the file, in TOML
   * @param environment the variables that {@code ${NAME}} stands for
   * @return its accounts, in the order of the file
   * @throws IllegalArgumentException as {@link #fromConfig(Path)}, or if the environment is null
   */
  public static Accounts fromConfig(Path file, Map<String, String> environment) {
    Preconditions.present("file", file);
    return ConfigFile.read(file, Preconditions.present("environment", environment));
  }

  /** {@return the accounts of the variables of the process} */
  public static Accounts fromEnv() {
    return fromEnv(System.getenv());
  }

  /**
   * Returns one account for each provider that has a credential in an environment, under the name
   * of the provider.
   *
   * @param environment the variables of the clients
   * @return the accounts, none if no credential is set
   * @throws IllegalArgumentException if the environment is null
   */
  public static Accounts fromEnv(Map<String, String> environment) {
    var copy = Map.copyOf(Preconditions.present("environment", environment));
    var accounts =
        Carriers.of(copy).stream()
            .filter(Carrier::hasCredentials)
            .map(Carrier::account)
            .distinct()
            .map(name -> Account.of(name, name, copy, Account.Settings.ofEnvironment(name)))
            .toList();
    var names = accounts.stream().map(Account::name).collect(toSet());
    return new Accounts(
        accounts, null, List.of(), new AccountNames(names, Map.of(), Set.of()), List.of());
  }

  /** {@return the accounts} */
  public List<Account> accounts() {
    return accounts;
  }

  /** {@return the store that the configuration file names, if it names one} */
  public Optional<String> store() {
    return Optional.ofNullable(store);
  }

  /**
   * {@return what a user should change though it works: credentials in a file that other users may
   * read}
   */
  public List<String> warnings() {
    return warnings;
  }

  /** {@return the rules of the configuration file, {@code [[alerts]]}, in its order} */
  public List<AlertRule> alertRules() {
    return alertRules;
  }

  /**
   * Selects accounts by name.
   *
   * @param names the names
   * @return these accounts, in the order of the file
   * @throws IllegalArgumentException if there is no account of a name
   */
  public Accounts select(Collection<String> names) {
    var known = accounts.stream().map(Account::name).toList();
    for (var name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "unknown account `" + name + "`" + Suggestion.of(name, known));
      }
    }
    return with(accounts.stream().filter(account -> names.contains(account.name())).toList(), true);
  }

  /**
   * Selects carriers by their provider in usage records, which are then read whether or not their
   * devices are listed. Accounts without any of them are left out.
   *
   * @param providers the providers, {@code thingspace-m2m}
   * @return the accounts of these providers
   */
  public Accounts selectProviders(Collection<String> providers) {
    return with(
        accounts.stream()
            .map(
                account ->
                    account.withCarriers(
                        account.carriers().stream()
                            .filter(carrier -> providers.contains(carrier.provider()))
                            .toList()))
            .filter(account -> !account.carriers().isEmpty())
            .toList(),
        true);
  }

  /**
   * Gives devices to the only account of each of their providers.
   *
   * @param listed the devices
   * @return accounts with these devices
   * @throws IllegalArgumentException if several accounts have a provider of the devices, or none
   *     has it and no accounts were selected, or its account has a devices file of its own
   */
  public Accounts devices(ListedDevices listed) {
    Preconditions.present("listed", listed);
    var owners = new ArrayList<Account>();
    for (var carrier : Carriers.of(Map.of())) {
      if (listed.has(carrier.provider())) {
        owner(carrier).ifPresent(owners::add);
      }
    }
    return with(
        accounts.stream()
            .map(account -> owners.contains(account) ? account.withDevices(listed) : account)
            .toList(),
        isSelection);
  }

  /**
   * Returns the listed devices of all accounts, and reads their devices files.
   *
   * @return the devices of each provider, account by account
   * @throws IllegalArgumentException if a devices file is refused
   */
  public ListedDevices devices() {
    var all = accounts.stream().map(Account::devices).toList();
    return provider ->
        () ->
            all.stream().flatMap(each -> stream(each.of(provider).spliterator(), false)).iterator();
  }

  /**
   * Compares the names of these accounts with those of a store, in which an account under a second
   * name would count twice. A sync does so before it sends a request.
   *
   * @param stored the accounts of the store
   * @return the new names of accounts of the store, by the former ones: those with {@code
   *     renamed_from} in the configuration file
   * @throws IllegalArgumentException if an account has no rows in the store, the store has rows of
   *     an account of the same provider that the configuration lacks, and the configuration does
   *     not say whether this is a new name; or if an account has rows under both names
   */
  public Map<String, String> renames(List<StoredAccount> stored) {
    return names.renames(accounts, Preconditions.present("stored", stored));
  }

  private Optional<Account> owner(Carrier carrier) {
    var provider = carrier.provider();
    var owners = accounts.stream().filter(account -> account.has(provider)).toList();
    if (owners.size() > 1) {
      throw new IllegalArgumentException(
          "the devices of "
              + provider
              + " belong to several accounts: "
              + owners.stream().map(Account::name).collect(joining(", "))
              + "; select one of them, or give each its own `devices`");
    }
    if (owners.isEmpty() && !isSelection) {
      throw new IllegalArgumentException(
          "devices of "
              + provider
              + " are listed, and no account has this provider; its credentials are "
              + carrier.variables().stream()
                  .map(names -> String.join(", ", names))
                  .collect(joining(", or else ")));
    }
    for (var account : owners) {
      if (account.devicesFile().isPresent()) {
        throw new IllegalArgumentException(
            "devices of "
                + provider
                + " are listed twice: the account "
                + account.name()
                + " has a devices file of its own");
      }
    }
    return owners.stream().findFirst();
  }

  /**
   * Changes how providers are asked, for example by a {@link SourceSettings#listener listener}. The
   * concurrency of the configuration file takes precedence. Of two rate limits, the slower one
   * applies.
   *
   * @param change the change
   * @return accounts with these settings
   */
  public Accounts settings(UnaryOperator<SourceSettings> change) {
    Preconditions.present("change", change);
    return new Accounts(
        accounts,
        store,
        warnings,
        names,
        alertRules,
        before -> change.apply(settings.apply(before)),
        isSelection);
  }

  private Accounts with(List<Account> others, boolean selection) {
    return new Accounts(others, store, warnings, names, alertRules, settings, selection);
  }

  /**
   * Opens the sources of all accounts by the clock of the system.
   *
   * @return as {@link #sources(Clock)}
   * @throws IllegalArgumentException as {@link #sources(Clock)}
   */
  public List<UsageSource> sources() {
    return sources(Clock.systemUTC());
  }

  /**
   * Opens the sources of all accounts, or returns those that are open. Sends nothing. All or none
   * are open after it.
   *
   * @param clock the current time, which decides the days that a provider still keeps
   * @return the sources, in the order of the accounts; {@link #close} closes them
   * @throws IllegalArgumentException if an account cannot be opened: credentials are incomplete, a
   *     setting is invalid, or its devices file is refused; the message names the account
   */
  public synchronized List<UsageSource> sources(Clock clock) {
    if (open == null) {
      var base = settings.apply(SourceSettings.DEFAULT.clock(clock));
      var opened = new ArrayList<UsageSource>();
      try {
        for (var account : accounts) {
          opened.addAll(account.open(base));
        }
      } catch (RuntimeException e) {
        opened.forEach(UsageSource::close);
        throw e;
      }
      open = List.copyOf(opened);
    }
    return open;
  }

  /** Closes the sources that are open. */
  @Override
  public synchronized void close() {
    if (open != null) {
      open.forEach(UsageSource::close);
      open = null;
    }
  }

  /** {@return the names and providers, no credential} */
  @Override
  public String toString() {
    return "Accounts" + accounts;
  }
}
