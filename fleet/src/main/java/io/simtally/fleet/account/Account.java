package io.simtally.fleet.account;

import io.simtally.core.DayRange;
import io.simtally.core.RateLimit;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.DevicesFile;
import io.simtally.fleet.alert.AlertAccount;
import io.simtally.fleet.check.ServiceCheck;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceRule;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * An account at a provider: a name, credentials, devices and limits. The accounts of a fleet share
 * nothing: each has clients, a login and a rate limit of its own. Immutable.
 */
public final class Account implements AlertAccount {
  /** The end of the variable of a password. */
  private static final String PASSWORD = "_PASSWORD";

  private final String name;
  private final String provider;
  private final Map<String, String> environment;
  private final List<Carrier> carriers;
  private final Settings settings;
  private final @Nullable ListedDevices listed;

  /** Whether the caller has selected the carriers, so that all of them are read. */
  private final boolean isSelected;

  /**
   * What the configuration file says besides the credentials, null where it says nothing.
   *
   * @param keys the key in the file of each variable, empty for an account of the environment
   */
  record Settings(
      String origin,
      Map<String, String> keys,
      @Nullable Path devices,
      @Nullable Integer concurrency,
      @Nullable RateLimit rateLimit,
      @Nullable Integer settleAfterDays,
      SourceRule sourceRule,
      BillingCycle cycle,
      @Nullable Long poolBytes) {

    /** Returns the settings of an account of the environment. */
    static Settings ofEnvironment(String name) {
      return new Settings(
          name, Map.of(), null, null, null, null, SourceRule.SUM, BillingCycle.MONTHS, null);
    }
  }

  private Account(
      String name,
      String provider,
      Map<String, String> environment,
      List<Carrier> carriers,
      Settings settings,
      @Nullable ListedDevices listed,
      boolean isSelected) {
    this.name = name;
    this.provider = provider;
    this.environment = environment;
    this.carriers = carriers;
    this.settings = settings;
    this.listed = listed;
    this.isSelected = isSelected;
  }

  /**
   * Creates an account.
   *
   * @param provider a name that carriers have as their account
   * @param environment the variables of the provider's clients
   */
  static Account of(
      String name, String provider, Map<String, String> environment, Settings settings) {
    var names = variables(carriers(provider, Map.of()));
    var own = new HashMap<>(environment);
    own.keySet().retainAll(names);
    return new Account(name, provider, own, carriers(provider, own), settings, null, false);
  }

  private static List<Carrier> carriers(String provider, Map<String, String> environment) {
    return Carriers.of(environment).stream()
        .filter(carrier -> carrier.account().equals(provider))
        .toList();
  }

  private static Set<String> variables(List<Carrier> carriers) {
    return carriers.stream()
        .flatMap(
            carrier ->
                Stream.concat(
                    carrier.variables().stream().flatMap(List::stream),
                    carrier.optionalVariables().stream()))
        .collect(Collectors.toSet());
  }

  /** {@return the name, by which the store keeps accounts apart} */
  @Override
  public String name() {
    return name;
  }

  /**
   * {@return the provider as in the configuration file: {@code iotx-analytics}, {@code
   * mason-usage}, {@code alef-connectivity} or {@code thingspace}}
   */
  public String provider() {
    return provider;
  }

  /** {@return the rate limit of the configuration file, if it has one} */
  public Optional<RateLimit> rateLimit() {
    return Optional.ofNullable(settings.rateLimit());
  }

  /** {@return whether the credentials include a password, so that a client sends logins} */
  public boolean logsIn() {
    return environment.keySet().stream().anyMatch(name -> name.endsWith(PASSWORD));
  }

  /**
   * Returns a digest of the credentials, by which a program notices that they changed.
   *
   * @param salt random bytes, without which nothing can be guessed from the digest
   * @return the digest in hexadecimal
   */
  public String credentialsDigest(byte[] salt) {
    var text = new StringBuilder();
    new TreeMap<>(environment)
        .forEach((variable, value) -> text.append(variable).append('=').append(value).append('\n'));
    return ByteString.encodeUtf8(text.toString()).hmacSha256(ByteString.of(salt)).hex();
  }

  /** {@return the carriers behind the credentials, two for ThingSpace} */
  public List<Carrier> carriers() {
    return carriers;
  }

  /** {@return the devices file of the configuration file, if there is one} */
  public Optional<Path> devicesFile() {
    return Optional.ofNullable(settings.devices());
  }

  /**
   * {@return how many days after its end a day must be read to be settled, if the configuration
   * file says so; otherwise each carrier has its own number}
   */
  public OptionalInt settleAfterDays() {
    var days = settings.settleAfterDays();
    return days == null ? OptionalInt.empty() : OptionalInt.of(days);
  }

  /** {@return which sources count in the total of a day that several sources counted} */
  public SourceRule sourceRule() {
    return settings.sourceRule();
  }

  /** {@return the billing cycles, which are calendar months by default} */
  public BillingCycle cycle() {
    return settings.cycle();
  }

  @Override
  public DayRange cycle(LocalDate day) {
    return cycle().containing(day);
  }

  /** {@return the allowance of a billing cycle in bytes, if the configuration file has one} */
  @Override
  public OptionalLong poolBytes() {
    var bytes = settings.poolBytes();
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  /**
   * Returns a check of the services of this account. Its lines name the keys of the configuration
   * file where the account has one.
   *
   * @return the check, without devices
   */
  public ServiceCheck check() {
    return ServiceCheck.of(environment).variableNames(settings.keys());
  }

  boolean has(String carrier) {
    return carriers.stream().anyMatch(each -> each.provider().equals(carrier));
  }

  /** Returns the account with some of its carriers. */
  Account withCarriers(List<Carrier> some) {
    return new Account(name, provider, environment, some, settings, listed, true);
  }

  /** Returns the account with other devices than those of its file. */
  Account withDevices(ListedDevices devices) {
    return new Account(name, provider, environment, carriers, settings, devices, isSelected);
  }

  /**
   * Returns the devices of the account.
   *
   * @return the devices of its devices file, or those that {@link Accounts#devices(ListedDevices)}
   *     gave it
   * @throws IllegalArgumentException if the devices file is refused or cannot be read
   */
  public ListedDevices devices() {
    if (listed != null) {
      return listed;
    }
    if (settings.devices() == null) {
      return ListedDevices.NONE;
    }
    try {
      return DevicesFile.read(settings.devices(), carriers);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(settings.origin() + ".devices: " + e.getMessage(), e);
    }
  }

  /**
   * Opens the carriers of the account that have devices to read.
   *
   * @return the sources; none is open if this throws
   */
  List<UsageSource> open(SourceSettings base) {
    var devices = devices();
    var own = base;
    if (settings.concurrency() != null) {
      own = own.concurrency(settings.concurrency());
    }
    if (settings.rateLimit() != null) {
      own = own.rateLimit(slower(settings.rateLimit(), own.rateLimit()));
    }
    var opened = new ArrayList<UsageSource>();
    try {
      for (var carrier : wanted(devices)) {
        var source = carrier.open(devices, own);
        opened.add(new AccountSource(source, name, settleAfterDays(), sourceRule()));
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      opened.forEach(UsageSource::close);
      throw new IllegalArgumentException(settings.origin() + ": " + e.getMessage(), e);
    }
    return opened;
  }

  private static RateLimit slower(RateLimit one, @Nullable RateLimit other) {
    return other == null || interval(one).compareTo(interval(other)) >= 0 ? one : other;
  }

  private static Duration interval(RateLimit limit) {
    return limit.period().dividedBy(limit.requests());
  }

  /**
   * Returns the carriers that a sync of the account reads. A carrier that needs devices is left out
   * where only the other carrier of the account has them.
   *
   * @param devices the {@linkplain #devices() devices} of the account
   * @return some or all {@linkplain #carriers() carriers}
   */
  public List<Carrier> wanted(ListedDevices devices) {
    if (isSelected) {
      return carriers;
    }
    var hasDevices = carriers.stream().anyMatch(carrier -> devices.has(carrier.provider()));
    return carriers.stream()
        .filter(carrier -> carrier.isWanted(devices))
        .filter(
            carrier ->
                carrier.deviceRequirement() == null
                    || !hasDevices
                    || devices.has(carrier.provider()))
        .toList();
  }

  /** {@return the name and the provider, no credential} */
  @Override
  public String toString() {
    return "Account[" + name + ", " + provider + "]";
  }
}
