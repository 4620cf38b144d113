package io.simtally.mason;

import static io.simtally.mason.FakeMason.failureOf;
import static io.simtally.mason.FakeMason.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateUsageTest {
  private static final YearMonth AUGUST = YearMonth.of(2020, 8);
  private static final Sim SIM_1 = new Sim("iccid1");
  private static final Sim SIM_2 = new Sim("iccid2");
  private static final Marker D450 = new Marker("device-type", "D450");
  private static final Marker G450 = new Marker("device-type", "G450");
  private static final String USAGE =
      """
      {"total": 3, "unit": "bytes", "upload": 1, "date": "2020-08-01T00:00:00Z", "download": 2}""";

  @RegisterExtension private final FakeMason mason = new FakeMason();

  @Test
  void requestsTheMonthOfAnAccount() throws InterruptedException {
    mason.answer(sample("aggregate-account.json"));

    mason.client().aggregateAccountUsage().month(AUGUST).execute();

    var request = mason.request();
    assertThat(request.getRequestLine())
        .isEqualTo("GET /beta/default/data/aggregate/usage?date=2020-08-01T00%3A00%3A00Z HTTP/1.1");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("basic " + FakeMason.KEY);
    assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("User-Agent")).startsWith("simtally/");
    assertThat(request.getBody() == null || request.getBody().size() == 0).isTrue();
  }

  @Test
  void requestsTheMonthOfAllSims() throws InterruptedException {
    mason.answer(sample("aggregate-sims.json"));

    mason.client().aggregateSimUsage().month(AUGUST).execute();

    assertThat(mason.request().getRequestLine())
        .isEqualTo(
            "GET /beta/default/data/aggregate/usage/sim?date=2020-08-01T00%3A00%3A00Z HTTP/1.1");
  }

  @Test
  void requestsTheMonthOfOneSim() throws InterruptedException {
    mason.answer(sample("aggregate-sim.json"));

    mason.client().aggregateSimUsage("iccid1").month(AUGUST).execute();

    assertThat(mason.request().getRequestLine())
        .isEqualTo(
            "GET /beta/default/data/aggregate/usage/sim/iccid1?date=2020-08-01T00%3A00%3A00Z"
                + " HTTP/1.1");
  }

  @Test
  void sendsEveryOption() throws InterruptedException {
    mason.answer(sample("aggregate-sims-by-marker.json"));

    mason
        .client()
        .aggregateSimUsage()
        .month(AUGUST)
        .sortBy(UsageColumn.DOWNLOAD, SortDirection.ASCENDING)
        .marker(MarkerKey.DEVICE_TYPE)
        .limit(500)
        .execute();

    var url = mason.request().getUrl();
    assertThat(url.queryParameterNames())
        .containsExactlyInAnyOrder("date", "orderBy", "orderByColumn", "marker", "limit");
    assertThat(url.queryParameter("date")).isEqualTo("2020-08-01T00:00:00Z");
    assertThat(url.queryParameter("orderBy")).isEqualTo("asc");
    assertThat(url.queryParameter("orderByColumn")).isEqualTo("download");
    assertThat(url.queryParameter("marker")).isEqualTo("device-type");
    assertThat(url.queryParameter("limit")).isEqualTo("500");
  }

  @ParameterizedTest
  @CsvSource({"TOTAL, total", "UPLOAD, upload", "DOWNLOAD, download"})
  void sortsByTheDocumentedColumns(UsageColumn column, String word) throws InterruptedException {
    mason.answer(sample("aggregate-sims.json"));

    mason
        .client()
        .aggregateSimUsage()
        .month(AUGUST)
        .sortBy(column, SortDirection.DESCENDING)
        .execute();

    var url = mason.request().getUrl();
    assertThat(url.queryParameter("orderByColumn")).isEqualTo(word);
    assertThat(url.queryParameter("orderBy")).isEqualTo("desc");
  }

  @ParameterizedTest
  @CsvSource({
    "2020-08-13T10:20:30Z,               2020-08-13T10:20:30Z",
    "2020-08-13T10:20:30.999+05:30,      2020-08-13T04:50:30Z",
    "2020-08-01T00:30:00+02:00,          2020-07-31T22:30:00Z",
    "2020-07-31T20:00:00-08:00,          2020-08-01T04:00:00Z",
  })
  void sendsADateInUtcAndWholeSeconds(String date, String sent) throws InterruptedException {
    mason.answer(sample("aggregate-account.json"));

    mason.client().aggregateAccountUsage().date(OffsetDateTime.parse(date)).execute();

    assertThat(mason.request().getUrl().queryParameter("date")).isEqualTo(sent);
  }

  @Test
  void readsTheDocumentedUsageOfAnAccount() {
    mason.answer(sample("aggregate-account.json"));

    var page = mason.client().aggregateAccountUsage().month(AUGUST).execute();

    assertThat(page.items()).containsExactly(new AggregateUsage(august(), null, null));
    assertThat(page.next()).isPresent();
  }

  @Test
  void readsTheDocumentedUsageOfAnAccountByMarker() {
    mason.answer(sample("aggregate-account-by-marker.json"));

    assertThat(mason.client().aggregateAccountUsage().month(AUGUST).execute().items())
        .containsExactly(
            new AggregateUsage(august(), null, D450), new AggregateUsage(august(), null, G450));
  }

  @Test
  void readsTheDocumentedUsageOfAllSims() {
    mason.answer(sample("aggregate-sims.json"));

    assertThat(mason.client().aggregateSimUsage().month(AUGUST).execute().items())
        .containsExactly(
            new AggregateUsage(august(), SIM_1, null), new AggregateUsage(august(), SIM_2, null));
  }

  @Test
  void readsTheDocumentedUsageOfAllSimsByMarker() {
    mason.answer(sample("aggregate-sims-by-marker.json"));

    var may = usage("2020-05-01T00:00:00Z", 94866194, 81203673, 176069867);
    assertThat(mason.client().aggregateSimUsage().month(AUGUST).execute().items())
        .containsExactly(
            new AggregateUsage(may, SIM_1, G450), new AggregateUsage(may, SIM_2, D450));
  }

  @Test
  void readsTheDocumentedUsageOfOneSim() {
    mason.answer(sample("aggregate-sim.json"));

    assertThat(mason.client().aggregateSimUsage("iccid1").month(AUGUST).execute().items())
        .containsExactly(new AggregateUsage(august(), SIM_1, null));
  }

  @Test
  void readsTheDocumentedUsageOfOneSimByMarker() {
    mason.answer(sample("aggregate-sim-by-marker.json"));

    assertThat(mason.client().aggregateSimUsage("iccid1").month(AUGUST).execute().items())
        .containsExactly(
            new AggregateUsage(august(), SIM_1, G450), new AggregateUsage(august(), SIM_1, D450));
  }

  @Test
  void readsARowWithoutAGroupAndSkipsUnknownMembers() {
    mason.answer(
        """
        {"total": 2, "data": [
          {"sim": {"iccid": 89445000000000000017, "state": "active"}, "marker": null,
           "usage": %1$s, "surprise": {"a": [1]}},
          {"sim": null, "marker": {"key": "mcc", "value": 310, "label": null}, "usage": %1$s},
          {"sim": {"iccid": "0"}, "marker": {"key": "device-group", "value": null}, "usage": %1$s}
        ]}
        """
            .formatted(USAGE));

    assertThat(mason.client().aggregateSimUsage().month(AUGUST).execute().items())
        .extracting(AggregateUsage::sim, AggregateUsage::marker)
        .containsExactly(
            tuple(new Sim("89445000000000000017"), null),
            tuple(null, new Marker("mcc", "310")),
            tuple(new Sim("0"), null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"sim\": {\"iccid\": \"1\"}}     | usage | $.data[1]",
        "{\"usage\": null}                 | OBJECT | $.data[1].usage",
        "{\"usage\": {\"total\": 1}}       | date  | $.data[1].usage",
        "{\"usage\": %s, \"sim\": {}}      | iccid | $.data[1].sim",
        "{\"usage\": %s, \"sim\": \"1\"}   | OBJECT | $.data[1].sim",
        "null                              | OBJECT | $.data[1]",
        "[]                                | OBJECT | $.data[1]",
      })
  void refusesARowItCannotReadExactly(String row, String expected, String path) {
    mason.answer("{\"data\": [{\"usage\": " + USAGE + "}, " + row.replace("%s", USAGE) + "]}");

    var failure = failureOf(mason.client().aggregateSimUsage().month(AUGUST));

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure).hasMessageContaining(expected).hasMessageContaining(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"nextPage\": null}",
        "{\"items\": []}",
        "{\"data\": null}",
        "{\"data\": {}}",
        "{\"data\": \"none\"}",
        "{\"type\": \"authentication_error\", \"message\": \"no\"}",
        "<html>Sign in</html>",
        "{\"data\": []} {}",
        "{\"data\": [",
      })
  void refusesASuccessWithoutTheListOfRows(String body) {
    mason.answer(body);

    assertThat(failureOf(mason.client().aggregateSimUsage().month(AUGUST)).kind())
        .isEqualTo(Kind.UNREADABLE_RESPONSE);
  }

  @Test
  void readsAnEmptyListAsNoRows() {
    mason.answer("{\"data\": []}");

    assertThat(mason.client().aggregateSimUsage().month(AUGUST).execute())
        .isEqualTo(new AggregateUsagePage(List.of()));
  }

  @Test
  void readsUsageOfSimsInTheCommonForm() {
    mason.answer(sample("aggregate-sims.json"));

    assertThat(mason.client().aggregateSimUsage().month(AUGUST).execute().usageRecords())
        .containsExactly(augustOf("iccid1"), augustOf("iccid2"));
  }

  @Test
  void requiresASubjectForARowWithoutASim() {
    mason.answer(sample("aggregate-account.json"));
    var page = mason.client().aggregateAccountUsage().month(AUGUST).execute();

    assertThatThrownBy(page::usageRecords)
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
              assertThat(failure.provider()).isEqualTo("mason-usage");
              assertThat(failure.operation()).isEqualTo("GET /beta/{fleet}/data/aggregate/usage");
            })
        .hasMessageContaining("subject");
    assertThat(page.usageRecords("our account")).containsExactly(augustOf("our account"));
  }

  @Test
  void usesTheIccidOfARowAsTheSubject() {
    var page =
        new AggregateUsagePage(
            List.of(
                new AggregateUsage(august(), SIM_1, D450),
                new AggregateUsage(august(), SIM_1, G450),
                new AggregateUsage(august(), null, null)));

    assertThat(page.usageRecords("our account"))
        .containsExactly(augustOf("iccid1"), augustOf("iccid1"), augustOf("our account"));
  }

  @ParameterizedTest
  @CsvSource({
    "2020-02-01T00:00:00Z,      P29D",
    "2020-12-01T00:00:00Z,      P31D",
    "2020-08-01T00:00:00-07:00, P31D",
    "2020-08-13T00:00:00Z,      ",
    "2020-08-01T00:00:01Z,      ",
  })
  void usesAMonthAsThePeriodOnlyAtItsStart(String date, Duration period) {
    var row = new AggregateUsage(usage(date, 1, 2, 3), SIM_1, null);

    assertThat(row.usageRecord().period()).isEqualTo(period);
    assertThat(row.usageRecord().start()).isEqualTo(OffsetDateTime.parse(date).toInstant());
  }

  @Test
  void refusesIncompleteOrContradictingSettingsBeforeSending() {
    var account = mason.client().aggregateAccountUsage();
    var sims = mason.client().aggregateSimUsage();
    var sim = mason.client().aggregateSimUsage("iccid1");

    assertThatThrownBy(account::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("aggregateAccountUsage()")
        .hasMessageContaining("month or date");
    assertThatThrownBy(sims.limit(1)::executeAsync)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("aggregateSimUsage()");
    assertThatThrownBy(() -> sim.iterator().hasNext())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("aggregateSimUsage(iccid)");
    assertThatThrownBy(
            account.month(AUGUST).date(OffsetDateTime.parse("2020-08-01T00:00:00Z"))::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("aggregateAccountUsage()")
        .hasMessageContaining("not both");
    assertThatThrownBy(() -> account.month(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("month");
    assertThatThrownBy(() -> account.date(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("date");
    assertThatThrownBy(() -> account.marker(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("marker");
    assertThatThrownBy(() -> account.sortBy(null, SortDirection.ASCENDING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sortBy column");
    assertThatThrownBy(() -> account.sortBy(UsageColumn.TOTAL, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sortBy direction");
    assertThatThrownBy(() -> account.limit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit");
    assertThatThrownBy(() -> account.limit(-5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit");
    assertThat(mason.requests()).isZero();
  }

  @Test
  void settersLeaveTheRequestUnchanged() throws InterruptedException {
    mason.answer(sample("aggregate-account.json"));
    var august = mason.client().aggregateAccountUsage().month(AUGUST);

    assertThat(august.month(YearMonth.of(2021, 1))).isNotSameAs(august);
    assertThat(august.limit(3).marker(MarkerKey.MCC)).isNotSameAs(august);
    assertThat(august.sortBy(UsageColumn.UPLOAD, SortDirection.ASCENDING)).isNotSameAs(august);
    august.execute();

    assertThat(mason.request().getUrl().query()).isEqualTo("date=2020-08-01T00:00:00Z");
  }

  private static Usage august() {
    return usage("2020-08-01T00:00:00Z", 94866194, 81203673, 176069867);
  }

  private static Usage usage(String date, long upload, long download, long total) {
    return new Usage(OffsetDateTime.parse(date), upload, download, total, "bytes");
  }

  private static UsageRecord augustOf(String subject) {
    return new UsageRecord(
        "mason-usage",
        subject,
        Instant.parse("2020-08-01T00:00:00Z"),
        Duration.ofDays(31),
        176069867,
        94866194L,
        81203673L,
        null);
  }
}
