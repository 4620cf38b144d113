package io.simtally.reliability.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import okhttp3.Headers;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Successful responses with invalid JSON, or with valid JSON and unexpected values. */
final class DamagedAnswersTest {
  /** The time limit of texts that would take minutes without limits on their size. */
  private static final Duration HANGS = Duration.ofMinutes(1);

  private static final int DEEP = 100_000;
  private static final int LONG = 2_000_000;

  private final MemoryAnswer answer = new MemoryAnswer();
  private Clients clients;

  @BeforeEach
  void start() {
    clients = answer.clients();
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void readsACountExactlyOrNotAtAll(Place place, String json, String plain) {
    if (plain.isEmpty()) {
      assertUnreadable(place, place.answer(json));
    } else {
      assertThat(answerTo(place, json)).isEqualTo(answerTo(place, plain));
      assertThat(answerTo(place, json)).isNotEqualTo(answerTo(place, "77"));
    }
  }

  static Stream<Arguments> numbers() {
    var readable =
        Stream.of(
            arguments("0", "0"),
            arguments("-0", "0"),
            arguments("9223372036854775807", "9223372036854775807"),
            arguments("1e3", "1000"),
            arguments("1.0", "1"),
            arguments("9.223372036854775807E+18", "9223372036854775807"));
    var unreadable =
        Stream.of(
                "9223372036854775808",
                "18446744073709551617",
                "-1",
                "-9223372036854775808",
                "1.5",
                "1e19",
                "1e999999999",
                "1e-999999999",
                "1e99999999999",
                "-1e999999999",
                "0." + "0".repeat(900) + "1",
                "1".repeat(900),
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "0x10",
                "1_000",
                "1,000",
                "NaN",
                "Infinity",
                "-Infinity",
                "'1'",
                "1;",
                "null",
                "true",
                "{}",
                "[]",
                "[1]",
                "")
            .map(json -> arguments(json, ""));
    var all = Stream.concat(readable, unreadable).toList();
    return Arrays.stream(Place.values())
        .filter(place -> place.counts)
        .flatMap(place -> all.stream().map(row -> arguments(place, row.get()[0], row.get()[1])));
  }

  @ParameterizedTest
  @MethodSource("quotedNumbers")
  void readsACountInAStringExactlyOrNotAtAll(Place place, String text, String plain) {
    readsACountExactlyOrNotAtAll(place, '"' + text + '"', plain);
  }

  static Stream<Arguments> quotedNumbers() {
    var rows =
        Stream.of(
                arguments("12", "12"),
                arguments("1e3", "1000"),
                arguments("9223372036854775807", "9223372036854775807"),
                arguments("9223372036854775808", ""),
                arguments("-1", ""),
                arguments("1.5", ""),
                arguments("1e999999999", ""),
                arguments("", ""),
                arguments(" 1", ""),
                arguments("1 ", ""),
                arguments("1\\u0000", ""),
                arguments("NaN", ""),
                arguments("0x10", ""),
                arguments("\\ud800", ""),
                arguments("1".repeat(LONG), ""))
            .toList();
    return Arrays.stream(Place.values())
        .filter(place -> place.counts && place != Place.IOTX_BYTES_IN_TEXT)
        .flatMap(place -> rows.stream().map(row -> arguments(place, row.get()[0], row.get()[1])));
  }

  @ParameterizedTest
  @EnumSource
  void limitsTheNesting(Place place) {
    for (var json :
        new String[] {
          "[".repeat(DEEP),
          "[".repeat(DEEP) + "]".repeat(DEEP),
          "{\"a\":".repeat(DEEP),
          "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP),
          "[{\"a\":".repeat(DEEP) + "1" + "}]".repeat(DEEP)
        }) {
      if (place == Place.IOTX_LAST_SEEN && json.endsWith(json.startsWith("{") ? "}" : "]")) {
        // It is no count, so the text is kept unchanged.
        assertThat(answerTo(place, json).toString()).contains(json);
      } else if (place != Place.IOTX_BYTES_IN_TEXT || !json.contains("\"")) {
        assertUnreadable(place, place.answer(json));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsMillionsOfDigitsQuickly(Place place) {
    for (var number :
        new String[] {
          "1".repeat(LONG),
          "0." + "1".repeat(LONG),
          "1e" + "1".repeat(LONG),
          "-" + "1".repeat(LONG) + "e5",
          // The same text at another offset.
          " ".repeat(1023) + "1".repeat(4096)
        }) {
      assertTimeoutPreemptively(HANGS, () -> assertUnreadable(place, place.answer(number)));
    }
  }

  @Test
  void readsDigitsInATextWithJsonQuickly() {
    var escaped = "\\u0031".repeat(LONG / 4);

    assertTimeoutPreemptively(
        HANGS,
        () -> assertUnreadable(Place.IOTX_BYTES_IN_TEXT, Place.IOTX_BYTES_IN_TEXT.answer(escaped)));
  }

  @ParameterizedTest
  @EnumSource
  void readsMillionsOfBlanksQuickly(Place place) {
    for (var blank : new String[] {" ", "\n", "\t\r\n "}) {
      var json = blank.repeat(2 * LONG / blank.length()) + "1";
      assertTimeoutPreemptively(HANGS, () -> assertUnreadable(place, place.answer(json)));
    }
  }

  @Test
  void readsOrdinaryBlanksAndLongTexts() {
    var place = Place.MASON_TEXT;

    assertThat(answerTo(place, " ".repeat(60_000) + "\"1\"")).isEqualTo(answerTo(place, "\"1\""));
    assertThat(answerTo(place, "\"" + "a1-".repeat(LONG / 3) + "\"").toString())
        .contains("a1-".repeat(LONG / 3));
  }

  @ParameterizedTest
  @EnumSource
  void limitsTheServersTextInAMessage(Place place) {
    var text = "\"" + "secret ".repeat(LONG / 7) + "\"";
    outcome(place.call, place.answer(text));
    outcome(place.call, place.answer(text + ":1"));
    outcome(place.call, place.answer("{" + text + ":[".repeat(10)));
    outcome(place.call, place.answer("1," + text + ":}"));
  }

  @ParameterizedTest
  @MethodSource("io.simtally.reliability.answers.Sample#all")
  void acceptsOnlyCompleteJson(Sample sample) {
    var body = sample.bytes();
    var text = body.utf8().strip();
    for (var broken :
        new String[] {
          "",
          " \r\n\t ",
          "<!DOCTYPE html><html><body>Sign in</body></html>",
          "Service temporarily unavailable",
          "null",
          "true",
          "0",
          "\"\"",
          "[]",
          "{}",
          "[" + text + "]",
          text + "x",
          text + "}",
          text + ",",
          text + text,
          text + "\n" + text,
          text + "\0",
          "\0" + text,
          ")]}'\n" + text,
          "/* for you */" + text,
          text + "// for you",
          "callback(" + text + ")",
          text.replace('"', '\''),
          text.replace("\"", ""),
          text.replace(":", "="),
          text.replace(",", ";"),
          text.substring(0, text.length() - 1) + ",}",
          "data: " + text + "\n\n",
        }) {
      assertUnreadable(sample.call(), ByteString.encodeUtf8(broken));
    }
    assertUnreadable(sample.call(), ByteString.encodeString(text, StandardCharsets.UTF_16));
    assertUnreadable(sample.call(), ByteString.encodeString(text, StandardCharsets.UTF_16LE));
    assertUnreadable(sample.call(), Sample.gzip(body));
  }

  @ParameterizedTest
  @MethodSource("io.simtally.reliability.answers.Sample#all")
  void readsValidJsonWithAnyContentTypeAndSurroundingBlanks(Sample sample) {
    var body = sample.bytes();
    answer.set(body);
    var expected = sample.call().execute(clients);

    for (var type :
        new String[] {
          "text/html", "text/plain; charset=iso-8859-1", "application/octet-stream", "x", ""
        }) {
      answer.set(200, Headers.of("Content-Type", type), body);
      assertThat(sample.call().execute(clients)).isEqualTo(expected);
    }
    answer.set(ByteString.encodeUtf8("\ufeff" + body.utf8()));
    assertThat(sample.call().execute(clients)).as("byte order mark").isEqualTo(expected);
    answer.set(ByteString.encodeUtf8("\r\n\t " + body.utf8() + " \r\n\n"));
    assertThat(sample.call().execute(clients)).as("blanks").isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c328", "eda080", "f8888080", "ff", "c0af", "e282", "00"})
  void survivesInvalidUtf8(String hex) {
    var bytes = ByteString.decodeHex(hex);
    for (var place : Place.values()) {
      outcome(place.call, place.answer(bytes));
      outcome(
          place.call,
          place.answer(new Buffer().writeByte('"').write(bytes).writeByte('"').readByteString()));
    }
    assertUnreadable(Place.MASON_UPLOAD, Place.MASON_UPLOAD.answer(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"\\ud800\"', \ufffd", // half a surrogate pair: Java keeps it, no encoder can write it
    "'\"a\\u0000b\"', a\0b",
    "'\"\\ud83d\\ude00\"', 😀"
  })
  void keepsUnusualValidText(String json, String expected) {
    var text = answerTo(Place.MASON_TEXT, json).toString();

    assertThat(new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16))
        .contains("iccid=" + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MASON_SERIES_ACCOUNT         | "upload":1                             | "upload":9
          MASON_SERIES_ACCOUNT         | "download":2                           | "download":"9"
          MASON_SERIES_ACCOUNT         | "total":3                              | "total":0
          MASON_SERIES_ACCOUNT         | "unit":"bytes"                         | "unit":"kB"
          MASON_SERIES_ACCOUNT         | "day":"2022-07-07T00:00:00Z"           | "date":"2022-07-08T00:00:00Z"
          MASON_SERIES_ACCOUNT         | "nextPage":"abc"                       | "nextPage":"def"
          MASON_SERIES_ACCOUNT         | "nextPage":"abc"                       | "data":[]
          MASON_AGGREGATE_SIMS         | "iccid":"8901"                         | "iccid":"2"
          MASON_AGGREGATE_SIMS         | "sim":{"iccid":"8901"}                 | "sim":{"iccid":"2"}
          MASON_AGGREGATE_SIMS         | "value":"x"                            | "value":"y"
          MASON_AGGREGATE_SIMS         | "sim":{"iccid":"8901"}                 | "usage":{"date":"2022-07-01T00:00:00Z","upload":7,"download":2,"total":9,"unit":"bytes"}
          M2M_USAGE_BY_DEVICE          | "bytesUsed":1                          | "bytesUsed":2
          M2M_USAGE_BY_DEVICE          | "smsUsed":2                            | "smsUsed":3
          M2M_USAGE_BY_DEVICE          | "hasMoreData":true                     | "hasMoreData":false
          M2M_USAGE_BY_DEVICE          | "hasMoreData":true                     | "usageHistory":[]
          M2M_USAGE_BY_DEVICE          | "id":"1"                               | "id":"2"
          M2M_USAGE_BY_DEVICE          | "value":"1"                            | "value":"2"
          M2M_USAGE_BY_DEVICE          | "smsUsed":2                            | "extendedAttributes":[]
          M2M_USAGE_BY_DEVICE          | "timestamp":"2022-07-07T00:00:00Z"     | "timestamp":"2022-07-08T00:00:00Z"
          HYPER_PRECISE_SESSION_REPORT | "numBytes":5                           | "numBytes":6
          HYPER_PRECISE_SESSION_REPORT | "txid":"2"                             | "sessions":[]
          HYPER_PRECISE_SESSION_REPORT | "id":"1"                               | "id":"3"
          HYPER_PRECISE_SESSION_REPORT | "endTime":"2022-07-07T01:00:00Z"       | "endTime":"2022-07-07T02:00:00Z"
          ALEF_SUBSCRIBER_BYTE_USAGE   | "value":5                              | "value":6
          ALEF_SUBSCRIBER_BYTE_USAGE   | "name":"uplink_bytes"                  | "name":"downlink_bytes"
          IOTX_DATA_USAGE              | "2022-07-07T00:00:00+00:00":1          | "2022-07-07T00:00:00Z":2
          IOTX_DATA_USAGE              | "mobileTerminated":{}                  | "mobileTerminated":{"2022-07-07T00:00:00+00:00":2}
          """)
  void refusesDuplicateMembersWithDifferentValues(Call call, String member, String other) {
    var json = answerWithEveryMember(call);
    assertThat(json).contains(member);

    answer.set(ByteString.encodeUtf8(json));
    var expected = call.execute(clients);
    answer.set(ByteString.encodeUtf8(json.replace(member, member + "," + member)));
    assertThat(call.execute(clients)).as("said twice").isEqualTo(expected);

    assertUnreadable(call, ByteString.encodeUtf8(json.replace(member, member + "," + other)));
    assertUnreadable(call, ByteString.encodeUtf8(json.replace(member, other + "," + member)));
  }

  private static String answerWithEveryMember(Call call) {
    return switch (call) {
      case MASON_SERIES_ACCOUNT ->
          """
          {"data":[{"day":"2022-07-07T00:00:00Z","upload":1,"download":2,"total":3,\
          "unit":"bytes"}],"nextPage":"abc"}\
          """;
      case MASON_AGGREGATE_SIMS ->
          """
          {"data":[{"usage":{"date":"2022-07-01T00:00:00Z","upload":1,"download":2,"total":3,\
          "unit":"bytes"},"sim":{"iccid":"8901"},"marker":{"key":"carrier","value":"x"}}]}\
          """;
      case M2M_USAGE_BY_DEVICE ->
          """
          {"hasMoreData":true,"deviceId":{"kind":"imei","id":"1"},"usageHistory":[{"bytesUsed":1,\
          "smsUsed":2,"source":"a","timestamp":"2022-07-07T00:00:00Z","extendedAttributes":[\
          {"key":"MoSms","value":"1"}]}]}\
          """;
      case HYPER_PRECISE_SESSION_REPORT ->
          """
          {"id":"1","txid":"2","sessions":[{"startTime":"2022-07-07T00:00:00Z",\
          "endTime":"2022-07-07T01:00:00Z","numBytes":5}]}\
          """;
      case ALEF_SUBSCRIBER_BYTE_USAGE ->
          """
          {"msisdn":1,"result":[[{"time_stamp":"2022-07-07T10:00:00+00:00",\
          "name":"uplink_bytes","value":5,"aggregation_type":"COUNT"}]]}\
          """;
      case IOTX_DATA_USAGE ->
          """
          {"content":[{"mobileOriginated":{"2022-07-07T00:00:00+00:00":1},\
          "mobileTerminated":{}}]}\
          """;
      default -> throw new AssertionError("no answer to contradict for " + call);
    };
  }

  @ParameterizedTest
  @CsvSource({"msisdn, 1, 2", "result, [], []"})
  void refusesAReportWithADuplicateMember(String name, String one, String other) {
    assertUnreadable(
        Call.ALEF_SUBSCRIBER_BYTE_USAGE,
        ByteString.encodeUtf8(
            "{\"result\":[],\"%s\":%s,\"%s\":%s}".formatted(name, one, name, other)));
  }

  private Object answerTo(Place place, String json) {
    answer.set(place.answer(json));
    return place.call.execute(clients);
  }

  private void assertUnreadable(Place place, ByteString body) {
    assertUnreadable(place.call, body);
  }

  private void assertUnreadable(Call call, ByteString body) {
    assertThat(outcome(call, body))
        .as(() -> body.substring(0, Math.min(300, body.size())).utf8())
        .isInstanceOf(ApiException.class);
  }

  /** Returns the typed response or the ApiException, the only permitted outcomes. */
  private Object outcome(Call call, ByteString body) {
    answer.set(body);
    try {
      return call.execute(clients);
    } catch (ApiException e) {
      assertThat(e.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
      assertThat(e.getMessage()).hasSizeLessThan(2048);
      assertThat(e.getMessage()).contains("$");
      return e;
    }
  }
}
