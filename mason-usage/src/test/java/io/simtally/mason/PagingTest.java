package io.simtally.mason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.Page;
import io.simtally.core.PageCursor;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2020-08-01T00:00:00Z");

  @RegisterExtension private final FakeMason mason = new FakeMason();

  @Test
  void followsTheCursorsToTheLastPage() throws InterruptedException {
    mason.answer(page("\"nextPage\": \"AFTER_1\", \"prevPage\": \"BEFORE_1\"", "a", "b"));
    mason.answer(page("\"nextPage\": \"AFTER_2\", \"prevPage\": \"BEFORE_2\"", "c"));
    mason.answer(page("\"prevPage\": \"BEFORE_3\"", "d"));

    assertThat(iccids(sims())).containsExactly("a", "b", "c", "d");

    assertThat(mason.request().getUrl().queryParameter("after")).isNull();
    assertThat(mason.request().getUrl().queryParameter("after")).isEqualTo("AFTER_1");
    assertThat(mason.request().getUrl().queryParameter("after")).isEqualTo("AFTER_2");
  }

  @Test
  void fetchesAPageOnlyWhenItsRowsAreRead() {
    mason.answer(page("\"nextPage\": \"AFTER_1\"", "a"));
    mason.answer(page("\"nextPage\": null", "b"));
    var rows = sims().iterator();

    assertThat(mason.requests()).isZero();
    assertThat(rows.next().sim()).isEqualTo(new Sim("a"));
    assertThat(mason.requests()).isEqualTo(1);
    assertThat(rows.next().sim()).isEqualTo(new Sim("b"));
    assertThat(rows.hasNext()).isFalse();
    assertThat(mason.requests()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"prevPage\": \"BEFORE_1\"",
        "\"nextPage\": null",
        "\"nextPage\": \"\"",
        "\"nextPage\": null, \"next\": null",
        "\"next\": \"\", \"prev\": \"x\"",
      })
  void endsWithoutANextPage(String links) {
    mason.answer(page(links, "a"));

    assertThat(iccids(sims())).containsExactly("a");
    assertThat(mason.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"nextPage\": \"AFTER_1\"",
        "\"next\": \"AFTER_1\"",
        "\"nextPage\": \"AFTER_1\", \"next\": null",
        "\"nextPage\": null, \"next\": \"AFTER_1\"",
        "\"nextPage\": \"\", \"next\": \"AFTER_1\"",
        "\"next\": \"AFTER_1\", \"nextPage\": \"AFTER_1\"",
      })
  void findsTheNextPageUnderEitherName(String links) throws InterruptedException {
    mason.answer(page(links, "a"));
    mason.answer(page("\"nextPage\": null", "b"));

    assertThat(iccids(sims())).containsExactly("a", "b");

    mason.request();
    assertThat(mason.request().getUrl().queryParameter("after")).isEqualTo("AFTER_1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "a+b/c==",
        "a&limit=1",
        "x%2Fy",
        "é ü#",
        "/9j/4AAQ==",
        "//elsewhere.example/x",
        "api.bymason.com",
        "2020-08-01T00:00:00Z",
        "12345678901234567890",
      })
  void sendsACursorUnchanged(String cursor) throws InterruptedException {
    mason.answer(page("\"nextPage\": \"" + cursor + "\"", "a"));
    mason.answer(page("\"nextPage\": null", "b"));

    assertThat(iccids(sims())).containsExactly("a", "b");

    mason.request();
    var second = mason.request().getUrl();
    assertThat(second.queryParameterValues("after")).containsExactly(cursor);
    assertThat(second.queryParameterNames()).containsExactlyInAnyOrder("date", "after");
    assertThat(second.encodedPath()).isEqualTo("/beta/default/data/aggregate/usage/sim");
  }

  @Test
  void acceptsANumberAsACursor() throws InterruptedException {
    mason.answer(page("\"nextPage\": 89445000000000000017", "a"));
    mason.answer(page("\"nextPage\": null", "b"));

    assertThat(iccids(sims())).containsExactly("a", "b");

    mason.request();
    assertThat(mason.request().getUrl().queryParameter("after")).isEqualTo("89445000000000000017");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "{}", "[\"AFTER_1\"]"})
  void refusesACursorOfAnotherShape(String cursor) {
    mason.answer(page("\"nextPage\": " + cursor, "a"));

    var failure = FakeMason.failureOf(sims());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure).hasMessageContaining("$.nextPage");
  }

  @Test
  void continuesAfterAnEmptyPage() {
    mason.answer(page("\"nextPage\": \"AFTER_1\"", "a"));
    mason.answer(page("\"nextPage\": \"AFTER_2\""));
    mason.answer(page("\"nextPage\": \"AFTER_3\""));
    mason.answer(page("\"nextPage\": null", "b"));

    assertThat(iccids(sims())).containsExactly("a", "b");
    assertThat(mason.requests()).isEqualTo(4);
  }

  @Test
  void stopsIfAPageNamesItselfAsTheNext() {
    mason.answer(page("\"nextPage\": \"AFTER_1\"", "a"));
    mason.answer(page("\"nextPage\": \"AFTER_1\"", "b"));

    var rows = new ArrayList<String>();
    var failure = stalledReading(sims(), rows);

    assertThat(failure.operation()).isEqualTo("GET /beta/{fleet}/data/aggregate/usage/sim");
    assertThat(rows).startsWith("a");
    assertThat(mason.requests()).isEqualTo(2);
  }

  @Test
  void stopsAtARepeatedCursor() {
    mason.answer(page("\"nextPage\": \"AFTER_1\"", "a"));
    mason.answer(page("\"nextPage\": \"AFTER_2\"", "b"));
    mason.answer(page("\"nextPage\": \"AFTER_1\"", "c"));

    var rows = new ArrayList<String>();
    stalledReading(sims(), rows);

    assertThat(rows).containsExactly("a", "b", "c");
    assertThat(mason.requests()).isEqualTo(3);
  }

  @Test
  void stopsAtARepeatedCursorInAUrl() {
    var address = mason.url("/beta/default/data/aggregate/usage/sim?after=AFTER_1");
    mason.answer(page("\"nextPage\": \"AFTER_1\"", "a"));
    mason.answer(page("\"nextPage\": \"" + address + "\"", "b"));

    stalledReading(sims(), new ArrayList<>());

    assertThat(mason.requests()).isEqualTo(2);
  }

  @Test
  void neverFollowsAUrlToAnotherServer() throws IOException {
    try (var elsewhere = new MockWebServer()) {
      elsewhere.start();
      var address = elsewhere.url("/beta/default/data/aggregate/usage/sim?after=AFTER_1");
      mason.answer(page("\"nextPage\": \"" + address + "\"", "a"));

      var failure = stalledReading(sims(), new ArrayList<>());

      assertThat(failure).hasMessageContaining("another origin");
      assertThat(elsewhere.getRequestCount()).isZero();
      assertThat(mason.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.bymason.com/beta/default/data/aggregate/usage/sim?after=AFTER_1",
        "HTTP://elsewhere.example/beta/default/data/aggregate/usage/sim?after=AFTER_1",
        " http://elsewhere.example/beta/default/data/aggregate/usage/sim?after=AFTER_1",
        "http://127.0.0.1:1/beta/default/data/aggregate/usage/sim?after=AFTER_1",
        "https:elsewhere.example",
      })
  void stopsAtAnAddressOnAnotherOrigin(String address) {
    mason.answer(page("\"next\": \"" + address + "\"", "a"));

    assertThat(stalledReading(sims(), new ArrayList<>())).hasMessageContaining("another origin");
    assertThat(mason.requests()).isEqualTo(1);
  }

  @Test
  void readsTheCursorFromAUrlOnItsOwnOrigin() throws InterruptedException {
    var address =
        mason.url(
            "/beta/a%20fleet/data/aggregate/usage/sim?marker=mcc&date=1970-01-01T00:00:00Z"
                + "&after=x%2By%26z");
    mason.answer(page("\"nextPage\": \"" + address + "\"", "a"));
    mason.answer(page("\"nextPage\": null", "b"));

    try (var client = mason.builder().fleet("a fleet").build()) {
      var request = client.aggregateSimUsage().date(START).marker(MarkerKey.DEVICE_TYPE).limit(2);
      assertThat(iccids(request)).containsExactly("a", "b");
    }

    mason.request();
    var second = mason.request().getUrl();
    assertThat(second.encodedPath()).isEqualTo("/beta/a%20fleet/data/aggregate/usage/sim");
    assertThat(second.query())
        .isEqualTo("date=2020-08-01T00:00:00Z&marker=device-type&limit=2&after=x+y&z");
    assertThat(second.queryParameter("after")).isEqualTo("x+y&z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{authority}/beta/default/data/aggregate/usage/sim?date=x&after=a+b%2Bc",
        "/beta/default/data/aggregate/usage/sim?date=x&after=a+b%2Bc",
        "//{authority}/beta/default/data/aggregate/usage/sim?after=a+b%2Bc",
        "?after=a+b%2Bc",
        "sim?after=a+b%2Bc",
        "http://{authority}/beta/default/data/aggregate/usage/sim?after=a+b%2Bc",
      })
  void takesTheCursorOutOfAnAddressHoweverItIsWrittenAndLeavesItsPlusAsItIs(String address)
      throws InterruptedException {
    mason.answer(page("\"nextPage\": \"" + mason.address(address) + "\"", "a"));
    mason.answer(page("\"nextPage\": null", "b"));

    assertThat(iccids(sims())).containsExactly("a", "b");

    mason.request();
    var second = mason.request().getUrl();
    assertThat(second.encodedPath()).isEqualTo("/beta/default/data/aggregate/usage/sim");
    assertThat(second.queryParameterValues("after")).containsExactly("a+b+c");
    assertThat(second.queryParameter("date")).isEqualTo("2020-08-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.bymason.com/beta/default/data/aggregate/usage/sim?after=AFTER_1",
        "api.bymason.com:443/beta/default/data/aggregate/usage/sim?after=AFTER_1",
        "//elsewhere.example/beta/default/data/aggregate/usage/sim?after=AFTER_1",
        "127.0.0.1/beta/default/data/aggregate/usage/sim?after=AFTER_1",
        "ftp://elsewhere.example/x",
        "ftp://{authority}/beta/default/data/aggregate/usage/sim?after=AFTER_1",
      })
  void stopsAtAnyFormOfAUrlOnAnotherOrigin(String address) {
    mason.answer(page("\"nextPage\": \"" + mason.address(address) + "\"", "a"));

    assertThat(stalledReading(sims(), new ArrayList<>())).hasMessageContaining("another origin");
    assertThat(mason.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{authority}/beta/default/data/aggregate/usage/sim",
        "{authority}/beta/default/data/aggregate/usage?after=AFTER_1",
        "/beta/default/data/aggregate/usage/sim",
        "beta/default/data/aggregate/usage/sim?after=AFTER_1",
        "?page=2",
        "?before=BEFORE_1",
      })
  void stopsAtARelativeUrlOfAnotherCall(String address) {
    mason.answer(page("\"nextPage\": \"" + mason.address(address) + "\"", "a"));

    stalledReading(sims(), new ArrayList<>());

    assertThat(mason.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"nextPage\": \"AFTER_1\", \"next\": \"AFTER_2\"",
        "\"next\": \"AFTER_1\", \"nextPage\": \"AFTER_2\"",
        "\"prevPage\": \"BEFORE_1\", \"prev\": \"BEFORE_2\"",
      })
  void refusesTwoNamesOfOnePageThatContradictEachOther(String links) {
    mason.answer(page(links, "a"));

    var failure = FakeMason.failureOf(sims());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure).hasMessageContaining("the same value as before");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"prevPage\": \"BEFORE/+1\"", "\"prev\": \"?before=BEFORE/+1\""})
  void returnsToThePreviousPage(String links) throws InterruptedException {
    mason.answer(page(links, "b"));
    mason.answer(page("\"nextPage\": \"AFTER_1\"", "a"));
    mason.answer(page("\"nextPage\": null", "b"));
    var previous = sims().execute().previous().orElseThrow();

    var request = sims().limit(7).from(PageCursor.parse(previous.toString()));

    assertThat(iccids(request)).containsExactly("a", "b");
    mason.request();
    var before = mason.request().getUrl();
    assertThat(before.queryParameter("before")).isEqualTo("BEFORE/+1");
    assertThat(before.queryParameterNames()).containsExactly("date", "limit", "before");
    assertThat(mason.request().getUrl().queryParameter("after")).isEqualTo("AFTER_1");
  }

  @Test
  void returnsToThePreviousPageOfASeries() throws InterruptedException {
    mason.answer("{\"data\": [], \"prevPage\": \"BEFORE_1\"}");
    mason.answer("{\"data\": []}");
    var series = mason.client().seriesAccountUsage().start(START).end(START.plusDays(4));

    for (UsagePage page : series.pages()) {
      assertThat(series.from(page.previous().orElseThrow()).execute().previous()).isEmpty();
    }

    mason.request();
    assertThat(mason.request().getUrl().queryParameter("before")).isEqualTo("BEFORE_1");
  }

  @Test
  void hasNoPageBeforeTheFirst() {
    mason.answer(page("\"prevPage\": \"\", \"prev\": null", "a"));

    assertThat(sims().execute().previous()).isEmpty();
  }

  @Test
  void continuesIfThePreviousPageCannotBeRequested() {
    mason.answer(page("\"prevPage\": \"api.bymason.com/x?before=1\"", "a"));
    var page = sims().execute();

    assertThat(page.items()).hasSize(1);
    assertThatThrownBy(sims().from(page.previous().orElseThrow())::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another origin");
    assertThat(mason.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/beta/default/data/aggregate/usage/sim",
        "/beta/default/data/aggregate/usage/sim?after=",
        "/beta/default/data/aggregate/usage/sim?page=2",
        "/beta/default/data/aggregate/usage?after=AFTER_1",
        "/beta/other/data/aggregate/usage/sim?after=AFTER_1",
        "/beta/default/data/aggregate/usage/sim/../sim/1?after=AFTER_1",
        "/?after=AFTER_1",
      })
  void stopsAtAUrlOfAnotherCall(String path) {
    var origin = mason.url("/");
    var address = origin.substring(0, origin.length() - 1) + path;
    mason.answer(page("\"nextPage\": \"" + address + "\"", "a"));

    stalledReading(sims(), new ArrayList<>());

    assertThat(mason.requests()).isEqualTo(1);
  }

  @Test
  void keepsEveryOptionOnTheNextPages() throws InterruptedException {
    mason.answer(page("\"nextPage\": \"AFTER_1\"", "a"));
    mason.answer(page("\"nextPage\": \"AFTER_2\""));
    mason.answer(page("\"nextPage\": null", "b"));

    var request =
        sims()
            .sortBy(UsageColumn.UPLOAD, SortDirection.ASCENDING)
            .marker(MarkerKey.MNC_MCC)
            .limit(7);
    assertThat(iccids(request)).containsExactly("a", "b");

    var first = mason.request();
    for (var cursor : List.of("AFTER_1", "AFTER_2")) {
      var next = mason.request();
      var withoutCursor = next.getUrl().newBuilder().removeAllQueryParameters("after").build();
      assertThat(withoutCursor).isEqualTo(first.getUrl());
      assertThat(next.getUrl().queryParameter("after")).isEqualTo(cursor);
      assertThat(next.getHeaders().get("Authorization")).isEqualTo("basic " + FakeMason.KEY);
    }
  }

  @Test
  void keepsEveryOptionOfASeriesOnTheNextPages() throws InterruptedException {
    mason.answer("{\"data\": [], \"next\": \"AFTER_1\"}");
    mason.answer("{\"data\": []}");

    var request =
        mason
            .client()
            .seriesSimUsage("iccid1")
            .start(START)
            .end(START.plusDays(4))
            .marker(MarkerKey.DEVICE_TYPE, "D450")
            .limit(7);
    assertThat(request.stream()).isEmpty();

    var first = mason.request().getUrl();
    assertThat(mason.request().getUrl())
        .isEqualTo(first.newBuilder().addQueryParameter("after", "AFTER_1").build());
  }

  @Test
  void resumesFromASavedCursor() throws InterruptedException {
    mason.answer(page("\"nextPage\": \"AFTER 1/+\"", "a"));
    mason.answer(page("\"nextPage\": \"AFTER_2\"", "b"));
    mason.answer(page("\"nextPage\": null", "c"));
    var saved = sims().execute().next().orElseThrow().toString();

    try (var tomorrow = mason.builder().build()) {
      var request = tomorrow.aggregateSimUsage().month(YearMonth.of(2020, 8)).limit(50);
      assertThat(iccids(request.from(PageCursor.parse(saved)))).containsExactly("b", "c");
    }

    mason.request();
    assertThat(mason.request().getUrl().queryParameter("after")).isEqualTo("AFTER 1/+");
  }

  @Test
  void returnsACursorWithEachPage() {
    mason.answer(page("\"nextPage\": \"AFTER_1\"", "a"));
    mason.answer(page("\"nextPage\": null", "b"));

    assertThat(sims().pages())
        .extracting(Page::next)
        .satisfiesExactly(next -> assertThat(next).isPresent(), next -> assertThat(next).isEmpty());
  }

  @Test
  void refusesACursorOfARequestWithOtherSettings() {
    mason.answer(page("\"nextPage\": \"AFTER_1\"", "a"));
    var cursor = sims().execute().next().orElseThrow();
    var client = mason.client();

    try (var otherFleet = mason.builder().fleet("other").build()) {
      var others =
          List.of(
              sims().date(START.plusMonths(1)),
              sims().marker(MarkerKey.CARRIER),
              sims().sortBy(UsageColumn.TOTAL, SortDirection.ASCENDING),
              client.aggregateSimUsage("sim").date(START),
              client.aggregateAccountUsage().date(START),
              otherFleet.aggregateSimUsage().date(START));
      for (var other : others) {
        assertThatThrownBy(other.from(cursor)::execute)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("cursor");
      }
    }
    assertThatThrownBy(client.seriesAccountUsage().start(START).end(START).from(cursor)::execute)
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(mason.requests()).isEqualTo(1);
  }

  private AggregateUsageRequest sims() {
    return mason.client().aggregateSimUsage().date(START);
  }

  private static List<String> iccids(AggregateUsageRequest request) {
    return request.stream().map(row -> row.sim().iccid()).toList();
  }

  private static ApiException stalledReading(AggregateUsageRequest request, List<String> rows) {
    var failure =
        catchThrowableOfType(
            ApiException.class, () -> request.forEach(row -> rows.add(row.sim().iccid())));
    assertThat(failure.kind()).isEqualTo(Kind.PAGING_STALLED);
    return failure;
  }

  private static String page(String links, String... iccids) {
    var rows =
        List.of(iccids).stream()
            .map(
                iccid ->
                    """
                    {"sim": {"iccid": "%s"}, "usage": {"total": 3, "unit": "bytes", "upload": 1,
                     "date": "2020-08-01T00:00:00Z", "download": 2}}"""
                        .formatted(iccid))
            .toList();
    return "{" + links + ", \"data\": " + rows + "}";
  }
}
