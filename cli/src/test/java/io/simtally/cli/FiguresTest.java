package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the figures of the report with servers that follow the providers' documentation. */
final class FiguresTest {

  private static final Instant NOW = Instant.parse("2026-03-31T10:00:00Z");
  private static final String ACCOUNT = "0844021539-00001";

  @TempDir private Path directory;

  private final MockWebServer server = new MockWebServer();
  private final Map<String, Function<RecordedRequest, MockResponse>> answers = new HashMap<>();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            asked.add(request.getTarget());
            String path = request.getUrl().encodedPath();
            return Objects.requireNonNull(answers.get(path), path).apply(request);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /**
   * The specification: "the date and time of each subscriber's last network connection, and data
   * usage in bytes", for the range asked.
   */
  @Test
  void countsEveryDayOfAnIotxSubscriberWhateverTheTimeOfItsLastConnection() throws IOException {
    answers.put(
        "/analytics/data-usage-by-subscriber",
        request ->
            ok(
                """
                {"content": {"totalDataUsage": 1000,
                  "subscriberDataUsage": {"447500000001": {"2026-03-07T10:30:00+00:00": "1000"}}}}
                """));

    assertThat(report(iotx(), "2026-03-01", "2026-03-05")).isZero();

    assertThat(out.toString()).contains("5.0 kB  (5,000 bytes)");
    assertThat(csv())
        .hasSize(5)
        .allMatch(
            row ->
                row.matches(
                    "iotx-analytics,iotx-analytics,\"=\"\"447500000001\"\"\",2026-03-0\\dT00:00:00Z,.*,1000,.*"));
    // Correct whether or not IoT-X includes the end, which is not documented.
    assertThat(asked)
        .hasSize(5)
        .contains(
            "/analytics/data-usage-by-subscriber?startDate=2026-03-05T00%3A00%3A00%2B00%3A00"
                + "&endDate=2026-03-05T23%3A59%3A59%2B00%3A00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|INVALID_PARAMETER|Device Not Found, Request will be queued",
        "403|INVALID_PARAMETER|Device Not Certified",
        "404|INVALID_PARAMETER|Device inactive",
        "409|INVALID_PARAMETER|Service Not Purchased",
        "500|INTERNAL_ERROR|Device is active in several accounts"
      })
  void readsTheOtherHyperPreciseDevicesWhenOneIsRefused(int status, String code, String message)
      throws IOException {
    answers.put(
        "/hyper-precise/v1/report/sessions",
        request ->
            text(request, "imei").endsWith("2")
                ? json(
                    status,
                    "{\"errorCode\":\"%s\",\"errorMessage\":\"%s\"}".formatted(code, message))
                : sessions("2026-03-03T00:00:00Z", "2026-03-03T01:00:00Z", 700));

    int exitCode =
        report(
            thingSpace(),
            "2026-03-01",
            "2026-03-05",
            hyperPrecise("354394080001231", "354394080001232", "354394080001233"));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: ThingSpace Hyper-Precise: 1 of 3 devices could not be read; the figures lack"
                + " them. 5 of 15 days of devices are unknown; read them with: the same command"
                + " again\n");
    assertThat(out.toString()).contains("354394080001232: ").contains("(1,400 bytes)");
    assertThat(words()).contains(message);
    assertThat(csv())
        .hasSize(3)
        .contains(
            "thingspace-hyperprecise,thingspace,\"=\"\"354394080001232\"\"\",2026-03-01T00:00:00Z,PT120H,,,,"
                + "unknown,false,false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "401|{\"errorCode\":\"INVALID_ACCESS\",\"errorMessage\":\"The access policy denied\"}",
        "403|{\"fault\":{\"code\":\"900908\",\"message\":\"Resource forbidden\"}}",
        "503|{\"errorCode\":\"UNAVAILABLE\",\"errorMessage\":\"down\"}"
      })
  void keepsReadDevicesWhenTheAccountIsRefused(int status, String body) throws IOException {
    answers.put(
        "/hyper-precise/v1/report/sessions",
        request ->
            text(request, "imei").endsWith("2")
                ? json(status, body)
                : sessions("2026-03-03T00:00:00Z", "2026-03-03T01:00:00Z", 700));

    int exitCode =
        report(
            thingSpace(),
            "2026-03-01",
            "2026-03-05",
            hyperPrecise("354394080001231", "354394080001232", "354394080001233"));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).startsWith("error: ThingSpace Hyper-Precise");
    assertThat(words()).contains("status " + status);
  }

  /** The plausible meanings of "start date" and "end date of session to include". */
  enum Selects {
    THAT_LIE_IN_THE_RANGE,
    THAT_START_IN_THE_RANGE,
    THAT_TOUCH_THE_RANGE;

    boolean takes(Instant start, Instant end, Instant from, Instant to) {
      return switch (this) {
        case THAT_LIE_IN_THE_RANGE -> !start.isBefore(from) && !end.isAfter(to);
        case THAT_START_IN_THE_RANGE -> !start.isBefore(from) && !start.isAfter(to);
        case THAT_TOUCH_THE_RANGE -> !end.isBefore(from) && !start.isAfter(to);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void countsASessionOfDaysOnceAndOnTheDayItBegan(Selects reading) throws IOException {
    serveOneSession(reading, "2026-01-03T10:00:00Z", "2026-01-08T10:00:00Z");
    Path devices = hyperPrecise("354394080001231");

    assertThat(report(thingSpace(), "2026-01-01", "2026-01-05", devices)).isZero();
    assertThat(csv()).hasSize(1).allMatch(row -> row.contains(",2026-01-03T10:00:00Z,"));

    assertThat(report(thingSpace(), "2026-01-06", "2026-01-10", devices)).isZero();
    assertThat(csv()).isEmpty();
    assertThat(words()).contains("A session counts as a whole on the day it began.");

    assertThat(report(thingSpace(), "2026-01-01", "2026-01-10", devices)).isZero();
    assertThat(csv()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void countsASessionOfThirtyDaysThatBeganInTheLastHour(Selects reading) throws IOException {
    serveOneSession(reading, "2026-01-05T23:00:00Z", "2026-02-04T23:00:00Z");

    assertThat(report(thingSpace(), "2026-01-05", "2026-01-05", hyperPrecise("354394080001231")))
        .isZero();

    assertThat(csv()).hasSize(1);
    assertThat(words())
        .contains(
            "A session counts as a whole on the day it began. The requests covered 2025-12-06 to"
                + " 2026-02-04, 30 days more on either side as far as ThingSpace keeps them."
                + " Sessions that began earlier or ended later are missing.");
  }

  @ParameterizedTest
  @EnumSource
  void countsASessionOnceInAPeriodThatTakesSeveralRequests(Selects reading) throws IOException {
    serveOneSession(reading, "2026-01-30T10:00:00Z", "2026-02-03T10:00:00Z");

    assertThat(report(thingSpace(), "2025-10-03", "2026-03-30", hyperPrecise("354394080001231")))
        .isZero();

    assertThat(asked).hasSize(2);
    assertThat(csv()).hasSize(1);
  }

  @Test
  void requestsOnlyDaysThatThingSpaceKeeps() throws IOException {
    List<String> ranges = new ArrayList<>();
    answers.put(
        "/hyper-precise/v1/report/sessions",
        request -> {
          ranges.add(text(request, "startDate") + " " + text(request, "endDate"));
          return json(200, "{\"sessions\":[]}");
        });

    report(thingSpace(), "2025-09-01", "2026-03-30", hyperPrecise("354394080001231"));

    assertThat(ranges)
        .containsExactly(
            "2025-10-03T00:00:00Z 2026-03-02T00:00:00Z",
            "2026-01-01T00:00:00Z 2026-04-01T00:00:00Z");
    assertThat(words())
        .contains(
            "ThingSpace keeps sessions for 180 days: those that began before 2025-10-03 are no"
                + " longer available.");
  }

  @Test
  void countsADeviceOfBothThingSpaceServicesOnce() throws IOException {
    answers.put(
        "/hyper-precise/v1/report/sessions",
        request ->
            sessions(
                "2026-03-03T00:00:00Z",
                "2026-03-03T01:00:00Z",
                text(request, "imei").endsWith("1") ? 700 : 30));
    answers.put(
        "/m2m/v1/devices/usage/actions/list",
        request -> usage(row("2026-03-03", 1_000, "Raw Usage")));
    Path devices =
        Files.writeString(
            directory.resolve("devices.csv"),
            """
            carrier,kind,id,account
            thingspace-m2m,imei,354394080001231,
            thingspace-hyperprecise,imei,354394080001231,%1$s
            thingspace-hyperprecise,imei,354394080001232,%1$s
            """
                .formatted(ACCOUNT));

    assertThat(report(thingSpace(), "2026-03-01", "2026-03-05", devices)).isZero();

    assertThat(out.toString().lines())
        .containsSubsequence(
            "  ThingSpace M2M                             1              1         1.0 kB",
            "  ThingSpace Hyper-Precise                   2              2          730 B",
            "  All carriers                               2              3         1.0 kB",
            "  700 B of ThingSpace Hyper-Precise are in the figure of ThingSpace M2M as well, and"
                + " counted once");
    assertThat(words())
        .contains("Counted by ThingSpace M2M too: 1 device.")
        .contains("leaves out 700 B of this carrier.");
    assertThat(html()).contains("title=\"1,030 bytes\"").contains("and counted once in the total.");
    assertThat(csv())
        .containsExactlyInAnyOrder(
            "thingspace-m2m,thingspace,\"=\"\"354394080001231\"\"\",2026-03-03T00:00:00Z,PT24H,1000,,,Raw"
                + " Usage,true,false",
            "thingspace-hyperprecise,thingspace,\"=\"\"354394080001231\"\"\",2026-03-03T00:00:00Z,PT1H,700,,,,false,false",
            "thingspace-hyperprecise,thingspace,\"=\"\"354394080001232\"\"\",2026-03-03T00:00:00Z,PT1H,30,,,,true,false");
  }

  @Test
  void countsAHyperPreciseDeviceWithoutM2mUsage() throws IOException {
    answers.put(
        "/hyper-precise/v1/report/sessions",
        request -> sessions("2026-03-03T00:00:00Z", "2026-03-03T01:00:00Z", 700));
    answers.put("/m2m/v1/devices/usage/actions/list", request -> usage(""));
    Path devices =
        Files.writeString(
            directory.resolve("devices.csv"),
            """
            carrier,kind,id,account
            thingspace-m2m,imei,354394080001231,
            thingspace-hyperprecise,imei,354394080001231,%s
            """
                .formatted(ACCOUNT));

    report(thingSpace(), "2026-03-01", "2026-03-05", devices);

    assertThat(out.toString().lines())
        .contains("  All carriers                               1              1          700 B");
  }

  @Test
  void wrapsNotesAtTheWidthOfTheTerminal() throws IOException {
    answers.put(
        "/hyper-precise/v1/report/sessions",
        request -> sessions("2026-03-03T00:00:00Z", "2026-03-03T01:00:00Z", 700));
    Path devices =
        Files.writeString(
            directory.resolve("devices.csv"),
            """
            carrier,kind,id,account
            thingspace-hyperprecise,imei,354394080001231,%s
            """
                .formatted(ACCOUNT));
    Map<String, String> environment = new HashMap<>(thingSpace());
    environment.put("COLUMNS", "80");

    report(environment, "2026-03-01", "2026-03-05", devices);

    assertThat(words()).contains("A session counts as a whole on the day it began.");
    assertThat(out.toString().lines().filter(line -> !line.startsWith("Written: ")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void sumsSeveralSourcesOfADayWithAWarning() throws IOException {
    answers.put(
        "/m2m/v1/devices/usage/actions/list",
        request ->
            usage(
                row("2026-03-02", 1_000, "Raw Usage")
                    + ","
                    + row("2026-03-02", 900, "Usage Feed")
                    + ","
                    + row("2026-03-03", 5, "Usage Feed")));

    report(thingSpace(), "2026-03-01", "2026-03-05", m2m("354394080001231"));

    assertThat(out.toString()).contains("(1,905 bytes)");
    assertThat(words())
        .contains(
            "Counted by several sources (Raw Usage, Usage Feed): 1 day of devices. Their counts are"
                + " added up here and may overlap; the CSV file has them one by one.");
    assertThat(csv()).extracting(row -> row.split(",", -1)[8]).contains("Raw Usage", "Usage Feed");
  }

  @Test
  void doesNotCallAWholeAccountADevice() throws IOException {
    answers.put(
        "/connectivity/v1/report",
        request ->
            ok(
                """
                {"result": [
                  [{"time_stamp": "2026-03-03T00:00:00Z", "name": "uplink_bytes",
                    "value": 40.0, "aggregation_type": "COUNT"}],
                  [{"time_stamp": "2026-03-03T00:00:00Z", "name": "downlink_bytes",
                    "value": 60.0, "aggregation_type": "COUNT"}]],
                 "account_id": "62c40843c7a1909709112345"}
                """));

    assertThat(
            report(
                Map.of(
                    "ALEF_API_KEY", "a-key",
                    "ALEF_ACCOUNT_ID", "62c40843c7a1909709112345",
                    "ALEF_BASE_URL", server.url("/").toString()),
                "2026-03-01",
                "2026-03-05"))
        .isZero();

    assertThat(out.toString())
        .contains("  Devices     whole account")
        .contains("(100 bytes)")
        .doesNotContain("Top devices");
    assertThat(html())
        .contains("by the <strong>whole account</strong> in")
        .doesNotContain("devices in");
  }

  @Test
  void leavesTheEarlierFilesWhenNothingCouldBeRead() throws IOException {
    answers.put("/analytics/data-usage-by-subscriber", request -> json(401, "{}"));
    Path csv = Files.writeString(directory.resolve("fleet-report.csv"), "good");
    Path html = Files.writeString(directory.resolve("fleet-report.html"), "good");

    assertThat(report(iotx(), "2026-03-01", "2026-03-05")).isEqualTo(1);

    assertThat(csv).hasContent("good");
    assertThat(html).hasContent("good");
    assertThat(out.toString()).contains("Nothing could be read").doesNotContain("Written");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(csv, html);
    }
  }

  @Test
  void refusesDaysThatHaveNotBegun() {
    for (Map<String, String> environment : List.of(iotx(), Map.<String, String>of())) {
      assertThat(report(environment, "2026-03-30", "2026-04-01")).isEqualTo(2);
      assertThat(err.toString())
          .contains("the period ends (2026-04-01) after today (2026-03-31 in UTC)");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void reportsThatTodayIsIncomplete() {
    answers.put(
        "/analytics/data-usage-by-subscriber",
        request -> ok("{\"content\":{\"totalDataUsage\":0,\"subscriberDataUsage\":{}}}"));

    assertThat(report(iotx(), "2026-03-30", "2026-03-31")).isZero();

    assertThat(out.toString()).contains("The last day is today and not over");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR", "hi-IN-u-nu-deva"})
  void writesTheSameDigitsOnEveryMachine(String language) throws IOException {
    answers.put(
        "/m2m/v1/devices/usage/actions/list",
        request ->
            usage(
                Stream.of("01", "02", "03", "04")
                        .map(day -> row("2026-03-" + day, 1_000_000, "Raw Usage") + ",")
                        .reduce("", String::concat)
                    + row("2026-03-05", 90_000_000, "Raw Usage")));
    Supplier<String> written =
        () -> {
          out.getBuffer().setLength(0);
          report(thingSpace(), "2026-03-01", "2026-03-05", m2m("354394080001231"));
          return out + html() + csv();
        };
    String here = written.get();

    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      assertThat(written.get()).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(here).contains("at least 10 times").contains("90x");
  }

  private void serveOneSession(Selects reading, String start, String end) {
    answers.put(
        "/hyper-precise/v1/report/sessions",
        request ->
            reading.takes(
                    Instant.parse(start),
                    Instant.parse(end),
                    Instant.parse(text(request, "startDate")),
                    Instant.parse(text(request, "endDate")))
                ? sessions(start, end, 1_000_000_000)
                : json(200, "{\"sessions\":[],\"txid\":\"1\"}"));
  }

  private int report(Map<String, String> environment, String from, String to, Path... devices) {
    List<String> arguments =
        new ArrayList<>(
            List.of("report", "--out", directory.toString(), "--from", from, "--to", to));
    for (Path file : devices) {
      arguments.addAll(List.of("--devices", file.toString()));
    }
    return Simtally.of(new CommandContext(environment, Clock.fixed(NOW, ZoneOffset.UTC), false))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  private Map<String, String> iotx() {
    return Map.of("IOTX_TOKEN", "a-token", "IOTX_BASE_URL", server.url("/").toString());
  }

  private Map<String, String> thingSpace() {
    return Map.of(
        "THINGSPACE_TOKEN", "a-token",
        "THINGSPACE_M2M_TOKEN", "another",
        "THINGSPACE_BASE_URL", server.url("/").toString());
  }

  private Path hyperPrecise(String... imeis) {
    StringBuilder rows = new StringBuilder("carrier,kind,id,account\n");
    for (String imei : imeis) {
      rows.append("thingspace-hyperprecise,imei," + imei + "," + ACCOUNT + "\n");
    }
    return devices(rows.toString());
  }

  private Path m2m(String imei) {
    return devices("carrier,kind,id\nthingspace-m2m,imei," + imei + "\n");
  }

  private Path devices(String rows) {
    try {
      return Files.writeString(directory.resolve("devices.csv"), rows);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> csv() {
    List<String> lines = List.of(read("fleet-report.csv").split("\r\n", -1));
    return lines.subList(1, lines.size() - 1);
  }

  private String html() {
    return read("fleet-report.html");
  }

  private String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the output without its line breaks. */
  private String words() {
    return out.toString().replaceAll("\\s+", " ");
  }

  private static MockResponse ok(String body) {
    return json(200, body);
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  private static MockResponse sessions(String start, String end, long bytes) {
    return ok(
        "{\"sessions\":[{\"startTime\":\"%s\",\"endTime\":\"%s\",\"numBytes\":%s}]}"
            .formatted(start, end, bytes));
  }

  private static String row(String day, long bytes, String source) {
    return "{\"bytesUsed\":%s,\"smsUsed\":0,\"source\":\"%s\",\"timestamp\":\"%sT00:00:00Z\"}"
        .formatted(bytes, source, day);
  }

  private static MockResponse usage(String rows) {
    return ok("{\"hasMoreData\":false,\"usageHistory\":[" + rows + "]}");
  }

  private static String text(RecordedRequest request, String member) {
    try {
      Object body =
          new Moshi.Builder()
              .build()
              .adapter(Object.class)
              .fromJson(Objects.requireNonNull(request.getBody()).utf8());
      return String.valueOf(Objects.requireNonNull((Map<?, ?>) body).get(member));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
