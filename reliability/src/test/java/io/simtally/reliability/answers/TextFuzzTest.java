package io.simtally.reliability.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.PageCursor;
import io.simtally.core.internal.Timestamps;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistoryRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes the handwritten parsers: cursors, times, {@code Retry-After}, error bodies. The seeds are
 * values that providers send, as in {@link AnswerFuzzTest}.
 */
final class TextFuzzTest {
  private static final MemoryAnswer ANSWER = new MemoryAnswer();
  private static final Clients CLIENTS = ANSWER.clients();
  private static final MemoryNetwork NETWORK = new MemoryNetwork();
  private static final Clients NETWORKED = Clients.over(NETWORK);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(999_999_999);
  private static final Duration LAST_DATE = Duration.ofDays(10_000 * 366L);

  private static final Map<Integer, Kind> REFUSALS =
      Map.of(
          400, Kind.INVALID_REQUEST,
          401, Kind.UNAUTHENTICATED,
          403, Kind.FORBIDDEN,
          404, Kind.NOT_FOUND,
          409, Kind.CONFLICT,
          418, Kind.UNEXPECTED_STATUS,
          429, Kind.RATE_LIMITED,
          500, Kind.SERVER_ERROR);

  @MethodSource("cursors")
  @FuzzTest
  void cursor(byte[] bytes) {
    PageCursor cursor;
    try {
      cursor = PageCursor.parse(text(bytes));
    } catch (IllegalArgumentException refused) {
      return; // as documented
    }
    assertThat(PageCursor.parse(cursor.toString())).isEqualTo(cursor);
  }

  static Stream<byte[]> cursors() {
    return Stream.of(
        bytes("s1.0123456789abcdef.MjAyMC0xMi0wMVQwMDowMDowMFog"), bytes(usageCursor().toString()));
  }

  /** Fuzzes a manipulated cursor, passed to a request that matches it. */
  @MethodSource("positions")
  @FuzzTest
  void positionInAUsageHistory(byte[] position) {
    var own = usageCursor().toString();
    var scope = own.substring(0, own.lastIndexOf('.') + 1);
    if (position.length == 0) {
      return; // no text form
    }
    var changed = PageCursor.parse(scope + ByteString.of(position).base64Url());
    ANSWER.set(Sample.bytes("thingspace-m2m/usage-by-device.response.json"));
    try {
      assertThat(usageHistory().from(changed).execute()).isNotNull();
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("cursor");
    } catch (ApiException e) {
      assertThat(e.kind()).isEqualTo(Kind.PAGING_STALLED);
    }
  }

  static Stream<byte[]> positions() {
    return Stream.of(
        bytes("2020-12-01T00:00:00Z "),
        bytes("2020-12-01T00:00:00Z 0123456789abcdef0123456789abcdef"));
  }

  private static UsageHistoryRequest usageHistory() {
    return CLIENTS
        .get(ThingSpaceM2m.class)
        .usageHistory()
        .device(DeviceId.iccid("89148000000800139708"))
        .earliest(Instant.EPOCH)
        .latest(Instant.parse("2020-12-31T00:00:00Z"));
  }

  private static PageCursor usageCursor() {
    ANSWER.set(
        ByteString.encodeUtf8(
            """
            {"hasMoreData":true,"usageHistory":[{"timestamp":"2020-12-01T00:00:00Z","bytesUsed":1,
             "smsUsed":0}]}\
            """));
    return usageHistory().execute().next().orElseThrow();
  }

  /** The parser agrees with the JDK's parser, and also accepts the short form of an offset. */
  @MethodSource("times")
  @FuzzTest
  void timestamp(byte[] bytes) {
    var text = text(bytes);
    var expected = jdk(text);
    if (expected == null) {
      expected = jdk(text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"));
    }
    if (expected == null) {
      expected = jdk(text.replaceFirst("([+-]\\d\\d)$", "$1:00"));
    }
    assertThat(simtally(text)).isEqualTo(expected);
  }

  private static @Nullable OffsetDateTime jdk(String text) {
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException refused) {
      return null;
    }
  }

  private static @Nullable OffsetDateTime simtally(String text) {
    try {
      return Timestamps.parse(text);
    } catch (DateTimeException refused) {
      return null;
    }
  }

  static Stream<byte[]> times() {
    return Stream.of(
            "2020-08-01T00:00:00Z",
            "2022-07-08T04:20:00.123456789+00:00",
            "2017-08-17T13:15:00+00:1",
            "2020-02-29T23:59:59.5-1130",
            "9337-02-29T23:59:59.5-1130",
            "2020-12-01T00:00+05",
            "+12020-12-01T00:00:00Z")
        .map(TextFuzzTest::bytes);
  }

  @MethodSource("waits")
  @FuzzTest
  void retryAfter(byte[] bytes) {
    var header = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[\\r\\n\\x00]", "");
    ANSWER.set(
        429,
        new Headers.Builder().addUnsafeNonAscii("Retry-After", header).build(),
        ByteString.EMPTY);

    var wait =
        catchThrowableOfType(ApiException.class, () -> Call.MASON_SERIES_ACCOUNT.execute(CLIENTS))
            .retryAfter();

    if (header.strip().matches("[0-9]{1,9}")) {
      assertThat(wait).isEqualTo(Duration.ofSeconds(Long.parseLong(header.strip())));
    } else if (wait != null) {
      var longest = header.matches("[0-9]+") ? LONGEST_WAIT : LAST_DATE;
      assertThat(wait).isBetween(Duration.ZERO, longest);
    }
  }

  static Stream<byte[]> waits() {
    return Stream.of(
            "0", "120", "99999999999999999999", "Wed, 21 Oct 2099 07:28:00 GMT", "-1", "1.5")
        .map(TextFuzzTest::bytes);
  }

  /** Runs the whole chain, because ThingSpace's auth reads error bodies too. */
  @MethodSource("errors")
  @FuzzTest
  void errorBody(byte[] bytes) {
    var status = REFUSALS.keySet().stream().sorted().toList().get(bytes.length % REFUSALS.size());
    NETWORK.answer(status, "", ByteString.of(bytes));
    for (var call : new Call[] {Call.MASON_SERIES_ACCOUNT, Call.M2M_USAGE_BY_DEVICE}) {
      var failure = catchThrowableOfType(ApiException.class, () -> call.execute(NETWORKED));

      assertThat(failure.status()).isEqualTo(status);
      // ThingSpace reports a refused token in the body too.
      assertThat(failure.kind()).isIn(REFUSALS.get(status), Kind.UNAUTHENTICATED);
      assertThat(failure.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(8192);
    }
  }

  static Stream<byte[]> errors() {
    return Stream.concat(
        Stream.of(400, 401, 403, 404, 409, 500)
            .map(status -> "thingspace-hyperprecise/error-" + status + ".json")
            .map(file -> Sample.bytes(file).toByteArray()),
        Stream.of(
                """
                {"error":{"code":"x","message":"y"}}\
                """,
                """
                {"fault":{"code":900901,"message":"Invalid Credentials","description":"Access failure"}}\
                """,
                """
                {"errorCode":"UnifiedWebService.REQUEST_FAILED.SessionToken.Expired"}\
                """,
                "<html>Bad gateway</html>")
            .map(TextFuzzTest::bytes));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
