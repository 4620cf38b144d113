package io.simtally.fleet.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.alef.Aggregation;
import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.Granularity;
import io.simtally.alef.Metric;
import io.simtally.core.ApiException;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.fleet.check.Difference.Kind;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractCheckTest {
  private static final OffsetDateTime MIDNIGHT = OffsetDateTime.parse("2026-01-02T00:00:00Z");
  private static final OffsetDateTime NOON = MIDNIGHT.plusHours(12);

  private final ContractCheck contract = new ContractCheck();
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void reportsNothingForADocumentedResponse() {
    mason(
        "{'data':[{'day':'2026-01-02T00:00:00Z','download':1,'total':3,'unit':'bytes','upload':2}]}");

    assertThat(contract.compared()).isOne();
    assertThat(contract.differences()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          'roaming':1,'download':1,'total':3,'unit':'bytes','upload':2|NEW|data[].roaming|''|number
          'total':3,'unit':'bytes','upload':2|MISSING|data[].download|number|''
          'download':null,'total':3,'unit':'bytes','upload':2|TYPE|data[].download|number|null
          'download':'1','total':3,'unit':'bytes','upload':2|TYPE|data[].download|number|digits in a text
          'download':1.5,'total':3,'unit':'bytes','upload':2|FORMAT|data[].download|number|decimal number
          'download':1,'total':3,'unit':'octets','upload':2|WORD|data[].unit|bytes|''
          """)
  void namesWhatIsNotAsThePageSays(
      String row, Kind kind, String path, String expected, String found) {
    mason("{'data':[{'day':'2026-01-02T00:00:00Z'," + row + "}]}");

    assertThat(contract.differences())
        .containsExactly(
            new Difference(
                "GET /beta/{fleet}/data/series/usage",
                path,
                kind,
                expected.replace("''", ""),
                found.replace("''", "")));
  }

  @Test
  void reportsTimesInAnotherFormat() {
    mason("{'data':[{'day':'2026-01-02','download':1,'total':3,'unit':'bytes','upload':2}]}");

    assertThat(contract.differences())
        .hasToString(
            "[GET /beta/{fleet}/data/series/usage: data[].day is time as 0000-00-00, on the page"
                + " time as 0000-00-00T00:00:00Z]");
  }

  @Test
  void namesRowsInAnotherOrder() {
    mason(
        "{'data':[{'day':'2026-01-03T00:00:00Z','download':1,'total':3,'unit':'bytes','upload':2},"
            + "{'day':'2026-01-02T00:00:00Z','download':1,'total':3,'unit':'bytes','upload':2}]}");

    assertThat(contract.differences())
        .hasToString(
            "[GET /beta/{fleet}/data/series/usage: data is descending by time, on the page"
                + " ascending]");
  }

  @Test
  void namesAnAnswerThatIsNoJson() {
    mason("<html>Please log in</html>");

    assertThat(contract.differences())
        .hasToString(
            "[GET /beta/{fleet}/data/series/usage: the answer is no JSON, on the page JSON]");
  }

  @Test
  void reportsADifferenceOfManyRowsOnce() {
    var row = "{'day':'2026-01-02T00:00:00Z','download':1,'total':3,'unit':'octets','upload':2}";
    mason("{'data':[" + row + "," + row + "]}");

    assertThat(contract.differences()).hasSize(1);
  }

  @Test
  void namesNoMemberThatMayIdentifyACustomer() {
    mason(
        "{'8944500000000000001':1,'data':[{'day':'2026-01-02T00:00:00Z','download':1,'total':3,"
            + "'unit':'bytes','upload':2}]}");

    assertThat(contract.differences()).extracting(Difference::path).containsExactly("{}");
  }

  @Test
  void ignoresUndocumentedCalls() throws IOException {
    server.enqueue(new MockResponse.Builder().body("hello").build());
    var client = http();
    client
        .newCall(new okhttp3.Request.Builder().url(server.url("/health")).build())
        .execute()
        .close();

    assertThat(contract.compared()).isZero();
    assertThat(contract.differences()).isEmpty();
  }

  @Test
  void settlesWhetherContentIsAnArray() {
    iotx("{'content':[{'mobileOriginated':{},'mobileTerminated':{}}]}");
    assertThat(answer("iotx-content")).containsExactly("an array");
    assertThat(contract.differences()).isEmpty();
  }

  @Test
  void settlesWhetherContentIsAnObjectAndItsFieldsAreTexts() {
    iotx(
        "{'content':{'mobileOriginated':'{\\'2026-01-02T10:30:00+00:00\\':7}',"
            + "'mobileTerminated':'{}'}}");

    assertThat(answer("iotx-content")).containsExactly("one object");
    assertThat(answer("iotx-fields")).containsExactly("texts");
    assertThat(answer("iotx-counts")).containsExactly("numbers");
    assertThat(contract.differences())
        .extracting(Difference::path, Difference::kind, Difference::found)
        .containsExactly(tuple("content.mobileOriginated.{}", Kind.TYPE, "number"));
  }

  @Test
  void settlesWhatTheTotalIsCalledAndThatASubscriberHasSeveralEntries() {
    iotxBySubscriber(
        "{'content':{'subscriberDataUsage':{'447500000001':{'2026-01-02T10:30:00+00:00':'7',"
            + "'2026-01-02T11:30:00+00:00':'8'}},'totalDataUsage':15}}");

    assertThat(answer("iotx-total")).containsExactly("totalDataUsage");
    assertThat(answer("iotx-subscriber-entries")).containsExactly("some have several");
    assertThat(contract.differences()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true|true|both ends are: usage at the boundary of two ranges is in both
          false|true|the start is and the end is not
          true|false|the end is and the start is not
          """)
  void settlesWhichEndsAreIncludedByTwoRangesThatMeet(
      boolean inTheFirst, boolean inTheSecond, String answer) {
    var there =
        "{'content':[{'mobileOriginated':{'2026-01-02T12:00:00+00:00':'7'},"
            + "'mobileTerminated':{}}]}";
    var notThere = "{'content':[{'mobileOriginated':{},'mobileTerminated':{}}]}";
    enqueue(inTheFirst ? there : notThere);
    enqueue(inTheSecond ? there : notThere);
    try (var client = iotxClient()) {
      quietly(() -> client.dataUsage().startDate(MIDNIGHT).endDate(NOON).execute());
      quietly(() -> client.dataUsage().startDate(NOON).endDate(NOON.plusHours(12)).execute());
    }

    assertThat(answer("iotx-end")).containsExactly(answer);
  }

  @Test
  void settlesWhetherLastSeenIsAWholeTime() {
    enqueue(
        "{'content':{'dataUsageByIp':{'8.8.8.4':{'bytes':'1','lastSeen':'2017-08-17T13:15:00+00:1'}},"
            + "'totalData':'1'}}");
    try (var client = iotxClient()) {
      quietly(() -> client.dataUsageByIpAddress().startDate(MIDNIGHT).endDate(NOON).execute());
    }

    assertThat(answer("iotx-last-seen")).containsExactly("not always");
  }

  @Test
  void settlesHowMasonNamesADayAndThatItIncludesTheEnd() {
    mason(
        "{'next':'https://api.bymason.com/beta/default/data/series/usage?after=k','data':"
            + "[{'date':'2026-01-05T00:00:00Z','download':1,'total':3,'unit':'bytes','upload':2}]}");

    assertThat(answer("mason-date")).containsExactly("date");
    assertThat(answer("mason-end")).containsExactly("yes, though the page calls it exclusive");
    assertThat(answer("mason-cursor")).containsExactly("an address, and its name is next");
    assertThat(answer("mason-series-pages")).containsExactly("yes");
    assertThat(answer("mason-account-path")).containsExactly("usage answers");
  }

  @Test
  void settlesThatMasonLeavesTheEndOut() {
    mason(
        "{'data':[{'day':'2026-01-04T00:00:00Z','download':1,'total':3,'unit':'bytes','upload':2}]}");

    assertThat(answer("mason-end")).containsExactly("no");
    assertThat(answer("mason-date")).containsExactly("day");
    assertThat(answer("mason-series-pages")).containsExactly("this one does not");
  }

  @Test
  void settlesThatNextPageIsACursor() {
    enqueue("{'nextPage':'abc','prevPage':null,'data':[]}");
    try (var client = masonClient(MasonUsage.builder())) {
      quietly(() -> client.aggregateSimUsage().month(YearMonth.of(2026, 1)).execute());
    }

    assertThat(answer("mason-cursor")).containsExactly("a cursor");
    assertThat(contract.differences()).isEmpty();
  }

  @Test
  void settlesWhichPathOfASimAnswers() {
    server.enqueue(new MockResponse.Builder().code(404).body("{}").build());
    enqueue("{'data':[]}");
    try (var usual = masonClient(MasonUsage.builder());
        var shorter = masonClient(MasonUsage.builder().shortSeriesSimPath())) {
      for (var client : List.of(usual, shorter)) {
        quietly(
            () ->
                client.seriesSimUsage("8944").start(MIDNIGHT).end(MIDNIGHT.plusDays(3)).execute());
      }
    }

    assertThat(contract.settled())
        .filteredOn(settled -> settled.id().equals("mason-sim-path"))
        .extracting(ResolvedQuestion::operation, ResolvedQuestion::answer)
        .containsExactly(
            tuple(
                "GET /beta/{fleet}/data/series/usage/sim/{iccid}",
                "usage/sim/{iccid} does not (404)"),
            tuple("GET /beta/{fleet}/data/series/usage/{iccid}", "usage/{iccid} answers"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-01-02T12:00:00+00:00|when it ends
          2026-01-02T00:00:00+00:00|when it starts
          """)
  void settlesWhatAlefStampsAndHowItWritesNumbers(String stamp, String answer) {
    enqueue(
        "{'result':[[{'time_stamp':'%s','name':'uplink_bytes','value':1.5,'aggregation_type':'COUNT'}]],'msisdn':'8020010012345','account_id':'a'}"
            .formatted(stamp));
    try (var client =
        AlefConnectivity.builder()
            .baseUrl(url())
            .apiKey("key")
            .retryPolicy(RetryPolicy.none())
            .httpClient(http())
            .build()) {
      quietly(
          () ->
              client
                  .report()
                  .account("a")
                  .between(MIDNIGHT, NOON)
                  .granularity(Granularity.HOUR)
                  .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
                  .execute());
    }

    assertThat(answer("alef-buckets")).containsExactly(answer);
    assertThat(answer("alef-numbers")).containsExactly("texts");
    assertThat(answer("alef-fractions")).containsExactly("not always");
    assertThat(contract.differences()).isEmpty();
  }

  @Test
  void settlesWhatThingSpaceLeavesOpen() {
    history(
        202,
        "{'hasMoreData':false,'deviceId':{'id':'1','kind':'IMEI'},'usageHistory':["
            + row("2026-01-03T00:00:00Z", "Raw Usage", "MtSMS")
            + ","
            + row("2026-01-02T00:00:00Z", "Raw Usage", "MtSMS")
            + ","
            + row("2026-01-02T00:00:00Z", "Usage Feed", "MtSMS")
            + "]}");

    assertThat(answer("m2m-order")).containsExactly("no");
    assertThat(answer("m2m-status")).containsExactly("status 202 with hasMoreData false");
    assertThat(answer("m2m-sources")).containsExactly("one for each source");
    assertThat(answer("m2m-figures")).containsExactly("yes, within a tenth");
    assertThat(answer("m2m-sms")).containsExactly("MtSMS");
    assertThat(answer("m2m-kind")).containsExactly("no");
    assertThat(contract.differences()).extracting(Difference::kind).containsExactly(Kind.ORDER);
  }

  @Test
  void settlesThatBothEndsOfAThingSpaceRangeAreIncluded() {
    var answer =
        "{'hasMoreData':false,'deviceId':{'id':'1','kind':'imei'},'usageHistory':["
            + row("2026-01-02T00:00:00Z", "Raw Usage", "MtSms")
            + "]}";
    enqueue(answer);
    enqueue(answer);
    try (var client = m2m()) {
      for (var from : List.of("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")) {
        var earliest = Instant.parse(from);
        quietly(
            () ->
                client
                    .usageHistory()
                    .device(DeviceId.imei("1"))
                    .earliest(earliest)
                    .latest(earliest.plusSeconds(86_400))
                    .execute());
      }
    }

    assertThat(answer("m2m-overlap"))
        .containsExactly("both ends are: usage at the boundary of two ranges is in both");
  }

  @Test
  void settlesHowHyperPreciseWritesTimesAndIds() {
    enqueue(
        "{'sessions':[{'startTime':'2022-12-09T22:01:06.217Z','endTime':'2022-12-09','numBytes':3}],"
            + "'id':'353130079055577','txid':'t'}");
    enqueue("{'id':'0123456789','txid':'t'}");
    try (var client =
        ThingSpaceHyperPrecise.builder()
            .baseUrl(url())
            .credentials(ThingSpaceCredentials.tokens("b", "s"))
            .retryPolicy(RetryPolicy.none())
            .httpClient(http())
            .build()) {
      for (var i = 0; i < 2; i++) {
        quietly(() -> client.sessionReport().accountNumber("a").imei("353130079055577").execute());
      }
    }

    assertThat(answer("hyper-precise-dates"))
        .containsExactly("as 0000-00-00 and as 0000-00-00T00:00:00.000Z");
    assertThat(answer("hyper-precise-id")).containsExactly("the IMEI", "a number of ten digits");
    assertThat(answer("hyper-precise-no-sessions")).containsExactly("yes");
    assertThat(contract.differences()).isEmpty();
  }

  private List<String> answer(String id) {
    return contract.settled().stream()
        .filter(settled -> settled.id().equals(id))
        .map(ResolvedQuestion::answer)
        .toList();
  }

  private static String row(String time, String source, String key) {
    return "{'bytesUsed':1,'extendedAttributes':[{'key':'%s','value':'0'}],'smsUsed':0,'source':'%s','timestamp':'%s'}"
        .formatted(key, source, time);
  }

  private void mason(String body) {
    enqueue(body);
    try (var client = masonClient(MasonUsage.builder())) {
      quietly(
          () -> client.seriesAccountUsage().start(MIDNIGHT).end(MIDNIGHT.plusDays(3)).execute());
    }
  }

  private MasonUsage masonClient(MasonUsage.Builder builder) {
    return builder
        .baseUrl(url())
        .apiKey("key")
        .retryPolicy(RetryPolicy.none())
        .httpClient(http())
        .build();
  }

  private void iotx(String body) {
    enqueue(body);
    try (var client = iotxClient()) {
      quietly(() -> client.dataUsage().startDate(MIDNIGHT).endDate(NOON).execute());
    }
  }

  private void iotxBySubscriber(String body) {
    enqueue(body);
    try (var client = iotxClient()) {
      quietly(() -> client.dataUsageBySubscriber().startDate(MIDNIGHT).endDate(NOON).execute());
    }
  }

  private IotxAnalytics iotxClient() {
    return IotxAnalytics.builder()
        .baseUrl(url())
        .token("token")
        .retryPolicy(RetryPolicy.none())
        .httpClient(http())
        .build();
  }

  private void history(int status, String body) {
    enqueue(status, body);
    try (var client = m2m()) {
      quietly(
          () ->
              client
                  .usageHistory()
                  .device(new DeviceId("imei", "1"))
                  .earliest(Instant.EPOCH)
                  .latest(Instant.EPOCH.plusSeconds(1))
                  .execute());
    }
  }

  private ThingSpaceM2m m2m() {
    return ThingSpaceM2m.builder()
        .baseUrl(url())
        .credentials(ThingSpaceCredentials.tokens("b", "s"))
        .retryPolicy(RetryPolicy.none())
        .httpClient(http())
        .build();
  }

  private void enqueue(String body) {
    enqueue(200, body);
  }

  private void enqueue(int status, String body) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Content-Type", "application/json")
            .body(body.replace('\'', '"'))
            .build());
  }

  private OkHttpClient http() {
    return new OkHttpClient.Builder().addInterceptor(contract).build();
  }

  private String url() {
    return server.url("").toString();
  }

  /** Ignores whether the client can read the response. */
  private static void quietly(Runnable call) {
    try {
      call.run();
    } catch (ApiException e) {
      assertThat(e.kind()).isNotEqualTo(ApiException.Kind.CONNECTION);
    }
  }
}
