package io.simtally.mason;

import static io.simtally.mason.FakeMason.failureOf;
import static io.simtally.mason.FakeMason.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesUsageTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2020-08-01T00:00:00Z");
  private static final OffsetDateTime END = OffsetDateTime.parse("2020-08-05T00:00:00Z");
  private static final List<Usage> FOUR_DAYS =
      List.of(
          day("2020-08-01T00:00:00Z", 34331131, 24523510, 58854641),
          day("2020-08-02T00:00:00Z", 34331131, 24523510, 58854641),
          day("2020-08-03T00:00:00Z", 23093636, 24655370, 47749006),
          day("2020-08-04T00:00:00Z", 28140132, 22649580, 50789712));
  private static final Usage FIFTH_DAY = day("2020-08-05T00:00:00Z", 28140132, 22649580, 50789712);

  @RegisterExtension private final FakeMason mason = new FakeMason();

  @Test
  void requestsTheDaysOfAnAccount() throws InterruptedException {
    mason.answer(sample("series-account.json"));

    account().execute();

    var request = mason.request();
    assertThat(request.getRequestLine())
        .isEqualTo(
            "GET /beta/default/data/series/usage?start=2020-08-01T00%3A00%3A00Z"
                + "&end=2020-08-05T00%3A00%3A00Z HTTP/1.1");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("basic " + FakeMason.KEY);
  }

  @Test
  void requestsTheDaysOfOneSim() throws InterruptedException {
    mason.answer(sample("series-sim.json"));

    sim().execute();

    assertThat(mason.request().getUrl().encodedPath())
        .isEqualTo("/beta/default/data/series/usage/sim/iccid1");
  }

  @Test
  void requestsTheDaysOfOneSimAtTheOtherDocumentedPath() throws InterruptedException {
    mason.answer(sample("series-sim.json"));
    mason.answer(sample("aggregate-sim.json"));

    try (var client = mason.builder().shortSeriesSimPath().build()) {
      client.seriesSimUsage("iccid1").start(START).end(END).execute();
      client.aggregateSimUsage("iccid1").date(START).execute();

      assertThat(mason.request().getUrl().encodedPath())
          .isEqualTo("/beta/default/data/series/usage/iccid1");
      assertThat(mason.request().getUrl().encodedPath())
          .isEqualTo("/beta/default/data/aggregate/usage/sim/iccid1");
      assertThatThrownBy(() -> client.seriesSimUsage("sim"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("iccid");
    }
  }

  @Test
  void sendsEveryOption() throws InterruptedException {
    mason.answer(sample("series-account-with-marker.json"));

    account().marker(MarkerKey.of("device-group"), "cold & wet+dry").limit(31).execute();

    var url = mason.request().getUrl();
    assertThat(url.queryParameterNames())
        .containsExactlyInAnyOrder("start", "end", "marker", "markerValue", "limit");
    assertThat(url.queryParameter("marker")).isEqualTo("device-group");
    assertThat(url.queryParameter("markerValue")).isEqualTo("cold & wet+dry");
    assertThat(url.queryParameter("limit")).isEqualTo("31");
  }

  @Test
  void sendsTimesInUtcAndWholeSeconds() throws InterruptedException {
    mason.answer(sample("series-account.json"));

    mason
        .client()
        .seriesAccountUsage()
        .start(OffsetDateTime.parse("2026-01-01T05:30:00.9+05:30"))
        .end(OffsetDateTime.parse("2026-01-31T23:59:59.999-08:00"))
        .execute();

    var url = mason.request().getUrl();
    assertThat(url.queryParameter("start")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(url.queryParameter("end")).isEqualTo("2026-02-01T07:59:59Z");
  }

  @Test
  void readsTheDocumentedDaysOfAnAccount() {
    mason.answer(sample("series-account.json"));

    assertThat(account().execute()).isEqualTo(new UsagePage(FOUR_DAYS));
  }

  @ParameterizedTest
  @CsvSource({"series-account-with-marker.json", "series-sim.json", "series-sim-with-marker.json"})
  void readsTheDocumentedDaysAndTheDayOfTheEndThatMasonAddsToThem(String sample) {
    mason.answer(sample(sample));

    var page = sim().marker(MarkerKey.DEVICE_TYPE, "D450").execute();

    assertThat(page.items().subList(0, 4)).isEqualTo(FOUR_DAYS);
    assertThat(page.items().subList(4, 5)).containsExactly(FIFTH_DAY);
    assertThat(page.items()).hasSize(5);
    assertThat(page.next()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"date\": \"2020-08-01T00:00:00Z\"                 | 2020-08-01T00:00:00Z",
        "\"day\": \"2020-08-01T00:00:00Z\"                  | 2020-08-01T00:00:00Z",
        "\"day\": \"2020-08-01T00:00:00.000-07:00\"         | 2020-08-01T00:00:00-07:00",
        "\"day\": \"2020-08-01T00:00:00Z\", \"date\": null  | 2020-08-01T00:00:00Z",
      })
  void readsTheStartOfARowAsDateOrDay(String member, OffsetDateTime date) {
    mason.answer(
        row(member + ", \"upload\": 1, \"download\": 2, \"total\": 3, \"unit\": \"bytes\""));

    assertThat(account().execute().items()).containsExactly(new Usage(date, 1, 2, 3, "bytes"));
  }

  @Test
  void readsNumbersExactlyAlsoAsStringsAndDoesNotCorrectThem() {
    mason.answer(
        row(
            """
            "day": "2020-08-01T00:00:00Z", "upload": "9007199254740993", "new": [{}],
            "download": 9223372036854775807, "total": 5, "unit": "KB"
            """));

    assertThat(account().execute().items())
        .containsExactly(new Usage(START, 9007199254740993L, 9223372036854775807L, 5, "KB"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "upload   |                        | upload | $.data[0]",
        "upload   | null                   | bytes  | $.data[0].upload",
        "download |                        | download | $.data[0]",
        "download | \"many\"               | bytes  | $.data[0].download",
        "download | \"\"                   | bytes  | $.data[0].download",
        "download | -1                     | bytes  | $.data[0].download",
        "total    |                        | total  | $.data[0]",
        "total    | 1.5                    | long   | $.data[0].total",
        "total    | 9223372036854775808    | long   | $.data[0].total",
        "total    | true                   | bytes  | $.data[0].total",
        "unit     |                        | unit   | $.data[0]",
        "unit     | null                   | unit   | $.data[0]",
        "day      |                        | date   | $.data[0]",
        "day      | null                   | date   | $.data[0]",
        "day      | \"2020-08-01\"         | time   | $.data[0].day",
        "day      | \"2020-08-01T00:00:00\" | time  | $.data[0].day",
        "day      | 1596240000             | time   | $.data[0].day",
      })
  void refusesARowItCannotReadExactly(String name, String value, String expected, String path) {
    var members = new StringBuilder();
    for (var member :
        List.of(
            "\"day\": \"2020-08-01T00:00:00Z\"",
            "\"upload\": 1",
            "\"download\": 2",
            "\"total\": 3",
            "\"unit\": \"bytes\"")) {
      if (!member.startsWith("\"" + name + "\"")) {
        members.append(members.isEmpty() ? "" : ", ").append(member);
      } else if (value != null) {
        members.append(members.isEmpty() ? "" : ", ").append("\"" + name + "\": " + value);
      }
    }
    mason.answer(row(members.toString()));

    var failure = failureOf(account());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.status()).isEqualTo(200);
    assertThat(failure).hasMessageContaining(expected).hasMessageContaining(path);
  }

  @Test
  void readsUsageInTheCommonForm() {
    mason.answer(sample("series-sim.json"));

    var page = sim().execute();

    assertThat(page.usageRecords("iccid1"))
        .hasSize(5)
        .contains(
            new UsageRecord(
                "mason-usage",
                "iccid1",
                Instant.parse("2020-08-03T00:00:00Z"),
                Duration.ofDays(1),
                47749006,
                23093636L,
                24655370L,
                null));
    assertThat(page.items().get(2).dailyUsageRecord("iccid1"))
        .isEqualTo(page.usageRecords("iccid1").get(2));
  }

  @Test
  void neverReadsAnotherUnitAsBytes() {
    var page = new UsagePage(List.of(new Usage(START, 1, 2, 3, "KB")));
    var month = new AggregateUsage(new Usage(START, 1, 2, 3, "KB"), new Sim("1"), null);

    assertThatThrownBy(() -> page.usageRecords("iccid1"))
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
              assertThat(failure.provider()).isEqualTo("mason-usage");
              assertThat(failure.operation()).isEqualTo("GET /beta/{fleet}/data/series/usage");
            })
        .hasMessageContaining("the usage of iccid1 from 2020-08-01T00:00Z on is given in KB")
        .hasMessageContaining("bytes");
    assertThatThrownBy(month::usageRecord)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("KB");
    assertThat(new Usage(START, 1, 2, 3, "Bytes").dailyUsageRecord("x").totalBytes()).isEqualTo(3);
  }

  @Test
  void refusesIncompleteOrContradictingSettingsBeforeSending() {
    var account = mason.client().seriesAccountUsage();

    assertThatThrownBy(account.end(END)::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("seriesAccountUsage()")
        .hasMessageContaining("start");
    assertThatThrownBy(mason.client().seriesSimUsage("iccid1").start(START)::executeAsync)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("seriesSimUsage(iccid)")
        .hasMessageContaining("end");
    assertThatThrownBy(account.start(END).end(START)::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seriesAccountUsage()")
        .hasMessageContaining("start")
        .hasMessageContaining("end");
    assertThatThrownBy(() -> account.start(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("start");
    assertThatThrownBy(() -> account.end(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("end");
    assertThatThrownBy(() -> account.marker(null, "D450"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("marker");
    assertThatThrownBy(() -> account.marker(MarkerKey.DEVICE_TYPE, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("marker value");
    assertThatThrownBy(() -> account.marker(MarkerKey.DEVICE_TYPE, " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("marker value");
    assertThatThrownBy(() -> account.limit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit");
    assertThat(mason.requests()).isZero();
  }

  @Test
  void settersLeaveTheRequestUnchanged() throws InterruptedException {
    mason.answer(sample("series-account.json"));
    var days = account();

    assertThat(days.start(START.plusDays(1))).isNotSameAs(days);
    assertThat(days.end(END.plusDays(1)).limit(3)).isNotSameAs(days);
    assertThat(days.marker(MarkerKey.MCC, "310")).isNotSameAs(days);
    days.execute();

    assertThat(mason.request().getUrl().query())
        .isEqualTo("start=2020-08-01T00:00:00Z&end=2020-08-05T00:00:00Z");
  }

  private SeriesUsageRequest account() {
    return mason.client().seriesAccountUsage().start(START).end(END);
  }

  private SeriesUsageRequest sim() {
    return mason.client().seriesSimUsage("iccid1").start(START).end(END);
  }

  private static String row(String members) {
    return "{\"data\": [{" + members + "}]}";
  }

  private static Usage day(String day, long upload, long download, long total) {
    return new Usage(OffsetDateTime.parse(day), upload, download, total, "bytes");
  }
}
