package io.simtally.spark;

import io.simtally.core.DayRange;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Carrier;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The validated options of a user.
 *
 * @param account the account, or null for all accounts of the provider
 * @param provider the provider, or null for all providers of the account
 * @param config the path of the configuration file on the executors, or null for their environment
 * @param days the days
 * @param devices the path of the devices file, or null for that of the configuration file or,
 *     without one, the whole account
 * @param devicesPerPartition the maximum number of devices of a task
 * @param requestsPerSecond the rate limit of the whole job, or null for no limit
 * @param concurrency the maximum number of concurrent calls of an executor
 * @param executors the number of executors, or null if Spark knows it
 * @param onFailure how a device that could not be read is handled
 * @param credentialsProvider the class that supplies credentials to executors, or null for their
 *     environment
 */
record UsageOptions(
    @Nullable String account,
    @Nullable String provider,
    @Nullable String config,
    DayRange days,
    @Nullable String devices,
    int devicesPerPartition,
    @Nullable Integer requestsPerSecond,
    int concurrency,
    @Nullable Integer executors,
    OnFailure onFailure,
    @Nullable String credentialsProvider) {
  private static final String PROVIDER = "provider";

  /** {@code provider} is a reserved word of SQL; devices files accept this name too. */
  private static final String PROVIDER_IN_SQL = "carrier";

  private static final List<String> KNOWN =
      List.of(
          PROVIDER,
          PROVIDER_IN_SQL,
          "account",
          "config",
          "from",
          "to",
          "devices",
          "devicesPerPartition",
          "requestsPerSecond",
          "concurrency",
          "executors",
          "onFailure",
          "credentialsProvider");

  /** The options that a catalog adds for each of its tables. */
  private static final Set<String> OF_CATALOGS =
      Set.of(
          "path",
          "serialization.format",
          "comment",
          "collation",
          "external",
          "is_managed_location",
          "location",
          "owner",
          "table_type");

  /** The prefix of a second copy of each option. */
  private static final String COPY_OF_CATALOGS = "option.";

  private static final int DEFAULT_DEVICES = 1_000;
  private static final int DEFAULT_CONCURRENCY = 64;
  private static final int DEFAULT_DAYS = 30;

  /** How a device that could not be read is handled. */
  enum OnFailure {
    /** The job fails. */
    FAIL,
    /** The device becomes a row with its failure. */
    KEEP
  }

  /**
   * Reads the options of a user.
   *
   * @throws IllegalArgumentException if an option is unknown, missing or invalid; the message names
   *     it
   */
  static UsageOptions of(CaseInsensitiveStringMap options) {
    for (var name : options.keySet()) {
      // Without the value, which may be a credential that must not appear in a log.
      if (KNOWN.stream().noneMatch(name::equalsIgnoreCase) && !isOfCatalog(name)) {
        throw new IllegalArgumentException(
            "unknown option '" + name + "', known are " + String.join(", ", KNOWN));
      }
    }
    var account = options.get("account");
    var config = options.get("config");
    var provider = options.getOrDefault(PROVIDER_IN_SQL, options.get(PROVIDER));
    if (provider == null && account == null) {
      throw new IllegalArgumentException(
          "the option provider or account is missing; known providers are " + providers());
    }
    if (provider != null
        && carriers().stream().noneMatch(each -> each.provider().equals(provider))) {
      throw new IllegalArgumentException(
          "unknown provider '" + provider + "', known are " + providers());
    }
    var devices = options.get("devices");
    var read =
        new UsageOptions(
            account,
            provider,
            config,
            days(options.get("from"), options.get("to"), Clock.systemUTC()),
            devices,
            positive("devicesPerPartition", options.get("devicesPerPartition"), DEFAULT_DEVICES),
            positive("requestsPerSecond", options.get("requestsPerSecond")),
            positive("concurrency", options.get("concurrency"), DEFAULT_CONCURRENCY),
            positive("executors", options.get("executors")),
            onFailure(options.getOrDefault("onFailure", "fail")),
            credentialsProvider(options.get("credentialsProvider")));
    if (config == null) {
      read.requireDevices(read.environmentCarriers());
    }
    return read;
  }

  /** Returns all carriers, without credentials: the driver needs none. */
  static List<Carrier> carriers() {
    return Carriers.of(Map.of());
  }

  static Carrier carrier(String provider) {
    return carriers().stream()
        .filter(carrier -> carrier.provider().equals(provider))
        .findAny()
        .orElseThrow();
  }

  /**
   * Returns the selected carriers of the accounts that an environment has.
   *
   * @throws IllegalArgumentException if no environment has the account
   */
  List<Carrier> environmentCarriers() {
    var selected =
        carriers().stream()
            .filter(each -> provider == null || each.provider().equals(provider))
            .filter(each -> account == null || each.account().equals(account))
            .toList();
    if (selected.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown account '"
              + account
              + "': without the option config, the accounts are "
              + String.join(
                  ", ",
                  carriers().stream()
                      .filter(each -> provider == null || each.provider().equals(provider))
                      .map(Carrier::account)
                      .distinct()
                      .toList()));
    }
    return selected;
  }

  /** Refuses carriers that need a list of devices, if there is none. */
  private void requireDevices(List<Carrier> selected) {
    if (devices == null && selected.stream().allMatch(each -> each.deviceRequirement() != null)) {
      var first = selected.get(0);
      throw new IllegalArgumentException(
          first.provider() + " needs the option devices: " + first.deviceRequirement());
    }
  }

  /** Returns the account or the provider, for plans and messages. */
  String name() {
    return account == null
        ? String.valueOf(provider)
        : provider == null ? account : account + " " + provider;
  }

  private static String providers() {
    return String.join(", ", carriers().stream().map(Carrier::provider).toList());
  }

  private static boolean isOfCatalog(String name) {
    return OF_CATALOGS.contains(name) || name.startsWith(COPY_OF_CATALOGS);
  }

  /**
   * Returns the days of the options; without them, the last thirty complete days, as for the
   * command.
   */
  private static DayRange days(@Nullable String from, @Nullable String to, Clock clock) {
    var today = DayRange.dayOf(clock.instant());
    var last = to == null ? today.minusDays(1) : day("to", to);
    var first = from == null ? last.minusDays(DEFAULT_DAYS - 1L) : day("from", from);
    if (last.isAfter(today)) {
      throw new IllegalArgumentException(
          "the option to (" + last + ") is after today (" + today + " in UTC)");
    }
    if (first.isAfter(last)) {
      throw new IllegalArgumentException(
          "the option from (" + first + ") is after to (" + last + ")");
    }
    return DayRange.of(first, last);
  }

  private static LocalDate day(String option, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "the option " + option + " is '" + text + "', and not a day such as 2026-01-31", e);
    }
  }

  private static int positive(String option, @Nullable String text, int otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The exception below has the message.
    }
    throw new IllegalArgumentException(
        "the option " + option + " is '" + text + "', and not a whole number of at least 1");
  }

  private static @Nullable Integer positive(String option, @Nullable String text) {
    return text == null ? null : (Integer) positive(option, text, 1);
  }

  private static OnFailure onFailure(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "fail" -> OnFailure.FAIL;
      case "keep" -> OnFailure.KEEP;
      default ->
          throw new IllegalArgumentException(
              "the option onFailure is '" + text + "', and neither fail nor keep");
    };
  }

  private static @Nullable String credentialsProvider(@Nullable String name) {
    if (name != null) {
      ExecutorEnvironment.providerClass(name);
    }
    return name;
  }
}
