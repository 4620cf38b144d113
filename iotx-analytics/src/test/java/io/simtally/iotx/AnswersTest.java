package io.simtally.iotx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.ApiRequest;
import io.simtally.core.UsageRecord;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest extends AnalyticsServer {
  private static final String TEN = "2016-12-16T10:00:00+00:00";
  private static final String ELEVEN = "2016-12-16T11:00:00+00:00";

  private static final DataUsageByDirection BY_DIRECTION =
      new DataUsageByDirection(
          buckets("2016-11-28T11:00:00+00:00", 420, "2016-11-29T10:00:00+00:00", 316),
          buckets("2016-11-28T11:00:00+00:00", 420, "2016-11-29T10:00:00+00:00", 316));
  private static final DataUsageBySubscriber BY_SUBSCRIBER =
      new DataUsageBySubscriber(
          Map.of(
              "447500000001", buckets("2016-12-06T10:30:00+00:00", 2182),
              "447500000003", buckets("2016-12-01T13:00:00+00:00", 1735),
              "447500000002", buckets("2016-12-29T10:30:00+00:00", 1212)),
          5129L);
  private static final SessionCount SESSIONS =
      new SessionCount(buckets(TEN, 3, "2017-01-01T00:00:00+00:00", 1));
  private static final DataUsageByNetworkProtocol BY_PROTOCOL =
      new DataUsageByNetworkProtocol(
          Map.of(
              "TCP", buckets(TEN, 132, "2017-01-01T00:00:00+00:00", 2000),
              "UDP",
                  buckets("2017-12-16T10:00:00+00:00", 5311, "2018-01-01T00:00:00+00:00", 6001)));
  private static final DataUsageByIpAddress BY_IP_ADDRESS =
      new DataUsageByIpAddress(
          Map.of(
              "8.8.8.4", new IpAddressUsage(2182, null), "8.8.8.5", new IpAddressUsage(1234, null)),
          3416L);

  // The complete documented responses.

  @Test
  void readsTheWholeDataUsage() {
    enqueue(200, sample("data-usage.json"));
    assertThat(dataUsage().execute()).containsExactly(BY_DIRECTION);
  }

  @Test
  void readsTheWholeDataUsageOfASubscriber() {
    enqueue(200, sample("subscriber-data-usage.json"));
    assertThat(subscriberDataUsage(ICCID).execute()).containsExactly(BY_DIRECTION);
  }

  @Test
  void readsTheWholeDataUsageBySubscriber() {
    enqueue(200, sample("data-usage-by-subscriber.json"));

    var answer = dataUsageBySubscriber().execute();

    assertThat(answer).isEqualTo(BY_SUBSCRIBER).hasSameHashCodeAs(BY_SUBSCRIBER);
    assertThat(answer.subscriberDataUsage().keySet())
        .containsExactly("447500000001", "447500000003", "447500000002");
  }

  @Test
  void readsTheWholeSessionCount() {
    enqueue(200, sample("session-count.json"));
    assertThat(sessionCount().execute()).isEqualTo(SESSIONS);
  }

  @Test
  void readsTheWholeSessionCountOfASubscriber() {
    enqueue(200, sample("subscriber-session-count.json"));
    assertThat(subscriberSessionCount(ICCID).execute()).containsExactly(SESSIONS);
  }

  @Test
  void readsTheWholeDataUsageByNetworkProtocol() {
    enqueue(200, sample("data-usage-network-protocol.json"));
    assertThat(dataUsageByNetworkProtocol().execute()).isEqualTo(BY_PROTOCOL);
  }

  @Test
  void readsTheWholeDataUsageByIpAddress() {
    enqueue(200, sample("data-usage-ip-address.json"));
    assertThat(dataUsageByIpAddress().execute()).containsExactly(BY_IP_ADDRESS);
  }

  @Test
  void readsTheWholeDataUsageOfASubscriberByIpAddress() {
    enqueue(200, sample("subscriber-data-usage-ip-address.json"));
    assertThat(subscriberDataUsageByIpAddress(ICCID).execute()).containsExactly(BY_IP_ADDRESS);
  }

  @Test
  void losesNothingToADamagedLastSeen() {
    enqueue(200, sample("damaged-last-seen.json"));

    var usage = dataUsageByIpAddress().execute().get(0);

    assertThat(usage)
        .isEqualTo(
            new DataUsageByIpAddress(
                Map.of("8.8.8.4", new IpAddressUsage(2182, "2017-08-17T13:15:00+00:1")), 2182L));
    assertThat(usage.dataUsageByIp().get("8.8.8.4").lastSeenAt()).isEmpty();
  }

  // Shapes that differ from the specification.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'content': %s}",
        "{'content': [%s]}",
        "{'pagination': {'content': 1}, 'content': [%s], 'more': []}",
        "%s"
      })
  void readsAListFromAnArrayAnObjectOrTheBarePart(String wrapper) {
    var part =
        """
        {"surprise": {"a": [1]}, "mobileTerminated": {"2016-11-29T10:00:00+00:00": 316,
          "2016-11-28T11:00:00+00:00": "420"}, "mobileOriginated": {"2016-11-28T11:00:00+00:00":
          420, "2016-11-29T10:00:00+00:00": "316"}}""";
    enqueue(200, json(wrapper).replace("%s", part));

    assertThat(dataUsage().execute()).containsExactly(BY_DIRECTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'content': %s}",
        "{'content': [%s]}",
        "{'content': {'content': %s}}",
        "{'content': [{'content': {'content': %s, 'more': 1}, 'more': 1}], 'more': 1}",
        "{'content': [{'content': '{%s}'}]}",
        "{'content': '{%s}'}"
      })
  void readsSessionCountsHoweverTheyAreWrapped(String wrapper) {
    var count = "{'" + TEN + "': '3', '2017-01-01T00:00:00+00:00': 1}";
    var body =
        json(wrapper)
            .replace("\"{%s}\"", "\"" + json(count).replace("\"", "\\\"") + "\"")
            .replace("%s", json(count));

    enqueue(200, body);
    assertThat(sessionCount().execute()).isEqualTo(SESSIONS);
    enqueue(200, body);
    assertThat(subscriberSessionCount(ICCID).execute()).containsExactly(SESSIONS);
  }

  @Test
  void keepsTheElementsOfAListApart() {
    enqueue(200, json("{'content': [{'content': {'" + TEN + "': 1}}, {'" + TEN + "': 2}]}"));

    assertThat(subscriberSessionCount(ICCID).execute())
        .containsExactly(new SessionCount(buckets(TEN, 1)), new SessionCount(buckets(TEN, 2)));
  }

  @Test
  void readsTextsThatHoldJson() {
    enqueue(
        200,
        """
        {"content": {"subscriberDataUsage":
          "{\\"447500000001\\": {\\"2016-12-06T10:30:00+00:00\\": \\"2182\\"}}",
          "totalDataUsage": "2182"}}""");
    assertThat(dataUsageBySubscriber().execute())
        .isEqualTo(
            new DataUsageBySubscriber(
                Map.of("447500000001", buckets("2016-12-06T10:30:00+00:00", 2182)), 2182L));

    enqueue(
        200,
        """
        {"content": "{\\"TCP\\": \\"{\\\\\\"2016-12-16T10:00:00+00:00\\\\\\": 132}\\"}"}""");
    assertThat(dataUsageByNetworkProtocol().execute())
        .isEqualTo(new DataUsageByNetworkProtocol(Map.of("TCP", buckets(TEN, 132))));

    enqueue(
        200,
        """
        {"content": [{"dataUsageByIp": "{\\"::1\\": {\\"bytes\\": 9007199254740993}}"}]}""");
    assertThat(dataUsageByIpAddress().execute())
        .containsExactly(
            new DataUsageByIpAddress(
                Map.of("::1", new IpAddressUsage(9007199254740993L, null)), null));
  }

  @Test
  void readsEitherNameOfTheTotal() {
    var usage = "'subscriberDataUsage': {'a': {'%1$s': 7}}";
    for (var total : List.of("'totalDataUsage': 7", "'totalData': '7', 'totalDataUsage': 7")) {
      enqueue(200, json("{'content': {" + total + ", " + usage + "}}"));
      assertThat(dataUsageBySubscriber().execute().totalDataUsage()).isEqualTo(7);
    }
    enqueue(200, json("{'content': {" + usage + ", 'totalData': null}}"));
    assertThat(dataUsageBySubscriber().execute().totalDataUsage()).isNull();

    var addresses = "'dataUsageByIp': {'': {'bytes': 7}}";
    for (var total : List.of("'totalData': '7'", "'totalDataUsage': 7")) {
      enqueue(200, json("{'content': {" + total + ", " + addresses + "}}"));
      assertThat(dataUsageByIpAddress().execute().get(0).totalData()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "[{}]"})
  void readsAnEmptySingleAnswerAsEmptyMaps(String content) {
    enqueue(200, "{\"content\": " + content + "}");
    assertThat(dataUsageBySubscriber().execute())
        .isEqualTo(new DataUsageBySubscriber(Map.of(), null));
    enqueue(200, "{\"content\": " + content + "}");
    assertThat(sessionCount().execute()).isEqualTo(new SessionCount(buckets()));
    enqueue(200, "{\"content\": " + content + "}");
    assertThat(dataUsageByNetworkProtocol().execute())
        .isEqualTo(new DataUsageByNetworkProtocol(Map.of()));
  }

  @Test
  void readsAnEmptyListAndEmptyElements() {
    var nothing = new DataUsageByDirection(buckets(), buckets());
    enqueue(200, "{\"content\": []}");
    assertThat(dataUsage().execute()).isEmpty();
    enqueue(200, "{\"content\": {}}");
    assertThat(dataUsage().execute()).containsExactly(nothing);
    enqueue(200, json("{'content': [{}, {'mobileTerminated': []}, {'mobileOriginated': null}]}"));
    assertThat(dataUsage().execute()).containsExactly(nothing, nothing, nothing);
    enqueue(200, json("{'content': [{}, {'dataUsageByIp': [], 'totalData': 0}]}"));
    assertThat(dataUsageByIpAddress().execute())
        .containsExactly(
            new DataUsageByIpAddress(Map.of(), null), new DataUsageByIpAddress(Map.of(), 0L));
  }

  // Responses in several parts.

  @Test
  void mergesPartsThatDoNotContradictEachOther() {
    enqueue(
        200,
        json(
            "{'content': [{'subscriberDataUsage': {'a': {'%1$s': 1}, 'b': {'%1$s': 2}},"
                + " 'totalData': 3}, {'subscriberDataUsage': {'a': {'%2$s': 4}, 'c': {'%1$s': 8}},"
                + " 'totalDataUsage': '12'}, {}]}"));
    assertThat(dataUsageBySubscriber().execute())
        .isEqualTo(
            new DataUsageBySubscriber(
                Map.of("a", buckets(TEN, 1, ELEVEN, 4), "b", buckets(TEN, 2), "c", buckets(TEN, 8)),
                15L));

    enqueue(200, json("{'content': [{'%1$s': 1}, {'%2$s': 2, '%1$s': '1'}]}"));
    assertThat(sessionCount().execute()).isEqualTo(new SessionCount(buckets(TEN, 1, ELEVEN, 2)));

    enqueue(200, json("{'content': [{'TCP': {'%1$s': 1}}, {'TCP': {'%2$s': 2}, 'UDP': {}}]}"));
    assertThat(dataUsageByNetworkProtocol().execute())
        .isEqualTo(
            new DataUsageByNetworkProtocol(
                Map.of("TCP", buckets(TEN, 1, ELEVEN, 2), "UDP", buckets())));
  }

  @Test
  void sumsTheTotalsOfParts() {
    enqueue(
        200,
        json(
            "{'content': [{'subscriberDataUsage': {'a': {'%1$s': 1}}, 'totalData': 1},"
                + " {'subscriberDataUsage': {'b': {'%1$s': 2}}, 'totalData': 2}]}"));
    assertThat(dataUsageBySubscriber().execute().totalDataUsage()).isEqualTo(3);

    enqueue(
        200,
        json(
            "{'content': [{'subscriberDataUsage': {'a': {'%1$s': 1}}, 'totalData': 1},"
                + " {'subscriberDataUsage': {'b': {'%1$s': 2}}}]}"));
    assertThat(dataUsageBySubscriber().execute().totalDataUsage()).isNull();
  }

  @Test
  void refusesPartsThatContradictEachOther() {
    refuses(
        sessionCount(),
        "{'content': [{'%1$s': 1}, {'%1$s': 2}]}",
        "two counts for 2016-12-16T10:00Z",
        "$.content");
    refuses(
        dataUsageByNetworkProtocol(),
        "{'content': [{'TCP': {'%1$s': 1}}, {'TCP': {'%1$s': 2}}]}",
        "two counts",
        "$.content");
    refuses(
        dataUsageBySubscriber(),
        "{'content': [{'subscriberDataUsage': {'a': {'%1$s': 1}}},"
            + " {'subscriberDataUsage': {'a': {'%1$s': 2}}}]}",
        "two counts",
        "$.content");
    refuses(
        dataUsageBySubscriber(),
        "{'content': [{'subscriberDataUsage': {'a': {'%1$s': 1}}, 'totalData': 1},"
            + " {'subscriberDataUsage': {'a': {'%1$s': 1}}, 'totalData': 1}]}",
        "an entry of one of them in another one",
        "$.content");
    refuses(
        dataUsageBySubscriber(),
        "{'content': [{'subscriberDataUsage': {'a': {'%1$s': 9223372036854775807}}, 'totalData':"
            + " 9223372036854775807}, {'subscriberDataUsage': {'b': {'%1$s': 1}}, 'totalData': 1}]}",
        "overflow",
        "$.content");
  }

  // Totals and duplicate names.

  @Test
  void sumsTheAddressesOfTheDocumentedSample() {
    enqueue(200, sample("repeated-address.json"));
    assertThat(dataUsageByIpAddress().execute())
        .containsExactly(
            new DataUsageByIpAddress(Map.of("", new IpAddressUsage(3416, null)), 3416L));

    enqueue(200, sample("repeated-address.json"));
    assertThat(subscriberDataUsageByIpAddress(ICCID).execute().get(0).dataUsageByIp())
        .isEqualTo(Map.of("", new IpAddressUsage(3416, null)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'': {'bytes': 1000}, '': {'bytes': '1000'}} | 2000 | 2000",
        "{'': {'bytes': 1000}, '': {'bytes': '1000'}} | 1000 | 1000",
        "{'': {'bytes': 1}, '': {'bytes': 2}, '': {'bytes': 4}} | 7 | 7",
        "{'': {'bytes': 9223372036854775807}, '': {'bytes': 9223372036854775807}}"
            + " | 9223372036854775807 | 9223372036854775807",
      })
  void resolvesADuplicateAddressByTheTotal(String usage, long total, long bytes) {
    enqueue(
        200, json("{'content': [{'dataUsageByIp': " + usage + ", 'totalData': " + total + "}]}"));
    assertThat(dataUsageByIpAddress().execute())
        .containsExactly(
            new DataUsageByIpAddress(Map.of("", new IpAddressUsage(bytes, null)), total));
  }

  @Test
  void keepsLastSeenOfADuplicateAddress() {
    var times = List.of("", "2016-12-29T10:30:00+00:00", "2016-12-29T10:30:01+00:00", "x");
    var entries =
        times.stream().map(time -> "'': {'bytes': 1, 'lastSeen': '" + time + "'}").toList();
    enqueue(
        200,
        json(
            "{'content': {'totalData': 4, 'dataUsageByIp': {"
                + String.join(", ", entries)
                + "}}}"));

    assertThat(dataUsageByIpAddress().execute().get(0).dataUsageByIp())
        .isEqualTo(Map.of("", new IpAddressUsage(4, "2016-12-29T10:30:01+00:00")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a': {'%1$s': 5}, 'a': {'%1$s': 5}}                  | 10 | 10",
        "{'a': {'%1$s': 5}, 'a': {'%1$s': 5}}                  | 5  | 5",
        "{'a': {'%1$s': 5}, 'a': {'%1$s': 7}}                  | 12 | 12",
        "{'a': {'%1$s': 5, '%1$s': 7}}                         | 12 | 12",
        "{'a': {'%1$s': 5, '%1$s': '5'}}                       | 10 | 10",
        "{'a': {'%1$s': 5, '2016-12-16T12:00:00+02:00': '5'}}  | 5  | 5",
      })
  void resolvesADuplicateSubscriberByTheTotal(String usage, long total, int bytes) {
    enqueue(
        200,
        json("{'content': {'subscriberDataUsage': " + usage + ", 'totalData': " + total + "}}"));
    assertThat(dataUsageBySubscriber().execute())
        .isEqualTo(new DataUsageBySubscriber(Map.of("a", buckets(TEN, bytes)), total));
  }

  @Test
  void sumsTheBucketsOfADuplicateSubscriber() {
    enqueue(
        200,
        json(
            "{'content': {'subscriberDataUsage': {'a': {'%1$s': 1}, 'b': {'%1$s': 2}, 'a':"
                + " {'%2$s': 4}}, 'totalDataUsage': 7}}"));

    assertThat(dataUsageBySubscriber().execute().subscriberDataUsage())
        .isEqualTo(Map.of("a", buckets(TEN, 1, ELEVEN, 4), "b", buckets(TEN, 2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'8.8.8.4': {'bytes': 1000}}, 'totalData': 1001                           | 1001 | 1000",
        "{'8.8.8.4': {'bytes': 1000}}, 'totalDataUsage': '999'                     | 999  | 1000",
        "{'': {'bytes': 1000}, '': {'bytes': 1000}}, 'totalData': 3000             | 3000 | 1000",
        "{}, 'totalData': 1                                                        | 1    | 0",
        "[], 'totalData': 1                                                        | 1    | 0",
      })
  void readsAddressesThatDoNotMakeTheirTotalAndRefusesTheirRecords(
      String usageAndTotal, long total, long bytes) {
    var body = json("{'content': [{'dataUsageByIp': " + usageAndTotal + "}]}");
    enqueue(200, body);
    enqueue(200, body);
    enqueue(200, body);

    var answer = dataUsageByIpAddress().execute().get(0);
    assertThat(answer.totalData()).isEqualTo(total);
    assertThat(answer.dataUsageByIp().values())
        .extracting(IpAddressUsage::bytes)
        .containsExactly(bytes == 0 ? new Long[0] : new Long[] {bytes});
    assertContradiction(() -> answer.usageRecords("x", START, END), total, bytes);
    assertThat(assertContradiction(dataUsageByIpAddress()::usageRecords, total, bytes).operation())
        .isEqualTo("GET /analytics/data-usage-ip-address");
    assertContradiction(subscriberDataUsageByIpAddress(ICCID)::usageRecords, total, bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a': {'%1$s': 5}}, 'totalDataUsage': 6           | 6 | 5",
        "{'a': {'%1$s': 5, '%1$s': 5}}, 'totalData': 7     | 7 | 5",
        "{}, 'totalData': 1                                | 1 | 0",
      })
  void readsSubscribersThatDoNotMakeTheirTotalAndRefusesTheirRecords(
      String usageAndTotal, long total, long bytes) {
    var body = json("{'content': {'subscriberDataUsage': " + usageAndTotal + "}}");
    enqueue(200, body);
    enqueue(200, body);

    var answer = dataUsageBySubscriber().execute();
    assertThat(answer.totalDataUsage()).isEqualTo(total);
    assertContradiction(() -> answer.usageRecords(START, END), total, bytes);
    assertThat(assertContradiction(dataUsageBySubscriber()::usageRecords, total, bytes).operation())
        .isEqualTo("GET /analytics/data-usage-by-subscriber");
  }

  private static ApiException assertContradiction(
      ThrowingCallable records, long total, long bytes) {
    var failure = catchThrowableOfType(ApiException.class, records);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.provider()).isEqualTo("iotx-analytics");
    assertThat(failure).hasMessageContaining("the total is " + total + " and ");
    assertThat(failure).hasMessageContaining("add up to " + bytes + ":");
    return failure;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'': {'bytes': 1000}, '': {'bytes': 2000}}, 'totalData': 1000",
        "{'': {'bytes': 9223372036854775807}, '': {'bytes': 1}}, 'totalData': 1",
      })
  void refusesDifferentAddressesOfOneNameThatDoNotMakeTheirTotal(String usageAndTotal) {
    refuses(
        dataUsageByIpAddress(),
        "{'content': [{'dataUsageByIp': " + usageAndTotal + "}]}",
        "different entries of one name",
        "$.content");
  }

  @Test
  void refusesDifferentEntriesOfASubscriberThatDoNotMakeTheTotal() {
    refuses(
        dataUsageBySubscriber(),
        "{'content': {'subscriberDataUsage': {'a': {'%1$s': 5}, 'a': {'%1$s': 7}},"
            + " 'totalDataUsage': 5}}",
        "different entries of one name that make the total 5 but the sum is 12",
        "$.content");
  }

  @Test
  void readsTheEightAnswersOfAMockServerOfThePublishedSpecification() {
    // A JSON tool keeps only one of the sample's two addresses with an empty name: 1234 of 3416.
    var byAddress =
        json("{'content': [{'dataUsageByIp': {'': {'bytes': '1234'}}, 'totalData': '3416'}]}");
    var answers =
        Map.ofEntries(
            Map.entry("dataUsage()", sample("data-usage.json")),
            Map.entry("subscriberDataUsage()", sample("subscriber-data-usage.json")),
            Map.entry("dataUsageBySubscriber()", sample("data-usage-by-subscriber.json")),
            Map.entry("sessionCount()", sample("session-count.json")),
            Map.entry("subscriberSessionCount()", sample("subscriber-session-count.json")),
            Map.entry("dataUsageByNetworkProtocol()", sample("data-usage-network-protocol.json")),
            Map.entry("dataUsageByIpAddress()", byAddress),
            Map.entry("subscriberDataUsageByIpAddress()", byAddress));
    var requests =
        Map.<String, ApiRequest<?, ?>>of(
            "dataUsage()", dataUsage(),
            "subscriberDataUsage()", subscriberDataUsage(ICCID),
            "dataUsageBySubscriber()", dataUsageBySubscriber(),
            "sessionCount()", sessionCount(),
            "subscriberSessionCount()", subscriberSessionCount(ICCID),
            "dataUsageByNetworkProtocol()", dataUsageByNetworkProtocol(),
            "dataUsageByIpAddress()", dataUsageByIpAddress(),
            "subscriberDataUsageByIpAddress()", subscriberDataUsageByIpAddress(ICCID));

    requests.forEach(
        (call, request) -> {
          enqueue(200, answers.get(call));
          assertThat(request.execute()).as(call).isNotNull();
        });
    assertThat(requests).hasSize(8);

    enqueue(200, byAddress);
    assertContradiction(dataUsageByIpAddress()::usageRecords, 3416, 1234);
  }

  @Test
  void refusesADuplicateNameWithoutATotal() {
    for (var usage :
        List.of("{'': {'bytes': 1}, '': {'bytes': 1}}", "{'a': {'bytes': 1}, 'a': {'bytes': 2}}")) {
      refuses(
          dataUsageByIpAddress(),
          "{'content': {'dataUsageByIp': " + usage + "}}",
          "a total that says what entries of one name count",
          "$.content");
    }
    for (var usage : List.of("{'%1$s': 1}, 'a': {'%1$s': 1}", "{'%1$s': 1, '%1$s': 1}")) {
      refuses(
          dataUsageBySubscriber(),
          "{'content': {'subscriberDataUsage': {'a': " + usage + "}, 'totalData': null}}",
          "a total that says what entries of one name count",
          "$.content");
    }
  }

  @Test
  void readsEqualTotalsOfPartsAsTheOverallTotal() {
    enqueue(
        200,
        json(
            "{'content': [{'subscriberDataUsage': {'a': {'%1$s': 1}}, 'totalData': 6},"
                + " {'subscriberDataUsage': {'b': {'%1$s': 2}}, 'totalData': 6},"
                + " {'subscriberDataUsage': {'c': {'%1$s': 3}}, 'totalData': 6}]}"));
    var bySubscriber = dataUsageBySubscriber().execute();
    assertThat(bySubscriber.totalDataUsage()).isEqualTo(6);
    assertThat(bySubscriber.subscriberDataUsage()).hasSize(3);

    enqueue(
        200,
        json(
            "{'content': [{'dataUsageByIp': {'8.8.8.4': {'bytes': 1}}, 'totalData': 3},"
                + " {'dataUsageByIp': {'8.8.8.5': {'bytes': 2}}, 'totalData': '3'}]}"));
    assertThat(dataUsageByIpAddress().execute())
        .containsExactly(
            new DataUsageByIpAddress(Map.of("8.8.8.4", new IpAddressUsage(1, null)), 3L),
            new DataUsageByIpAddress(Map.of("8.8.8.5", new IpAddressUsage(2, null)), 3L));
  }

  @Test
  void makesRecordsOfPartsWithTheOverallTotal() {
    enqueue(
        200,
        json(
            "{'content': [{'dataUsageByIp': {'8.8.8.4': {'bytes': 1}}, 'totalData': 3}, {},"
                + " {'dataUsageByIp': {'8.8.8.5': {'bytes': 2}}, 'totalData': '3'}]}"));

    assertThat(subscriberDataUsageByIpAddress(ICCID).usageRecords())
        .extracting(UsageRecord::subject, UsageRecord::totalBytes)
        .containsExactly(tuple(ICCID, 3L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "4 | 4 | 4 | false",
        "4 | 5 | 9 | false",
        "4 | - | 4 | false",
        "3 | - | 3 | true",
        "1 | - | - | true",
        "1 | 2 | 3 | true",
        "3 | 3 | 3 | true",
      })
  void keepsTheContradictionOfTotalsInParts(String one, String other, Long total, boolean isRight) {
    var body =
        json(
            "{'content': [{'subscriberDataUsage': {'a': {'%1$s': 1}}, 'totalData': "
                + (one == null ? "null" : one)
                + "}, {'subscriberDataUsage': {'b': {'%1$s': 2}}, 'totalData': "
                + (other == null ? "null" : other)
                + "}]}");
    enqueue(200, body);

    var answer = dataUsageBySubscriber().execute();

    assertThat(answer.subscriberDataUsage())
        .isEqualTo(Map.of("a", buckets(TEN, 1), "b", buckets(TEN, 2)));
    assertThat(answer.totalDataUsage()).isEqualTo(total);
    if (isRight) {
      assertThat(answer.usageRecords(START, END)).hasSize(2);
    } else {
      assertContradiction(() -> answer.usageRecords(START, END), total, 3);
    }
  }

  @Test
  void refusesRecordsOfPartsThatMatchNoTotal() {
    enqueue(
        200,
        json(
            "{'content': [{'dataUsageByIp': {'': {'bytes': 1}}, 'totalData': 1},"
                + " {'dataUsageByIp': {'': {'bytes': 2}}, 'totalData': 3}]}"));

    assertThatThrownBy(dataUsageByIpAddress()::usageRecords)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("the total is [1, 3]")
        .hasMessageContaining("add up to [1, 2]");
  }

  // Keys.

  @Test
  void sortsBucketsByInstantAndKeepsTheirOffsets() {
    enqueue(
        200,
        json(
            "{'content': {'2018-01-01T00:00:00+00:00': 3, '2016-12-16T12:00:00+02:00': 1,"
                + " '2016-12-16T10:30:00.5+0000': '2', '2017-06-01T00:00:00-05:00': 0}}"));

    var content = sessionCount().execute().content();

    assertThat(content.keySet())
        .extracting(OffsetDateTime::toString)
        .containsExactly(
            "2016-12-16T12:00+02:00",
            "2016-12-16T10:30:00.500Z",
            "2017-06-01T00:00-05:00",
            "2018-01-01T00:00Z");
    assertThat(content.values()).containsExactly(1L, 2L, 0L, 3L);
    assertThat(content).containsEntry(OffsetDateTime.parse(TEN), 1L);
  }

  @Test
  void readsCountsInAnyForm() {
    enqueue(
        200,
        json(
            "{'content': {'2016-12-16T01:00:00Z': 7, '2016-12-16T02:00:00Z': '7',"
                + " '2016-12-16T03:00:00Z': 7.0, '2016-12-16T04:00:00Z': '7.0',"
                + " '2016-12-16T05:00:00Z': 7e0, '2016-12-16T06:00:00Z': '7E0',"
                + " '2016-12-16T07:00:00Z': '007'}}"));

    assertThat(sessionCount().execute().content().values()).hasSize(7).containsOnly(7L);
  }

  @Test
  void acceptsADuplicateKeyWithTheSameValue() {
    enqueue(
        200,
        json("{'content': {'%1$s': 3, '2016-12-16T12:00:00+02:00': '3', '%2$s': 1, '%2$s': 1}}"));
    assertThat(sessionCount().execute()).isEqualTo(new SessionCount(buckets(TEN, 3, ELEVEN, 1)));
  }

  @Test
  void keepsNamesUnchanged() {
    enqueue(
        200,
        json("{'content': {'dataUsageByIp': {'': {'bytes': 1}, '2001:db8::1': {'bytes': 2}}}}"));

    assertThat(dataUsageByIpAddress().execute().get(0).dataUsageByIp())
        .isEqualTo(
            Map.of("", new IpAddressUsage(1, null), "2001:db8::1", new IpAddressUsage(2, null)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "'2016-12-29T10:30:00+00:00' | 2016-12-29T10:30:00+00:00 | 2016-12-29T10:30Z",
        "'yesterday'                 | yesterday                 | -",
        "1482999000                  | 1482999000                | -",
        "null                        | -                         | -",
        "[{'a': 1}]                  | [{\"a\": 1}]              | -",
      })
  void keepsAnyTextOfLastSeen(String json, String text, String time) {
    enqueue(
        200,
        json("{'content': {'dataUsageByIp': {'::1': {'lastSeen': " + json + ", 'bytes': 1}}}}"));

    var usage = dataUsageByIpAddress().execute().get(0).dataUsageByIp().get("::1");

    assertThat(usage).isEqualTo(new IpAddressUsage(1, text));
    assertThat(usage.lastSeenAt()).isEqualTo(Optional.ofNullable(time).map(OffsetDateTime::parse));
  }

  // Values that cannot be read exactly.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'content': {'%1$s': null}}            | a count  | $.content.%1$s",
        "{'content': {'%1$s': ''}}              | a count  | $.content.%1$s",
        "{'content': {'%1$s': 'many'}}          | a count  | $.content.%1$s",
        "{'content': {'%1$s': -1}}              | a count  | $.content.%1$s",
        "{'content': {'%1$s': 1.5}}             | long     | $.content.%1$s",
        "{'content': {'%1$s': '1.5'}}           | a count  | $.content.%1$s",
        "{'content': {'%1$s': [1]}}             | a count  | $.content.%1$s",
        "{'content': {'%1$s': 9223372036854775808}} | long | $.content.%1$s",
        "{'content': {'': 1}}                   | a time   | $.content.",
        "{'content': {'noon': 1}}               | a time   | $.content.noon",
        "{'content': {'2016-12-16T10:00:00': 1}} | a time  | $.content.2016",
        "{'content': {'2016-12-16T10:00:00+00:1': 1}} | a time | $.content.2016",
        "{'content': {'2016-02-30T10:00:00Z': 1}} | a time | $.content.2016",
        "{'content': {'%1$s': 1, '%1$s': 2}}    | one count for each instant | $.content.%1$s",
        "{'content': {'%1$s': 1, '2016-12-16T11:00:00+01:00': 2}} | one count | $.content.2016",
        "{'content': {'%1$s': 1, 'content': {}}} | a time  | $.content.content",
        "{'content': {'content': {}, 'content': {}}} | one content | $.content.content",
        "{'content': {}, 'content': {}}         | one content | $.content",
      })
  void refusesSessionCountsItCannotReadExactly(String body, String expected, String path) {
    refuses(sessionCount(), body, expected, json(path));
    refuses(subscriberSessionCount(ICCID), body, expected, json(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'content': 1}                                   | BEGIN_OBJECT | $.content",
        "{'content': null}                                | BEGIN_OBJECT | $.content",
        "{'content': [null]}                              | BEGIN_OBJECT | $.content[0]",
        "{'content': [{'surprise': 1}]}        | an object without its members | $.content[0]",
        "{'message': 'All good'}               | an object without its members | $",
        "{'content': [{'mobileOriginated': 5}]}  | an object | $.content[0].mobileOriginated",
        "{'content': [{'mobileOriginated': [1]}]} | an object | $.content[0].mobileOriginated",
        "{'content': [{'mobileOriginated': ''}]}  | In the text | $.content[0].mobileOriginated",
        "{'content': [{'mobileOriginated': 'x'}]} | In the text | $.content[0].mobileOriginated",
        "{'content': [{'mobileOriginated': '{} {}'}]} | In the text | $.content[0].mobileOrig",
        "{'content': [{'mobileOriginated': 'null'}]} | In the text | $.content[0].mobileOriginated",
        "{'content': [{'mobileOriginated': {'%1$s': {}}}]} | a count | $.content[0].mobileOrig",
        "{'content': [{'mobileOriginated': {}, 'mobileOriginated': {'%1$s': 1}}]}"
            + " | the same value as before | $.content[0].mobileOriginated",
      })
  void refusesDataUsageItCannotReadExactly(String body, String expected, String path) {
    refuses(dataUsage(), body, expected, path);
    refuses(subscriberDataUsage(ICCID), body, expected, path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'content': [{'totalData': 1}]}                  | dataUsageByIp | $.content[0]",
        "{'content': [{'dataUsageByIp': null}]}           | dataUsageByIp | $.content[0]",
        "{'content': [{'dataUsageByIp': {}, 'totalData': 'x'}]} | bytes | $.content[0].totalData",
        "{'content': [{'dataUsageByIp': {'1.1.1.1': {}}}]}"
            + " | 'bytes' missing | $.content[0].dataUsageByIp",
        "{'content': [{'dataUsageByIp': {'1.1.1.1': {'lastSeen': 'x'}}}]}"
            + " | 'bytes' missing | $.content[0].dataUsageByIp.1.1.1.1",
        "{'content': [{'dataUsageByIp': {'1.1.1.1': {'bytes': null}}}]}"
            + " | 'bytes' missing | $.content[0].dataUsageByIp.1.1.1.1",
        "{'content': [{'dataUsageByIp': {'1.1.1.1': {'bytes': 'many'}}}]}"
            + " | bytes | $.content[0].dataUsageByIp.1.1.1.1.bytes",
        "{'content': [{'dataUsageByIp': {'1.1.1.1': '7'}}]}"
            + " | BEGIN_OBJECT | $.content[0].dataUsageByIp.1.1.1.1",
      })
  void refusesUsageByIpAddressItCannotReadExactly(String body, String expected, String path) {
    refuses(dataUsageByIpAddress(), body, expected, path);
    refuses(subscriberDataUsageByIpAddress(ICCID), body, expected, path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'content': {'totalDataUsage': 1}}               | subscriberDataUsage | $.content",
        "{'content': {'subscriberDataUsage': null}}       | subscriberDataUsage | $.content",
        "{'content': {'subscriberDataUsage': {'a': null}}}"
            + " | an object | $.content.subscriberDataUsage.a",
        "{'content': {'subscriberDataUsage': {'a': {'%1$s': 'x'}}}}"
            + " | a count | $.content.subscriberDataUsage.a.2016-12-16T10:00:00+00:00",
        "{'content': {'subscriberDataUsage': {}, 'totalData': 1, 'totalDataUsage': 2}}"
            + " | the same value as before | $.content.totalDataUsage",
        "{'content': {'subscriberDataUsage': '{\\\"a\\\": {\\\"noon\\\": 1}}'}}"
            + " | a time but was noon at path $.a.noon | $.content.subscriberDataUsage:",
      })
  void refusesUsageBySubscriberItCannotReadExactly(String body, String expected, String path) {
    refuses(dataUsageBySubscriber(), body, expected, path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'TCP': {'%1$s': 1}}              | content   | $",
        "{'error': {}}                     | content   | $",
        "{'content': {'TCP': null}}        | an object | $.content.TCP",
        "{'content': {'TCP': 1}}           | an object | $.content.TCP",
        "{'content': {'TCP': {}, 'TCP': {'%1$s': 1}}} | one value for each name | $.content.TCP",
      })
  void refusesUsageByProtocolItCannotReadExactly(String body, String expected, String path) {
    refuses(dataUsageByNetworkProtocol(), body, expected, path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "1",
        "<html>Sign in</html>",
        "{'content': []} {}",
        "{'content': ["
      })
  void refusesASuccessThatIsNotThePromisedAnswer(String body) {
    for (var call : RequestsTest.Call.values()) {
      enqueue(200, json(body));
      assertThat(failureOf(call.request.apply(this)).kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    }
  }

  // Models.

  @Test
  void cannotBeChanged() {
    var originated = new TreeMap<>(buckets(TEN, 1));
    var usage = new DataUsageByDirection(originated, buckets());
    originated.clear();

    assertThat(usage.mobileOriginated()).isEqualTo(buckets(TEN, 1));
    assertThatThrownBy(() -> usage.mobileOriginated().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> BY_SUBSCRIBER.subscriberDataUsage().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> BY_SUBSCRIBER.subscriberDataUsage().get("447500000001").clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> BY_PROTOCOL.content().remove("TCP"))
        .isInstanceOf(UnsupportedOperationException.class);
    enqueue(200, "{\"content\": []}");
    var none = dataUsage().execute();
    assertThatThrownBy(() -> none.add(usage)).isInstanceOf(UnsupportedOperationException.class);
  }

  private void refuses(ApiRequest<?, ?> request, String body, String expected, String path) {
    enqueue(200, json(body));

    var failure = failureOf(request);

    assertThat(failure).as(body).isNotNull();
    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.status()).isEqualTo(200);
    assertThat(failure)
        .hasMessageContaining(expected)
        .hasMessageContaining(" at ")
        .hasMessageContaining(path);
  }

  /**
   * Returns JSON from text with apostrophes for quotes, and two times for {@code %1$s} and {@code
   * %2$s}.
   */
  private static String json(String text) {
    return text.replace('\'', '"').replace("%1$s", TEN).replace("%2$s", ELEVEN);
  }
}
