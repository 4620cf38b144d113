package io.simtally.fleet.account;

import io.simtally.fleet.account.TomlFile.Entry;
import io.simtally.fleet.alert.AlertRule;
import io.simtally.fleet.message.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the tables {@code [[alerts]]} of a configuration file. */
final class AlertTables {
  private static final List<String> GENERAL = List.of("type", "name", "account");

  /** The keys of each type, besides those of all types. */
  private static final Map<String, List<String>> KEYS =
      new TreeMap<>(
          Map.of(
              "device-day", List.of("threshold"),
              "device-cycle", List.of("threshold"),
              "runaway", List.of("factor", "minimum"),
              "pool", List.of("thresholds", "forecast"),
              "idle", List.of("days")));

  private final ConfigFile file;
  private final List<Account> accounts;

  /** The headers of the rules by their names. */
  private final Map<String, Entry> names = new HashMap<>();

  AlertTables(ConfigFile file, List<Account> accounts) {
    this.file = file;
    this.accounts = accounts;
  }

  /**
   * Returns the rules.
   *
   * @param tables the entries of each rule by key, its header under the empty key
   * @throws IllegalArgumentException if anything is refused; the message names the line
   */
  List<AlertRule> rules(Collection<Map<String, Entry>> tables) {
    var rules = new ArrayList<AlertRule>();
    for (var keys : tables) {
      rules.add(rule(keys));
    }
    return rules;
  }

  private AlertRule rule(Map<String, Entry> keys) {
    var header = keys.getOrDefault("", keys.values().iterator().next());
    var type = keys.get("type");
    if (type == null) {
      throw file.refused(header, "type is missing; known are " + String.join(", ", KEYS.keySet()));
    }
    var word = file.text(type);
    var known = new TreeSet<>(GENERAL);
    known.addAll(KEYS.getOrDefault(word, List.of()));
    if (!KEYS.containsKey(word)) {
      throw file.refused(type, "unknown type `" + word + "`" + Suggestion.of(word, KEYS.keySet()));
    }
    keys.forEach(
        (key, entry) -> {
          if (!key.isEmpty() && !known.contains(key)) {
            throw file.refused(entry, "unknown key" + Suggestion.of(key, known));
          }
        });
    var account = account(keys.get("account"));
    var name = name(header, keys.get("name"), account == null ? word : word + "-" + account);
    return switch (word) {
      case "device-day" ->
          new AlertRule.DeviceDay(name, account, threshold(header, keys.get("threshold")));
      case "device-cycle" ->
          new AlertRule.DeviceCycle(name, account, threshold(header, keys.get("threshold")));
      case "runaway" -> runaway(name, account, keys);
      case "idle" -> {
        var days = file.whole(keys.get("days"), 1, AlertRule.Idle.MOST_DAYS);
        yield new AlertRule.Idle(name, account, days == null ? AlertRule.Idle.DEFAULT_DAYS : days);
      }
      default -> pool(name, account, keys, header);
    };
  }

  private @Nullable String account(@Nullable Entry entry) {
    if (entry == null) {
      return null;
    }
    var name = file.text(entry);
    var known = accounts.stream().map(Account::name).toList();
    // A file without accounts goes with those of the environment.
    if (!known.isEmpty() && !known.contains(name)) {
      throw file.refused(entry, "unknown account `" + name + "`" + Suggestion.of(name, known));
    }
    return name;
  }

  private String name(Entry header, @Nullable Entry entry, String byDefault) {
    var name = entry == null ? byDefault : file.text(entry);
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw file.refused(entry == null ? header : entry, "has a control character");
    }
    var first = names.putIfAbsent(name, header);
    if (first != null) {
      throw file.refused(
          entry == null ? header : entry,
          "the rule of line "
              + first.line()
              + " has the name "
              + name
              + " too; give one of them another `name`");
    }
    return name;
  }

  private long threshold(Entry header, @Nullable Entry entry) {
    if (entry == null) {
      throw file.refused(header, "threshold is missing, such as \"500 MB\"");
    }
    return file.bytes(entry);
  }

  private AlertRule runaway(String name, @Nullable String account, Map<String, Entry> keys) {
    var factor =
        file.whole(keys.get("factor"), AlertRule.RunawayDevice.LEAST_FACTOR, Integer.MAX_VALUE);
    var minimum = keys.get("minimum");
    return new AlertRule.RunawayDevice(
        name,
        account,
        factor == null ? AlertRule.RunawayDevice.DEFAULT_FACTOR : factor,
        minimum == null ? AlertRule.RunawayDevice.DEFAULT_MINIMUM_BYTES : file.bytes(minimum));
  }

  private AlertRule pool(
      String name, @Nullable String account, Map<String, Entry> keys, Entry header) {
    var hasPool =
        accounts.stream()
            .anyMatch(
                each ->
                    (account == null || account.equals(each.name()))
                        && each.poolBytes().isPresent());
    if (!hasPool) {
      throw file.refused(
          keys.getOrDefault("account", header),
          account == null
              ? "no account has a `pool`"
              : "the account " + account + " has no `pool`");
    }
    var thresholds = keys.get("thresholds");
    var forecast = keys.get("forecast");
    if (forecast != null && !(forecast.value() instanceof Boolean)) {
      throw file.refused(forecast, "must be true or false");
    }
    var percents = thresholds == null ? AlertRule.Pool.DEFAULT_PERCENTS : percents(thresholds);
    var forecasts = forecast == null || Boolean.TRUE.equals(forecast.value());
    if (percents.isEmpty() && !forecasts) {
      throw file.refused(header, "needs `thresholds` or the forecast");
    }
    return new AlertRule.Pool(name, account, percents, forecasts);
  }

  private List<Integer> percents(Entry entry) {
    var percents = new ArrayList<Integer>();
    for (var each : entry.value() instanceof List<?> all ? all : List.of("not an array")) {
      if (!(each instanceof BigDecimal number)
          || number.stripTrailingZeros().scale() > 0
          || number.compareTo(BigDecimal.ONE) < 0
          || number.compareTo(BigDecimal.valueOf(AlertRule.Pool.MOST_PERCENT)) > 0) {
        throw file.refused(
            entry, "must be percents such as [80, 100], each 1 to " + AlertRule.Pool.MOST_PERCENT);
      }
      percents.add(number.intValueExact());
    }
    return percents.stream().distinct().toList();
  }
}
