package io.simtally.spark.changes;

import io.simtally.fleet.Carriers;
import io.simtally.fleet.store.UsageQuery;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The validated options of a stream.
 *
 * @param store the path of a DuckDB file, or a {@code jdbc:postgresql:} URL
 * @param account the account, or null for all
 * @param provider the provider, or null for all
 * @param settleAfterDays how many days after its end a day must have been read to be settled, or
 *     null for the number of each carrier
 */
record ChangeOptions(
    String store,
    @Nullable String account,
    @Nullable String provider,
    @Nullable Integer settleAfterDays) {
  /** The option that makes a stream. */
  static final String STORE = "store";

  private static final int UNKNOWN_CARRIER = 3;

  private static final List<String> KNOWN =
      List.of(STORE, "account", "provider", "settleAfterDays");

  /**
   * Reads the options of a user.
   *
   * @throws IllegalArgumentException if an option is unknown or invalid; the message names it
   */
  static ChangeOptions of(CaseInsensitiveStringMap options) {
    for (var name : options.keySet()) {
      if (KNOWN.stream().noneMatch(name::equalsIgnoreCase)) {
        throw new IllegalArgumentException(
            "unknown option '"
                + name
                + "', known with the option store are "
                + String.join(", ", KNOWN));
      }
    }
    var store = String.valueOf(options.get(STORE));
    if (store.toLowerCase(java.util.Locale.ROOT).contains("password=")) {
      throw new IllegalArgumentException(
          "the option store contains a password, which Spark would show; set"
              + " SIMTALLY_STORE_USER and SIMTALLY_STORE_PASSWORD in the driver's environment");
    }
    return new ChangeOptions(store, options.get("account"), options.get("provider"), days(options));
  }

  private static @Nullable Integer days(CaseInsensitiveStringMap options) {
    var text = options.get("settleAfterDays");
    if (text == null) {
      return null;
    }
    if (!text.matches("\\d{1,4}")) {
      throw new IllegalArgumentException(
          "the option settleAfterDays is '" + text + "', and not a whole number of at least 0");
    }
    return Integer.valueOf(text);
  }

  UsageQuery query() {
    var query = UsageQuery.all();
    if (account != null) {
      query = query.account(account);
    }
    return provider == null ? query : query.provider(provider);
  }

  int settleAfterDays(String ofProvider) {
    if (settleAfterDays != null) {
      return settleAfterDays;
    }
    return Carriers.of(Map.of()).stream()
        .filter(each -> each.provider().equals(ofProvider))
        .findAny()
        .map(each -> each.settleAfterDays())
        .orElse(UNKNOWN_CARRIER);
  }
}
