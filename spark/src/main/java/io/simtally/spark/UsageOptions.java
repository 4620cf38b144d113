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
 * @param provider the carrier
 * @param days the days
 * @param devices the path of the devices file, or null for the whole account
 * @param devicesPerPartition the maximum number of devices of a task
 * @param requestsPerSecond the rate limit of the whole job, or null for no limit
 * @param concurrency the maximum number of concurrent calls of an executor
 * @param onFailure how a device that could not be read is handled
 * @param credentialsProvider the class that supplies credentials to executors, or null for their
 *     environment
 */
record UsageOptions(
    String provider,
    DayRange days,
    @Nullable String devices,
    int devicesPerPartition,
    @Nullable Integer requestsPerSecond,
    int concurrency,
    OnFailure onFailure,
    @Nullable String credentialsProvider) {
  private static final String PROVIDER = "provider";

  /** {@code provider} is a reserved word of SQL; devices files accept this name too. */
  private static final String PROVIDER_IN_SQL = "carrier";

  private static final List<String> KNOWN =
      List.of(
          PROVIDER,
          PROVIDER_IN_SQL,
          "from",
          "to",
          "devices",
          "devicesPerPartition",
          "requestsPerSecond",
          "concurrency",
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
    var rate = options.get("requestsPerSecond");
    var carrier = carrier(options.getOrDefault(PROVIDER_IN_SQL, options.get(PROVIDER)));
    var devices = options.get("devices");
    if (devices == null && carrier.deviceRequirement() != null) {
      throw new IllegalArgumentException(
          carrier.provider() + " needs the option devices: " + carrier.deviceRequirement());
    }
    return new UsageOptions(
        carrier.provider(),
        days(options.get("from"), options.get("to"), Clock.systemUTC()),
        devices,
        positive("devicesPerPartition", options.get("devicesPerPartition"), DEFAULT_DEVICES),
        rate == null ? null : (Integer) positive("requestsPerSecond", rate, 1),
        positive("concurrency", options.get("concurrency"), DEFAULT_CONCURRENCY),
        onFailure(options.getOrDefault("onFailure", "fail")),
        credentialsProvider(options.get("credentialsProvider")));
  }

  /** Returns all carriers, without credentials: the driver needs none. */
  static List<Carrier> carriers() {
    return Carriers.of(Map.of());
  }

  /** Returns the carrier of the option {@code provider}. */
  Carrier carrier() {
    return carrier(provider);
  }

  private static boolean isOfCatalog(String name) {
    return OF_CATALOGS.contains(name) || name.startsWith(COPY_OF_CATALOGS);
  }

  private static Carrier carrier(@Nullable String provider) {
    return carriers().stream()
        .filter(carrier -> carrier.provider().equals(provider))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    (provider == null
                            ? "the option provider is missing"
                            : "unknown provider '" + provider + "'")
                        + ", known are "
                        + String.join(", ", carriers().stream().map(Carrier::provider).toList())));
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
