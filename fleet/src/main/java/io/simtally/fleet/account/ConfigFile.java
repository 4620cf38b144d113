package io.simtally.fleet.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.simtally.core.RateLimit;
import io.simtally.core.internal.Cleartext;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.account.TomlFile.Entry;
import io.simtally.fleet.message.Suggestion;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.SourceRule;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration file. The keys of an account's credentials are the variables of its
 * provider, in lower case and without the part before the first underscore.
 */
final class ConfigFile {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern BYTES = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([kKMGTP]?B)");
  private static final String UNITS = "BKMGTP";
  private static final String FILE = "file:";
  private static final String BASE_URL = "base_url";
  private static final BigDecimal NANOS = new BigDecimal(Duration.ofSeconds(1).toNanos());
  private static final BigDecimal MOST_PER_SECOND = new BigDecimal(1_000_000);

  private static final Set<String> TOP = Set.of("store", "accounts", "alerts");
  private static final Set<String> GENERAL =
      Set.of(
          "provider",
          "devices",
          "requests_per_second",
          "concurrency",
          "settle_after_days",
          "renamed_from",
          "is_new",
          "sources",
          "cycle_day",
          "pool");

  /** Credentials that are no secrets. */
  private static final Set<String> PUBLIC = Set.of("account_id", "username");

  private final Path path;
  private final Map<String, String> environment;
  private final boolean mayOthersRead;
  private final List<Carrier> carriers = Carriers.of(Map.of());
  private final List<String> warnings = new ArrayList<>();

  /** The entries of each account by key, its header under the empty key. */
  private final Map<String, Map<String, Entry>> accounts = new LinkedHashMap<>();

  /** The entries of each rule by key, its header under the empty key. */
  private final Map<String, Map<String, Entry>> alerts = new LinkedHashMap<>();

  private @Nullable String store;

  private ConfigFile(Path path, Map<String, String> environment) {
    this.path = path;
    this.environment = environment;
    this.mayOthersRead = mayOthersRead(path);
  }

  /**
   * Reads the accounts of a file.
   *
   * @throws IllegalArgumentException if anything is refused; the message names file and line
   */
  static Accounts read(Path path, Map<String, String> environment) {
    return new ConfigFile(path, environment).read();
  }

  private Accounts read() {
    for (var entry : entries()) {
      sort(entry);
    }
    var all =
        accounts.entrySet().stream().map(each -> account(each.getKey(), each.getValue())).toList();
    return new Accounts(
        all, store, warnings, names(), new AlertTables(this, all).rules(alerts.values()));
  }

  private AccountNames names() {
    var former = new LinkedHashMap<String, String>();
    var added = new HashSet<String>();
    accounts.forEach(
        (name, keys) -> {
          var renamedFrom = keys.get("renamed_from");
          if (renamedFrom != null) {
            former.put(name, formerName(renamedFrom, former.values()));
          }
          var isNew = keys.get("is_new");
          if (isNew != null && truth(isNew)) {
            added.add(name);
          }
        });
    return new AccountNames(accounts.keySet(), former, added);
  }

  private String formerName(Entry entry, Collection<String> others) {
    var name = text(entry);
    if (accounts.containsKey(name)) {
      throw refused(entry, "the file has an account `" + name + "`");
    }
    if (others.contains(name)) {
      throw refused(entry, "another account is renamed from `" + name + "` too");
    }
    return name;
  }

  private boolean truth(Entry entry) {
    if (entry.value() instanceof Boolean truth) {
      return truth;
    }
    throw refused(entry, "must be true or false");
  }

  private List<Entry> entries() {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new IllegalArgumentException(path + ": " + reason(e, path), e);
    }
    try {
      return TomlFile.read(bytes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + " " + e.getMessage(), e);
    }
  }

  private void sort(Entry entry) {
    var names = entry.path();
    if (names.get(0).equals("store") && names.size() == 1) {
      store = location(text(entry));
    } else if (names.get(0).equals("alerts")) {
      addAlert(entry);
    } else if (!names.get(0).equals("accounts")) {
      throw refused(entry, "unknown key" + Suggestion.of(names.get(0), new TreeSet<>(TOP)));
    } else if (names.size() == 1) {
      requireHeader(entry);
    } else {
      add(names.get(1), entry);
    }
  }

  private String location(String text) {
    return text.startsWith("jdbc:") ? text : path.resolveSibling(text).toString();
  }

  private void add(String account, Entry entry) {
    if (!NAME.matcher(account).matches()) {
      throw refused(
          entry,
          "an account's name has lower case letters, digits and `-`, and begins without `-`");
    }
    var keys = accounts.computeIfAbsent(account, each -> new LinkedHashMap<>());
    switch (entry.path().size()) {
      case 2 -> {
        requireHeader(entry);
        keys.put("", entry);
      }
      case 3 -> {
        if (entry.value() == null) {
          throw refused(entry, "unknown table; an account is one table");
        }
        keys.put(entry.path().get(2), entry);
      }
      default -> throw refused(entry, "unknown key");
    }
  }

  private void addAlert(Entry entry) {
    var names = entry.path();
    var table = names.size() < 2 ? "" : names.get(1);
    if (!table.startsWith("[")) {
      throw refused(entry, "must be an array of tables: [[alerts]]");
    }
    if (names.size() > 3 || (names.size() == 3 && entry.value() == null)) {
      throw refused(entry, "unknown key");
    }
    alerts
        .computeIfAbsent(table, each -> new LinkedHashMap<>())
        .put(names.size() == 2 ? "" : names.get(2), entry);
  }

  private void requireHeader(Entry entry) {
    if (entry.value() != null) {
      throw refused(entry, "must be a table: [accounts.NAME]");
    }
  }

  private Account account(String name, Map<String, Entry> keys) {
    var header = keys.getOrDefault("", keys.values().iterator().next());
    var origin = path + " line " + header.line() + ": accounts." + name;
    var own = carriers(keys, origin);
    var variables = variables(own);
    var values = new LinkedHashMap<String, String>();
    keys.forEach(
        (key, entry) -> {
          var variable = variables.get(key);
          if (variable != null) {
            values.put(variable, value(entry, isSecret(own, key, variable)));
            if (key.equals(BASE_URL)) {
              requireNoCleartext(entry, values.get(variable));
            }
          } else if (!key.isEmpty() && !GENERAL.contains(key)) {
            var known = new TreeSet<>(GENERAL);
            known.addAll(variables.keySet());
            throw refused(entry, "unknown key" + Suggestion.of(key, known));
          }
        });
    requireOneForm(own, keys, values.keySet(), origin);
    return Account.of(
        name, own.get(0).account(), Map.copyOf(values), settings(keys, variables, origin));
  }

  private List<Carrier> carriers(Map<String, Entry> keys, String origin) {
    var entry = keys.get("provider");
    var known = carriers.stream().map(Carrier::account).distinct().toList();
    if (entry == null) {
      throw new IllegalArgumentException(
          origin + ": provider is missing; known are " + String.join(", ", known));
    }
    var provider = text(entry);
    var own = carriers.stream().filter(each -> each.account().equals(provider)).toList();
    if (own.isEmpty()) {
      throw refused(entry, "unknown provider `" + provider + "`" + Suggestion.of(provider, known));
    }
    return own;
  }

  /** Any other mistake of an address is found when the account is opened. */
  private void requireNoCleartext(Entry entry, @Nullable String address) {
    var url = address == null ? null : HttpUrl.parse(address);
    if (url != null && Cleartext.exposesCredentials(url)) {
      throw refused(entry, "must begin with https://, since credentials would travel in clear");
    }
  }

  /** Returns the variables of an account by their keys. */
  private static Map<String, String> variables(List<Carrier> carriers) {
    var variables = new LinkedHashMap<String, String>();
    for (var carrier : carriers) {
      carrier.variables().forEach(form -> form.forEach(each -> variables.put(key(each), each)));
      carrier.optionalVariables().forEach(each -> variables.put(key(each), each));
    }
    return variables;
  }

  private static String key(String variable) {
    return variable.substring(variable.indexOf('_') + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean isSecret(List<Carrier> carriers, String key, String variable) {
    return !PUBLIC.contains(key)
        && carriers.stream().noneMatch(carrier -> carrier.optionalVariables().contains(variable));
  }

  /** Refuses credentials that are missing, incomplete, or of two forms at once. */
  private void requireOneForm(
      List<Carrier> carriers, Map<String, Entry> keys, Set<String> given, String origin) {
    var forms = carriers.get(0).variables();
    var begun = forms.stream().filter(form -> form.stream().anyMatch(given::contains)).toList();
    if (begun.size() > 1) {
      var second = begun.get(1).stream().map(each -> keys.get(key(each))).filter(Objects::nonNull);
      throw refused(
          second.findFirst().orElseThrow(),
          "two forms of credentials are mixed; give "
              + forms.stream().map(ConfigFile::inWords).collect(joining(", or else ")));
    }
    if (begun.isEmpty()) {
      throw new IllegalArgumentException(
          origin
              + ": credentials are missing; give "
              + forms.stream().map(ConfigFile::inWords).collect(joining(", or else ")));
    }
    var missing = begun.get(0).stream().filter(each -> !given.contains(each)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          origin + ": credentials are incomplete; " + inWords(missing) + " must be given too");
    }
  }

  private static String inWords(List<String> form) {
    return form.stream().map(ConfigFile::key).collect(joining(", "));
  }

  private Account.Settings settings(
      Map<String, Entry> keys, Map<String, String> variables, String origin) {
    var devices = keys.get("devices");
    var rate = keys.get("requests_per_second");
    var pool = keys.get("pool");
    var cycleDay = whole(keys.get("cycle_day"), 1, BillingCycle.LAST_DAY);
    return new Account.Settings(
        origin,
        variables.entrySet().stream()
            .collect(toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey)),
        devices == null ? null : path.resolveSibling(text(devices)),
        whole(keys.get("concurrency"), 1, Integer.MAX_VALUE),
        rate == null ? null : rateLimit(rate),
        whole(keys.get("settle_after_days"), 0, Integer.MAX_VALUE),
        sourceRule(keys.get("sources")),
        cycleDay == null ? BillingCycle.MONTHS : new BillingCycle(cycleDay),
        pool == null ? null : bytes(pool));
  }

  private SourceRule sourceRule(@Nullable Entry entry) {
    if (entry == null) {
      return SourceRule.SUM;
    }
    return switch (text(entry)) {
      case "largest" -> SourceRule.LARGEST;
      case "sum" -> SourceRule.SUM;
      default -> throw refused(entry, "must be \"largest\" or \"sum\"");
    };
  }

  @Nullable Integer whole(@Nullable Entry entry, int least, int most) {
    if (entry == null) {
      return null;
    }
    if (entry.value() instanceof BigDecimal number
        && number.scale() == 0
        && number.compareTo(new BigDecimal(least)) >= 0
        && number.compareTo(new BigDecimal(most)) <= 0) {
      return number.intValueExact();
    }
    throw refused(
        entry,
        "must be a whole number, "
            + (most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most));
  }

  private RateLimit rateLimit(Entry entry) {
    if (!(entry.value() instanceof BigDecimal number)
        || number.signum() <= 0
        || number.compareTo(MOST_PER_SECOND) > 0) {
      throw refused(entry, "must be a number above 0 and at most " + MOST_PER_SECOND);
    }
    try {
      var nanos = NANOS.divide(number, 0, RoundingMode.CEILING).longValueExact();
      return RateLimit.of(1, Duration.ofNanos(nanos));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw refused(entry, "must be at least one request a day, 0.0000116");
    }
  }

  /** Returns a number of bytes in decimal units. */
  long bytes(Entry entry) {
    var amount = BYTES.matcher(text(entry));
    if (amount.matches()) {
      var unit = amount.group(2).toUpperCase(Locale.ROOT);
      var power = unit.length() == 1 ? 0 : UNITS.indexOf(unit.charAt(0));
      var bytes = new BigDecimal(amount.group(1)).movePointRight(3 * power);
      try {
        if (bytes.signum() > 0) {
          return bytes.longValueExact();
        }
      } catch (ArithmeticException tooLargeOrNotWhole) {
        // Refused below.
      }
    }
    throw refused(
        entry, "must be an amount such as \"500 GB\": B, kB, MB, GB, TB or PB, 1 kB is 1000 B");
  }

  /** Returns the text of an entry, with the values of its variables. */
  String text(Entry entry) {
    var raw = raw(entry);
    var text = new StringBuilder();
    var at = 0;
    for (var begin = raw.indexOf("${"); begin >= 0; begin = raw.indexOf("${", at)) {
      var end = raw.indexOf('}', begin);
      var variable = end < 0 ? "" : raw.substring(begin + 2, end);
      if (!VARIABLE.matcher(variable).matches()) {
        throw refused(entry, "`${` must be followed by the name of a variable and `}`");
      }
      text.append(raw, at, begin).append(variable(entry, variable));
      at = end + 1;
    }
    return text.append(raw, at, raw.length()).toString();
  }

  private String raw(Entry entry) {
    if (entry.value() instanceof String text) {
      if (text.isBlank()) {
        throw refused(entry, "is blank");
      }
      return text;
    }
    throw refused(entry, "must be a text in quotation marks");
  }

  private String variable(Entry entry, String name) {
    var value = environment.get(name);
    if (value == null) {
      throw refused(entry, "variable " + name + " is not set");
    }
    if (value.isBlank()) {
      throw refused(entry, "variable " + name + " is blank");
    }
    return value;
  }

  /** Returns a text that may be the content of a file. */
  private String value(Entry entry, boolean isSecret) {
    var text = text(entry);
    var raw = raw(entry);
    if (raw.startsWith(FILE)) {
      return content(entry, path.resolveSibling(text.substring(FILE.length())));
    }
    if (isSecret && mayOthersRead && !raw.contains("${")) {
      warnings.add(
          path
              + " "
              + entry
              + " is written into a file that other users may read; make it readable for its owner"
              + " only, or write \"${NAME}\" or \"file:PATH\"");
    }
    return text;
  }

  private String content(Entry entry, Path file) {
    try {
      var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      var content = UTF_8.newDecoder().decode(bytes).toString().replaceFirst("\r?\n\\z", "");
      if (content.isBlank()) {
        throw refused(entry, "the file " + file + " is blank");
      }
      return content;
    } catch (CharacterCodingException e) {
      throw refused(entry, "the file " + file + " is not UTF-8");
    } catch (IOException e) {
      throw refused(entry, "the file " + file + " cannot be read: " + reason(e, file));
    }
  }

  private static String reason(IOException failure, Path file) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    return Files.isDirectory(file) ? "is a directory" : String.valueOf(failure.getMessage());
  }

  private static boolean mayOthersRead(Path path) {
    try {
      var permissions = Files.getPosixFilePermissions(path);
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException unknown) {
      // Reading the file reports what is wrong; without these permissions there is nothing to say.
      return false;
    }
  }

  IllegalArgumentException refused(Entry entry, String reason) {
    return new IllegalArgumentException(path + " " + entry + ": " + reason);
  }
}
