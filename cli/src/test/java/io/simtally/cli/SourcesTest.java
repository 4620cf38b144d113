package io.simtally.cli;

import static io.simtally.cli.LedgerServer.ALEF;
import static io.simtally.cli.LedgerServer.HYPER_PRECISE;
import static io.simtally.cli.LedgerServer.IOTX;
import static io.simtally.cli.LedgerServer.M2M;
import static io.simtally.cli.LedgerServer.MASON;
import static io.simtally.cli.LedgerServer.iccid;
import static io.simtally.cli.LedgerServer.imei;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.cli.LedgerServer.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code simtally sync} stores, compared with the truth of a {@link LedgerServer}. */
@Timeout(300)
final class SourcesTest {
  private static final Instant NOW = Instant.parse("2026-03-31T10:00:00Z");
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final LocalDate LAST = LocalDate.parse("2026-03-05");
  private static final String MSISDN = "8020010012345";

  @TempDir private Path directory;

  private final LedgerServer server = new LedgerServer(NOW);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void neverReadsOrReplacesDaysThatThingSpaceNoLongerKeeps() throws Exception {
    var device = imei(1);
    server.list(M2M, "imei", device).use(M2M, device, FIRST, LAST, 1_000);
    assertThat(sync(M2M).exitCode()).isZero();
    // A year later March 1 to 3 are gone at the provider.
    server.at(Instant.parse("2027-03-03T10:00:00Z")).forgetAsked();

    var run = sync(M2M, "--settle-after-days", "400");

    assertThat(server.asked())
        .containsExactly(M2M + " " + device + " 2026-03-04T00:00:00Z 2026-03-05T23:59:59Z");
    assertThat(daily(M2M))
        .containsExactlyEntriesOf(days(device, 1_000, 1_000, 1_000, 1_000, 1_000));
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "ThingSpace M2M: 2026-03-01 to 2026-03-03 are no longer available; the store has them"
                + " from earlier runs.\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void failsIfUnreadDaysAreNoLongerAvailable() throws Exception {
    var device = imei(1);
    server
        .list(HYPER_PRECISE, "imei", device)
        .sessions(device, now -> List.of(session("2026-03-01T01:00:00Z", 700)))
        .sessions(device, now -> List.of(session("2026-03-05T01:00:00Z", 30)));
    // The last of the 180 days is March 3.
    server.at(Instant.parse("2026-08-29T10:00:00Z"));

    var run = sync(HYPER_PRECISE);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "error: ThingSpace Hyper-Precise: 2026-03-01 to 2026-03-02 are no longer available; the"
                + " store lacks 2 days of devices.");
    assertThat(daily(HYPER_PRECISE)).isEqualTo(Map.of(device + " 2026-03-05", 30L));
    assertThat(rows("select from_time at time zone 'UTC' from coverage"))
        .containsExactly("2026-03-03 00:00:00.0");
  }

  /** Daily runs of the default range, with one missed now and then. */
  @Test
  void storesASessionOfAWeekThatIsReportedAtItsEndAndOneThatGrows() throws Exception {
    var late = imei(1);
    var growing = imei(2);
    var began = Instant.parse("2026-03-02T12:00:00Z");
    var ended = began.plus(7, ChronoUnit.DAYS);
    server
        .list(HYPER_PRECISE, "imei", late)
        .list(HYPER_PRECISE, "imei", growing)
        .sessions(
            late,
            now ->
                now.isBefore(ended) ? List.of() : List.of(new Session(began, ended, 900_000_000)))
        .sessions(
            growing,
            now ->
                now.isBefore(began)
                    ? List.of()
                    : List.of(
                        new Session(
                            began,
                            now.isBefore(ended) ? now : ended,
                            100 * Math.min(7, 1 + ChronoUnit.DAYS.between(began, now)))));
    for (int day = 0; day < 40; day++) {
      if (day % 9 == 8) {
        continue;
      }
      server.at(Instant.parse("2026-03-02T03:00:00Z").plus(day, ChronoUnit.DAYS));
      assertThat(run(HYPER_PRECISE, "sync", "--days", "30").exitCode()).isZero();
    }

    assertThat(daily(HYPER_PRECISE))
        .isEqualTo(Map.of(late + " 2026-03-02", 900_000_000L, growing + " 2026-03-02", 700L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "T00:00:00+00:00 | T18:30:00+00:00 | for days in UTC, which end at midnight",
        "2026-03-04T00 | 2026-03-03T07 | for days in UTC, which end at midnight",
        "2026-03-06T00 | 2026-03-09T00 | the request was for 2026-03-01 to 2026-03-05",
        "2026-03-02T00 | 2026-02-27T00 | the request was for 2026-03-01 to 2026-03-05",
        "downlink_bytes | downlink_packets | the response has no value of downlink_bytes",
        "uplink_bytes | sim | the response has no value of uplink_bytes",
        "2026-03-03T00 | 2026-03-04T00 | two counts",
        "8020010012345 | 8020010099999 | the response is about msisdn 8020010099999"
      })
  void failsWhereAnAnswerOfAlefDoesNotFit(String right, String wrong, String message)
      throws Exception {
    server
        .list(ALEF, "msisdn", MSISDN)
        .list(ALEF, "msisdn", "8020010054321")
        .use(ALEF, MSISDN, FIRST.minusDays(1), LAST, 100)
        .use(ALEF, "8020010054321", FIRST.minusDays(1), LAST, 10);
    server.spoil(ALEF, MSISDN, body -> body.replace(right, wrong));

    var run = sync(ALEF);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(daily(ALEF)).isEqualTo(days("8020010054321", 10, 10, 10, 10, 10));
    assertThat(rows("select subject, kind, message from failure"))
        .singleElement()
        .asString()
        .startsWith(MSISDN + " UNREADABLE_RESPONSE ")
        .contains(message);
  }

  @Test
  void dropsTheAdjacentDaysOfAlef() throws Exception {
    server.list(ALEF, "msisdn", MSISDN).use(ALEF, MSISDN, FIRST.minusDays(3), LAST.plusDays(3), 99);

    assertThat(sync(ALEF).exitCode()).isZero();

    assertThat(daily(ALEF)).isEqualTo(days(MSISDN, 99, 99, 99, 99, 99));
  }

  @Test
  void readsASimOfMasonUntilItSettlesThoughTheListNoLongerNamesIt() throws Exception {
    server.use(MASON, iccid(1), LAST, 5_000).use(MASON, iccid(2), LAST, 70);
    server.at(Instant.parse("2026-03-06T10:00:00Z"));
    assertThat(sync(MASON).exitCode()).isZero();
    assertThat(daily(MASON))
        .isEqualTo(Map.of(iccid(1) + " 2026-03-05", 5_000L, iccid(2) + " 2026-03-05", 70L));

    server.use(MASON, iccid(1), LAST, 40).masonLists((month, sim) -> sim.equals(iccid(2)));
    server.at(Instant.parse("2026-03-07T10:00:00Z"));
    // The account loses most of its bytes of the day.
    assertThat(sync(MASON).exitCode()).isEqualTo(1);
    assertThat(rows("select subject, kind from failure")).containsExactly("* HELD");
    assertThat(sync(MASON, "--accept-losses").exitCode()).isZero();

    assertThat(daily(MASON))
        .isEqualTo(Map.of(iccid(1) + " 2026-03-05", 40L, iccid(2) + " 2026-03-05", 70L));

    server.at(Instant.parse("2026-03-20T10:00:00Z"));
    assertThat(sync(MASON).exitCode()).isZero();
    server.forgetAsked();
    assertThat(sync(MASON).exitCode()).isZero();
    assertThat(server.asked()).as("both are settled").hasSize(1);
  }

  @Test
  void neitherSyncNorReportFailsForADayHeldBackAfterItsSettlingTime() throws Exception {
    server.list(ALEF, "msisdn", MSISDN).use(ALEF, MSISDN, FIRST, LAST, 500);
    server.at(Instant.parse("2026-03-06T10:00:00Z"));
    assertThat(sync(ALEF).exitCode()).isZero();
    assertThat(report().exitCode()).isZero();

    server.use(ALEF, MSISDN, FIRST, LAST, 0);
    server.at(Instant.parse("2026-03-07T10:00:00Z"));
    assertThat(sync(ALEF).exitCode()).as("held back").isEqualTo(1);
    assertThat(report().exitCode()).as("held back, and asked again").isEqualTo(1);

    server.at(Instant.parse("2026-03-20T10:00:00Z"));
    sync(ALEF);
    server.forgetAsked();
    assertThat(sync(ALEF).exitCode()).isZero();
    assertThat(server.asked()).isEmpty();
    var report = report();
    assertThat(report.exitCode()).as(report.toString()).isZero();
    assertThat(report.out().replaceAll("\\s+", " "))
        .contains("Held back after the settling time: " + MSISDN)
        .doesNotContain("INCOMPLETE");
    assertThat(daily(ALEF)).isEqualTo(days(MSISDN, 500, 500, 500, 500, 500));
  }

  private CommandRun report() throws IOException {
    return run(
        ALEF,
        "report",
        "--from",
        FIRST.toString(),
        "--to",
        LAST.toString(),
        "--devices",
        server.devicesFile(directory).toString(),
        "--out",
        directory.toString());
  }

  @ParameterizedTest
  @CsvSource({"1", "500"})
  void failsADeviceIfThingSpaceAnswersForAnother(int pageRows) throws Exception {
    server.m2mPageRows(pageRows);
    for (int i = 1; i <= 3; i++) {
      server.list(M2M, "imei", imei(i)).use(M2M, imei(i), FIRST, LAST, i);
    }
    server.spoil(
        M2M,
        imei(2),
        // The last page only.
        body -> body.contains("\"hasMoreData\":false") ? body.replace(imei(2), imei(9)) : body);

    var run = sync(M2M);

    assertThat(run.exitCode()).isEqualTo(1);
    var expected = days(imei(1), 1, 1, 1, 1, 1);
    expected.putAll(days(imei(3), 3, 3, 3, 3, 3));
    assertThat(daily(M2M)).isEqualTo(expected);
    assertThat(rows("select subject, message from failure"))
        .singleElement()
        .asString()
        .startsWith(imei(2))
        .contains("the response is about imei " + imei(9));
  }

  @ParameterizedTest
  @CsvSource({"100, 100", "100, 160"})
  void failsADeviceWithTwoRowsOfOneDayAndSource(long first, long second) throws Exception {
    server
        .list(M2M, "imei", imei(1))
        .list(M2M, "imei", imei(2))
        .use(M2M, imei(1), FIRST, first)
        .use(M2M, imei(1), FIRST.plusDays(1), second)
        .use(M2M, imei(2), FIRST, LAST, 7)
        .spoil(M2M, imei(1), body -> body.replace("2026-03-02T00", "2026-03-01T00"));

    var run = sync(M2M);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(daily(M2M)).isEqualTo(days(imei(2), 7, 7, 7, 7, 7));
    assertThat(rows("select subject, kind, message from failure"))
        .singleElement()
        .asString()
        .startsWith(imei(1) + " UNREADABLE_RESPONSE ")
        .contains(
            "two rows of 2026-03-01T00:00:00Z, source Raw Usage, service plan null: "
                + first
                + " bytes and "
                + second
                + " bytes");
  }

  @ParameterizedTest
  @CsvSource({"700, 700", "700, 900"})
  void failsADeviceWithTwoSessionsOfOneStart(long first, long second) throws Exception {
    server
        .list(HYPER_PRECISE, "imei", imei(1))
        .list(HYPER_PRECISE, "imei", imei(2))
        .sessions(imei(1), now -> List.of(session("2026-03-02T01:00:00Z", first)))
        .sessions(imei(1), now -> List.of(session("2026-03-02T01:00:00Z", second)))
        .sessions(imei(2), now -> List.of(session("2026-03-02T01:00:00Z", 5)));

    var run = sync(HYPER_PRECISE);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(daily(HYPER_PRECISE)).isEqualTo(Map.of(imei(2) + " 2026-03-02", 5L));
    assertThat(rows("select subject, message from failure"))
        .singleElement()
        .asString()
        .startsWith(imei(1))
        .contains("two sessions that start at 2026-03-02T01:00Z: " + first + " bytes and ");
  }

  @Test
  void countsTheLargestSourceOfADayAndKeepsTheOthers() throws Exception {
    server.list(M2M, "imei", imei(1)).use(M2M, imei(1), FIRST, LAST, 1_000);
    server.spoil(M2M, imei(1), withRatedRows(700));
    server.at(Instant.parse("2026-03-06T10:00:00Z"));
    var config = config("largest").toString();

    assertThat(sync(M2M, "--config", config).exitCode()).isZero();

    assertThat(daily(M2M)).isEqualTo(days(imei(1), 1_000, 1_000, 1_000, 1_000, 1_000));
    assertThat(rows("select source, sum(total_bytes) from uncounted_record group by source"))
        .containsExactly("Usage Feed 3500");

    // The rated figure has come, and is larger than the estimate.
    server.spoil(M2M, imei(1), withRatedRows(1_200));
    server.at(Instant.parse("2026-03-07T10:00:00Z"));
    assertThat(sync(M2M, "--config", config).exitCode()).isZero();

    assertThat(daily(M2M)).isEqualTo(days(imei(1), 1_200, 1_200, 1_200, 1_200, 1_200));
    assertThat(rows("select source, sum(total_bytes) from uncounted_record group by source"))
        .containsExactly("Raw Usage 5000");
    assertThat(rows("select distinct before_bytes, after_bytes from correction"))
        .containsExactly("1000 1200");
    var export = run(M2M, "export", "--format", "csv", "--out", directory.resolve("x").toString());
    assertThat(Files.readString(directory.resolve("x"))).contains("Usage Feed").hasLineCount(6);
    assertThat(export.err()).contains("Not written: 5.0 kB of other sources");
    var devices = server.devicesFile(directory).toString();
    assertThat(run(M2M, "audit", "--config", config, "--devices", devices).out())
        .contains("nothing was compared");
  }

  @Test
  void addsTheSourcesOfADay() throws Exception {
    server.list(M2M, "imei", imei(1)).use(M2M, imei(1), FIRST, LAST, 1_000);
    server.spoil(M2M, imei(1), withRatedRows(700));

    assertThat(sync(M2M).exitCode()).isZero();

    assertThat(daily(M2M)).isEqualTo(days(imei(1), 1_700, 1_700, 1_700, 1_700, 1_700));
    assertThat(rows("select * from uncounted_record")).isEmpty();
    var devices = server.devicesFile(directory).toString();
    var same = run(M2M, "audit", "--devices", devices);
    var other = run(M2M, "audit", "--config", config("largest").toString(), "--devices", devices);
    assertThat(same.exitCode()).isZero();
    assertThat(other.out()).contains("2026-03-01: stored 1,700 bytes, carrier 1,000 bytes");
  }

  private Path config(String sources) throws IOException {
    return Files.writeString(
        directory.resolve("simtally.toml"),
        """
        [accounts.thingspace]
        provider = "thingspace"
        token = "${THINGSPACE_TOKEN}"
        m2m_token = "${THINGSPACE_M2M_TOKEN}"
        base_url = "${THINGSPACE_BASE_URL}"
        sources = "%s"
        """
            .formatted(sources));
  }

  /** Adds a row of another source to each day. */
  private static UnaryOperator<String> withRatedRows(long bytes) {
    return body ->
        body.replaceAll(
            "\\{\"bytesUsed\":\\d+(,\"smsUsed\":0,\"source\":\")Raw Usage([^}]+})",
            "$0,{\"bytesUsed\":" + bytes + "$1Usage Feed$2");
  }

  @ParameterizedTest
  @CsvSource({"' '", "*"})
  void readsTheOtherSimsWhereMasonListsOneWithoutAnIccid(String name) throws Exception {
    server.use(MASON, iccid(1), FIRST, LAST, 100).use(MASON, iccid(2), FIRST, LAST, 20);
    server.spoil(MASON, "*", body -> body.replace(iccid(1), name));

    var run = sync(MASON);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(daily(MASON)).isEqualTo(days(iccid(2), 20, 20, 20, 20, 20));
    assertThat(run.err()).contains("SIMs without an ICCID, in 1 rows; the other SIMs were read");
    assertThat(rows("select subject from failure")).containsExactly("*");

    server.spoil(MASON, "*", body -> body);
    assertThat(sync(MASON).exitCode()).isZero();
    assertThat(rows("select subject from failure")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"' '", "*"})
  void failsADayOfIotxWithASubscriberWithoutAName(String name) throws Exception {
    server.use(IOTX, "447500000001", FIRST, LAST, 100).use(IOTX, "447500000002", FIRST, 20);
    server.spoil(IOTX, "*", body -> body.replace("447500000002", name));

    var run = sync(IOTX);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(daily(IOTX)).hasSize(4).doesNotContainKey("447500000001 2026-03-01");
    assertThat(rows("select subject, kind, message from failure"))
        .singleElement()
        .asString()
        .startsWith("* UNREADABLE_RESPONSE ")
        .contains("20 bytes of a subscriber that is named '" + name + "'");
  }

  @Test
  void acceptsAnotherIdentifierOfTheRequestedDevice() throws Exception {
    List<UnaryOperator<String>> namings =
        List.of(
            body -> body.replace("\"kind\":\"imei\"", "\"kind\":\"IMEI\""),
            body -> body.replace("\"kind\":\"imei\"", "\"kind\":\"mdn\"").replace(imei(2), "1"),
            body -> body.replace(imei(3), imei(3).substring(0, 14)));
    var expected = new TreeMap<String, Long>();
    for (int i = 1; i <= 3; i++) {
      server.list(M2M, "imei", imei(i)).use(M2M, imei(i), FIRST, LAST, i);
      server.spoil(M2M, imei(i), namings.get(i - 1));
      expected.putAll(days(imei(i), i, i, i, i, i));
    }

    assertThat(sync(M2M).exitCode()).isZero();

    assertThat(daily(M2M)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"bytes\"       | \"kilobytes\"  | kilobytes",
        "2026-03-03T00   | 2026-03-02T00  | two rows",
        "2026-03-03T00   | 2026-02-20T00  | a row is of 2026-02-20",
        "\"total\":100, | \"total\":9223372036854775807, | "
      })
  void storesAllOthersWhereTheAnswerAboutOneOfThreeHundredSimsIsOdd(
      String right, String wrong, String message) throws Exception {
    var expected = new TreeMap<String, Long>();
    for (int i = 0; i < 300; i++) {
      server.use(MASON, iccid(i), FIRST, LAST, 100);
      if (i != 77) {
        expected.putAll(days(iccid(i), 100, 100, 100, 100, 100));
      }
    }
    // Without a message: five rows of one day, at five hours, with a sum beyond a long.
    server.spoil(
        MASON,
        iccid(77),
        body -> {
          var spoilt = body.replace(right, wrong);
          return message == null
              ? spoilt.replaceAll("2026-03-0(\\d)T00", "2026-03-01T0$1")
              : spoilt;
        });

    var run = sync(MASON);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(daily(MASON)).isEqualTo(expected);
    assertThat(rows("select subject, kind, message from failure"))
        .singleElement()
        .asString()
        .startsWith(iccid(77) + " UNREADABLE_RESPONSE ")
        .contains(message == null ? "more than a long holds" : message)
        .doesNotContain("/test");
    assertThat(run.err().lines())
        .hasSize(2)
        .first()
        .isEqualTo(
            "error: Mason: 1 of 300 readings failed; simtally report names the devices and the"
                + " reasons");
    assertThat(run.err().lines().skip(1))
        .singleElement()
        .asString()
        .startsWith("  " + iccid(77) + ", 2026-03-01 to 2026-03-05: ")
        .contains("UNREADABLE_RESPONSE");
  }

  @Test
  void readsAnEsnAndAnMsisdnOfTheSameDigits() throws Exception {
    var digits = "15550100001";
    server
        .list(M2M, "esn", digits)
        .list(M2M, "msisdn", digits)
        .use(M2M, digits, FIRST, FIRST, 1_000);

    assertThat(sync(M2M).exitCode()).isZero();

    assertThat(daily(M2M))
        .isEqualTo(Map.of(digits + " 2026-03-01", 1_000L, "esn:" + digits + " 2026-03-01", 1_000L));
  }

  @Test
  void storesASubscriberOnceWhoIsListedWithAndLaterWithoutAPlus() throws Exception {
    server.use(ALEF, MSISDN, FIRST, LAST, 100);
    for (var spelling : List.of("+" + MSISDN, MSISDN)) {
      Files.writeString(
          directory.resolve("devices.csv"),
          "provider,kind,id\nalef-connectivity,msisdn," + spelling + "\n");
      var run =
          CommandRun.of(
              server.environment(ALEF),
              server.clock(),
              "sync",
              "--store",
              store().toString(),
              "--from",
              FIRST.toString(),
              "--to",
              LAST.toString(),
              "--devices",
              directory.resolve("devices.csv").toString());
      assertThat(run.exitCode()).isZero();
    }

    assertThat(daily(ALEF)).isEqualTo(days(MSISDN, 100, 100, 100, 100, 100));
  }

  @Test
  void exportsTheUsageOfTheLedger() throws Exception {
    server.list(M2M, "imei", imei(1)).use(M2M, imei(1), FIRST, LAST, 1_234);
    sync(M2M);
    var out = directory.resolve("usage.csv");

    assertThat(run(M2M, "export", "--format", "csv", "--out", out.toString()).exitCode()).isZero();

    assertThat(Files.readAllLines(out))
        .hasSize(6)
        .filteredOn(row -> row.contains(",1234,"))
        .hasSize(5);
  }

  private CommandRun sync(String provider, String... more) {
    var all = new ArrayList<>(List.of("sync", "--from", FIRST.toString(), "--to", LAST.toString()));
    all.addAll(List.of(more));
    return run(provider, all.toArray(String[]::new));
  }

  private CommandRun run(String provider, String... args) {
    var all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--store", store().toString()));
    if (args[0].equals("sync") && !provider.equals(MASON)) {
      all.addAll(List.of("--devices", server.devicesFile(directory).toString()));
    }
    return CommandRun.of(server.environment(provider), server.clock(), all.toArray(String[]::new));
  }

  private Path store() {
    return directory.resolve("store.duckdb");
  }

  /** Returns the bytes of each device and day in {@code daily_usage}. */
  private Map<String, Long> daily(String provider) throws Exception {
    var all = new TreeMap<String, Long>();
    for (var row :
        rows(
            "select subject, day, total_bytes from daily_usage where provider = '"
                + provider
                + "'")) {
      var end = row.lastIndexOf(' ');
      all.put(row.substring(0, end), Long.valueOf(row.substring(end + 1)));
    }
    return all;
  }

  private List<String> rows(String sql) throws Exception {
    try (var database = DriverManager.getConnection("jdbc:duckdb:" + store());
        var statement = database.createStatement();
        var row = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (row.next()) {
        var columns =
            IntStream.rangeClosed(1, row.getMetaData().getColumnCount())
                .mapToObj(
                    column -> {
                      try {
                        return row.getString(column);
                      } catch (SQLException e) {
                        throw new AssertionError(e);
                      }
                    })
                .toList();
        rows.add(String.join(" ", columns));
      }
      return rows;
    }
  }

  private static TreeMap<String, Long> days(String device, long... bytes) {
    var days = new TreeMap<String, Long>();
    for (int i = 0; i < bytes.length; i++) {
      days.put(device + " " + FIRST.plusDays(i), bytes[i]);
    }
    return days;
  }

  private static Session session(String start, long bytes) {
    var moment = Instant.parse(start).atOffset(ZoneOffset.UTC).toInstant();
    return new Session(moment, moment.plusSeconds(3_600), bytes);
  }
}
