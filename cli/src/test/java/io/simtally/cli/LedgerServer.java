package io.simtally.cli;

import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A server that answers for all five providers as their pages say, from a ledger of the true usage.
 * A test sets the truth, runs the command, and compares what the command says with the truth. It
 * also sets the server's time, on which depends what a provider has forgotten.
 *
 * <p>One day of one device: {@code server.use(MASON, iccid, day, 500)}. The answer about a device
 * that is wrong on purpose: {@code server.spoil(MASON, iccid, body -> body.replace("bytes",
 * "kilobytes"))}.
 */
final class LedgerServer implements AutoCloseable {
  static final String IOTX = "iotx-analytics";
  static final String MASON = "mason-usage";
  static final String ALEF = "alef-connectivity";
  static final String M2M = "thingspace-m2m";
  static final String HYPER_PRECISE = "thingspace-hyperprecise";

  /** The ThingSpace account of all Hyper-Precise devices. */
  static final String ACCOUNT = "0844021539-00001";

  private static final String ALEF_ACCOUNT = "62c40843c7a1909709112345";

  /** "Information will be shown from the earliest available (180 days)." */
  private static final int KEPT_DAYS = 180;

  /** "You will not receive results for records that are older than 12 months." */
  private static final int KEPT_MONTHS = 12;

  private final MockWebServer server = new MockWebServer();
  private final Map<String, TreeMap<LocalDate, Long>> ledger = new TreeMap<>();
  private final Map<String, String> devices = new TreeMap<>();
  private final Map<String, List<Function<Instant, List<Session>>>> sessions = new HashMap<>();
  private final Map<String, Function<RecordedRequest, MockResponse>> answers = new HashMap<>();
  private final Map<String, UnaryOperator<String>> spoilt = new HashMap<>();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

  private volatile Instant now;
  private volatile int m2mPageRows = 500;
  private volatile BiFunction<YearMonth, String, Boolean> isListed;

  /**
   * One session as ThingSpace reports it.
   *
   * @param start its first moment
   * @param end its last moment so far
   * @param bytes its bytes so far
   */
  record Session(Instant start, Instant end, long bytes) {}

  LedgerServer(Instant now) {
    this.now = now;
    this.isListed =
        (month, iccid) ->
            days(MASON, iccid).entrySet().stream()
                .anyMatch(day -> YearMonth.from(day.getKey()).equals(month) && day.getValue() > 0);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /** Sets the time of the server and of {@link #clock}. */
  LedgerServer at(Instant moment) {
    now = moment;
    return this;
  }

  /** Returns a clock for the command, fixed to the server's time. */
  Clock clock() {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  /** Sets the true usage of a device on a day. Zero is a day that the provider does not list. */
  synchronized LedgerServer use(String provider, String device, LocalDate day, long bytes) {
    ledger.computeIfAbsent(key(provider, device), key -> new TreeMap<>()).put(day, bytes);
    return this;
  }

  /** Sets the true usage of a device on each of some days. */
  LedgerServer use(String provider, String device, LocalDate from, LocalDate to, long bytes) {
    from.datesUntil(to.plusDays(1)).forEach(day -> use(provider, device, day, bytes));
    return this;
  }

  /** Adds sessions of a Hyper-Precise device, as they are reported at a moment. */
  synchronized LedgerServer sessions(String imei, Function<Instant, List<Session>> reported) {
    sessions.computeIfAbsent(imei, key -> new ArrayList<>()).add(reported);
    return this;
  }

  /** Puts a device into {@link #devicesFile}. */
  synchronized LedgerServer list(String provider, String kind, String id) {
    devices.put(
        key(provider, kind + " " + id),
        provider + "," + kind + "," + id + "," + (provider.equals(HYPER_PRECISE) ? ACCOUNT : ""));
    return this;
  }

  /** Answers requests about a device, or about a provider's whole account for {@code *}. */
  synchronized LedgerServer answer(
      String provider, String device, Function<RecordedRequest, MockResponse> response) {
    answers.put(key(provider, device), response);
    return this;
  }

  /** Changes the right answers about a device, or about a provider's whole account. */
  synchronized LedgerServer spoil(String provider, String device, UnaryOperator<String> change) {
    spoilt.put(key(provider, device), change);
    return this;
  }

  /** Sets which SIMs Mason's list of a month names; without it, those with usage in the month. */
  LedgerServer masonLists(BiFunction<YearMonth, String, Boolean> names) {
    isListed = names;
    return this;
  }

  /** Sets how many rows a page of ThingSpace M2M has at most. 500 if not set. */
  LedgerServer m2mPageRows(int rows) {
    m2mPageRows = rows;
    return this;
  }

  /** Returns the true bytes of a device on a day. */
  synchronized long bytes(String provider, String device, LocalDate day) {
    return days(provider, device).getOrDefault(day, 0L);
  }

  /**
   * Returns the requests so far: provider, device or {@code *}, start and end as they were sent.
   */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** Forgets the requests so far. */
  void forgetAsked() {
    asked.clear();
  }

  /** Returns the variables that lead some providers' clients to this server. */
  Map<String, String> environment(String... providers) {
    var variables = new HashMap<String, String>();
    var url = server.url("/").toString();
    for (var provider : providers) {
      switch (provider) {
        case IOTX -> variables.putAll(Map.of("IOTX_TOKEN", "a-token", "IOTX_BASE_URL", url));
        case MASON -> variables.putAll(Map.of("MASON_API_KEY", "a-key", "MASON_BASE_URL", url));
        case ALEF ->
            variables.putAll(
                Map.of(
                    "ALEF_API_KEY", "a-key",
                    "ALEF_ACCOUNT_ID", ALEF_ACCOUNT,
                    "ALEF_BASE_URL", url));
        case M2M, HYPER_PRECISE ->
            variables.putAll(
                Map.of(
                    "THINGSPACE_TOKEN", "a-token",
                    "THINGSPACE_M2M_TOKEN", "a-session",
                    "THINGSPACE_BASE_URL", url));
        default -> throw new IllegalArgumentException(provider);
      }
    }
    return variables;
  }

  /** Writes a devices file with the devices that were listed. */
  synchronized Path devicesFile(Path directory) {
    try {
      return Files.writeString(
          directory.resolve("devices.csv"),
          "carrier,kind,id,account\n" + String.join("\n", devices.values()) + "\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns a valid IMEI, a different one for each number. */
  static String imei(int number) {
    return withCheckDigit("35439408" + String.format(Locale.ROOT, "%06d", number));
  }

  /** Returns a valid ICCID of 19 digits, a different one for each number. */
  static String iccid(int number) {
    return withCheckDigit("8914800000" + String.format(Locale.ROOT, "%08d", number));
  }

  /** Returns digits with their Luhn check digit. */
  static String withCheckDigit(String digits) {
    var sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      var digit = digits.charAt(digits.length() - 1 - i) - '0';
      var weighted = i % 2 == 0 ? 2 * digit : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return digits + (10 - sum % 10) % 10;
  }

  static MockResponse json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  private synchronized MockResponse answer(RecordedRequest request) {
    var path = request.getUrl().encodedPath();
    if (path.equals("/analytics/data-usage-by-subscriber")) {
      return reply(IOTX, "*", request, query(request, "startDate"), query(request, "endDate"));
    }
    if (path.equals("/beta/default/data/aggregate/usage/sim")) {
      return reply(MASON, "*", request, query(request, "date"), query(request, "date"));
    }
    if (path.startsWith("/beta/default/data/series/usage/sim/")) {
      var iccid = path.substring(path.lastIndexOf('/') + 1);
      return reply(MASON, iccid, request, query(request, "start"), query(request, "end"));
    }
    var body = body(request);
    return switch (path) {
      case "/connectivity/v1/report" ->
          reply(
              ALEF,
              msisdn(body),
              request,
              text(body, "start_date_time"),
              text(body, "end_date_time"));
      case "/m2m/v1/devices/usage/actions/list" ->
          reply(
              M2M,
              text((Map<?, ?>) body.get("deviceId"), "id"),
              request,
              text(body, "earliest"),
              text(body, "latest"));
      case "/hyper-precise/v1/report/sessions" ->
          reply(
              HYPER_PRECISE,
              text(body, "imei"),
              request,
              text(body, "startDate"),
              text(body, "endDate"));
      default -> json(404, "{}");
    };
  }

  private MockResponse reply(
      String provider, String device, RecordedRequest request, String from, String to) {
    asked.add(provider + " " + device + " " + from + " " + to);
    var own = answers.get(key(provider, device));
    if (own != null) {
      return own.apply(request);
    }
    var start = OffsetDateTime.parse(from).toInstant();
    var end = OffsetDateTime.parse(to).toInstant();
    var body =
        switch (provider) {
          case IOTX -> iotx(start, end);
          case MASON -> device.equals("*") ? sims(start) : series(device, start, end);
          case ALEF -> report(device, start, end);
          case M2M -> history((Map<?, ?>) body(request).get("deviceId"), start, end);
          default -> sessionReport(device, start, end);
        };
    return json(200, spoilt.getOrDefault(key(provider, device), right -> right).apply(body));
  }

  private String iotx(Instant start, Instant end) {
    var parts = new ArrayList<String>();
    var total = 0L;
    for (var device : devicesOf(IOTX)) {
      var bytes = between(IOTX, device, start, end).values().stream().mapToLong(b -> b).sum();
      if (bytes > 0) {
        total += bytes;
        parts.add("\"%s\":{\"%s\":\"%s\"}".formatted(device, start, bytes));
      }
    }
    return "{\"content\":{\"totalDataUsage\":%s,\"subscriberDataUsage\":{%s}}}"
        .formatted(total, String.join(",", parts));
  }

  private String sims(Instant date) {
    var month = YearMonth.from(date.atOffset(ZoneOffset.UTC));
    return devicesOf(MASON).stream()
        .filter(iccid -> isListed.apply(month, iccid))
        .map(
            iccid ->
                "{\"sim\":{\"iccid\":\"%s\"},\"usage\":%s}"
                    .formatted(iccid, masonRow("date", month.atDay(1), 1)))
        .collect(Collectors.joining(",", "{\"data\":[", "],\"nextPage\":null}"));
  }

  /** The page calls the end exclusive, and its samples bring the day of the end as well. */
  private String series(String iccid, Instant start, Instant end) {
    return between(MASON, iccid, start, end).entrySet().stream()
        .map(day -> masonRow("day", day.getKey(), day.getValue()))
        .collect(Collectors.joining(",", "{\"data\":[", "]}"));
  }

  private static String masonRow(String name, LocalDate day, long bytes) {
    return "{\"%s\":\"%sT00:00:00Z\",\"download\":%s,\"upload\":%s,\"total\":%s,\"unit\":\"bytes\"}"
        .formatted(name, day, bytes - bytes / 3, bytes / 3, bytes);
  }

  /** Stamps are the ends of days; the day that ends where the range starts comes as well. */
  private String report(String device, Instant start, Instant end) {
    var own = device.equals("*") ? devicesOf(ALEF) : List.of(device);
    var uplink = new ArrayList<String>();
    var downlink = new ArrayList<String>();
    var days = new TreeMap<LocalDate, Long>();
    for (var each : own) {
      between(ALEF, each, start.minus(1, ChronoUnit.DAYS), end.minusSeconds(1))
          .forEach((day, bytes) -> days.merge(day, bytes, Long::sum));
    }
    days.forEach(
        (day, bytes) -> {
          uplink.add(point(day, "uplink_bytes", bytes / 3));
          downlink.add(point(day, "downlink_bytes", bytes - bytes / 3));
        });
    return "{\"result\":[[%s],[%s]]%s,\"account_id\":\"%s\"}"
        .formatted(
            String.join(",", uplink),
            String.join(",", downlink),
            device.equals("*") ? "" : ",\"msisdn\":" + device,
            ALEF_ACCOUNT);
  }

  private static String point(LocalDate day, String name, long bytes) {
    return ("{\"time_stamp\":\"%sT00:00:00+00:00\",\"name\":\"%s\",\"value\":%s.0,"
            + "\"aggregation_type\":\"COUNT\"}")
        .formatted(day.plusDays(1), name, bytes);
  }

  private String history(Map<?, ?> deviceId, Instant earliest, Instant latest) {
    var kept = now.atOffset(ZoneOffset.UTC).minusMonths(KEPT_MONTHS).toInstant();
    var rows =
        between(M2M, text(deviceId, "id"), earliest, latest).entrySet().stream()
            .filter(day -> !startOf(day.getKey()).isBefore(kept))
            .toList();
    var page = rows.subList(0, Math.min(m2mPageRows, rows.size()));
    return page.stream()
        .map(
            day ->
                ("{\"bytesUsed\":%s,\"smsUsed\":0,\"source\":\"Raw Usage\","
                        + "\"timestamp\":\"%sT00:00:00Z\",\"extendedAttributes\":[]}")
                    .formatted(day.getValue(), day.getKey()))
        .collect(
            Collectors.joining(
                ",",
                "{\"hasMoreData\":%s,\"deviceId\":{\"id\":\"%s\",\"kind\":\"%s\"},\"usageHistory\":["
                    .formatted(
                        page.size() < rows.size(), text(deviceId, "id"), text(deviceId, "kind")),
                "]}"));
  }

  /** Sessions that began in the range, of those that are kept. */
  private String sessionReport(String imei, Instant start, Instant end) {
    var kept = now.minus(KEPT_DAYS, ChronoUnit.DAYS);
    return sessions.getOrDefault(imei, List.of()).stream()
        .flatMap(each -> each.apply(now).stream())
        .filter(each -> !each.start().isBefore(start) && each.start().isBefore(end))
        .filter(each -> !each.start().isBefore(kept))
        .map(
            each ->
                "{\"startTime\":\"%s\",\"endTime\":\"%s\",\"numBytes\":%s}"
                    .formatted(each.start(), each.end(), each.bytes()))
        .collect(Collectors.joining(",", "{\"sessions\":[", "],\"txid\":\"1\"}"));
  }

  private Map<LocalDate, Long> between(
      String provider, String device, Instant from, Instant toIncluded) {
    return days(provider, device).entrySet().stream()
        .filter(day -> day.getValue() > 0)
        .filter(day -> !startOf(day.getKey()).isBefore(from))
        .filter(day -> !startOf(day.getKey()).isAfter(toIncluded))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }

  private Map<LocalDate, Long> days(String provider, String device) {
    return ledger.getOrDefault(key(provider, device), new TreeMap<>());
  }

  private List<String> devicesOf(String provider) {
    return ledger.keySet().stream()
        .filter(key -> key.startsWith(provider + " "))
        .map(key -> key.substring(provider.length() + 1))
        .toList();
  }

  private static String key(String provider, String device) {
    return provider + " " + device;
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static String query(RecordedRequest request, String name) {
    return Objects.requireNonNull(request.getUrl().queryParameter(name), name);
  }

  private static Map<?, ?> body(RecordedRequest request) {
    try {
      return (Map<?, ?>)
          Objects.requireNonNull(
              new Moshi.Builder()
                  .build()
                  .adapter(Object.class)
                  .fromJson(Objects.requireNonNull(request.getBody()).utf8()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Map<?, ?> object, String member) {
    return String.valueOf(Objects.requireNonNull(object.get(member), member));
  }

  /** The msisdn that an Alef report is filtered by, or {@code *}. */
  private static String msisdn(Map<?, ?> body) {
    for (var clause : (List<?>) Objects.requireNonNull(body.get("dimension_filter_clauses"))) {
      for (var filter : (List<?>) Objects.requireNonNull(((Map<?, ?>) clause).get("filters"))) {
        if ("msisdn".equals(((Map<?, ?>) filter).get("dimension_name"))) {
          var value = ((List<?>) ((Map<?, ?>) filter).get("expressions")).get(0);
          return value instanceof Double number
              ? BigDecimal.valueOf(number).toPlainString().replaceFirst("\\.0$", "")
              : String.valueOf(value);
        }
      }
    }
    return "*";
  }
}
