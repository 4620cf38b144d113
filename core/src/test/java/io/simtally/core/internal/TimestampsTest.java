package io.simtally.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @Test
  void readsWhatTheJdkReads() {
    var random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      var time =
          OffsetDateTime.ofInstant(
              Instant.ofEpochSecond(
                  random.nextLong(0, 4_102_444_800L),
                  random.nextInt(4) == 0 ? random.nextInt(1_000_000_000) : 0),
              random.nextBoolean()
                  ? ZoneOffset.UTC
                  : ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60)));

      assertThat(Timestamps.parse(time.toString())).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2016-12-06T10:30:00+00:00, 2016-12-06T10:30:00Z",
    "2020-02-29T23:59:59.999999999-11:30, 2020-02-29T23:59:59.999999999-11:30",
    "2020-12-01T00:00Z, 2020-12-01T00:00:00Z",
    "2020-12-01T00:00:00+0530, 2020-12-01T00:00:00+05:30",
    "2020-12-01T00:00:00.5Z, 2020-12-01T00:00:00.500Z",
    "2020-12-01t00:00:00z, 2020-12-01T00:00:00Z"
  })
  void readsEveryFormOfOffset(String text, String expected) {
    assertThat(Timestamps.parse(text)).isEqualTo(OffsetDateTime.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.25Z",
        "2016-12-31t23:59:60z",
        "2015-06-30T23:59:60+00:00",
        "2016-12-31T23:59:60-05:00"
      })
  void readsALeapSecondAsTheJdkDoes(String text) {
    var jdk = DateTimeFormatter.ISO_INSTANT.parse(text, Instant::from);

    assertThat(Timestamps.parse(text).toInstant()).isEqualTo(jdk);
  }

  @Test
  void readsALeapSecondBeforeAShortOffset() {
    assertThat(Timestamps.parse("2016-12-31T23:59:60+0000"))
        .isEqualTo(OffsetDateTime.parse("2016-12-31T23:59:59Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2016-12-31T23:58:60Z",
        "2016-12-31T22:59:60Z",
        "2016-12-31T23:59:61Z",
        "2016-12-31T23:59:6٠Z",
        "2020-12-01T00:00:00+٠٥:00",
        "2020-12-01T00:00:00.٥Z",
        "2020-12-01",
        "2020-12-01T00:00:00",
        "2020-12-01 00:00:00Z",
        "2020-02-30T00:00:00Z",
        "2020-13-01T00:00:00Z",
        "2020-12-01T24:00:00Z",
        "2020-12-01T00:60:00Z",
        "2020-12-01T00:00:60Z",
        "2020-12-01T00:00:00.1234567890Z",
        "2020-12-01T00:00:00+19:00",
        "2020-12-01T00:00:00+05:99",
        "2020-12-01T00:00:00+0:30",
        "2023-02-29T00:00:00Z",
        "2023-02-29T00:00:00+0530",
        "2023-04-31T00:00:00+05",
        "2020-12-01T24:00:00+0530",
        "2017-08-17T13:15:00+00:1",
        "2020-12-01T00:00:00ZZ",
        " 2020-12-01T00:00:00Z",
        "２０２０-12-01T00:00:00Z",
        "-020-12-01T00:00:00Z"
      })
  void refusesWhatIsNoTimeWithAnOffset(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2020-12-01T00:00:00Z",
        "2020-12-01T23:59:00Z",
        "2019-09-09T09:09:09Z",
        "2016-12-06T10:30:00+00:00",
        "2016-12-06T10:30:00+05:30",
        "2016-12-06T10:30:00-11:30",
        "2016-12-06T10:30:00+09:00",
        "2016-12-06T10:30:00+00:09",
        "2020-12-01T00:00:00.5Z",
        "2020-12-01T00:00:00.000000009Z",
        "2020-12-01T00:00:00.123456789+09:00"
      })
  void readsWhatProvidersSendWithoutTheJdksParser(String text) {
    assertThat(Timestamps.parsePlain(text)).isEqualTo(OffsetDateTime.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2020-12-01T00:00Z",
        "2020/12-01T00:00:00Z",
        "2020-12-01 00:00:00Z",
        "2020-12-01T00.00:00Z",
        "2020-12-01T0:/0:00Z00",
        "2020-12-01T00:00:0:Z",
        "2020-12-01T00:00:00.Z",
        "2020-12-01T00:00:00.1234567890Z",
        "2020-12-01T00:00:00+0530",
        "2020-12-01T00:00:00+05.30",
        "2020-12-01T00:00:00 05:30",
        "2020-12-01T00:00:00+:5:30",
        "2020-12-01T00:00:00+0/:30",
        "2020-12-01T00:00:00+05:/0",
        "2020-12-01T00:00:00+05:3:",
        "2020-12-01T00:00:00z"
      })
  void leavesOtherShapesToTheJdk(String text) {
    assertThat(Timestamps.parsePlain(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2020-12-01T00:00:00Z, 2020-12-01T00:00:00Z",
    "2020-12-01T00:00:00.999Z, 2020-12-01T00:00:00Z",
    "2020-12-01T10:30:00Z, 2020-12-01T10:30:00Z",
    "2020-12-01T10:30:09.5Z, 2020-12-01T10:30:09Z",
    "0099-12-01T10:30:59Z, 0099-12-01T10:30:59Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
    "-0001-12-31T23:59:59Z, -0001-12-31T23:59:59Z",
    "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00Z",
    "+1000000000-12-31T23:59:59.999999999Z, +1000000000-12-31T23:59:59Z"
  })
  void writesWholeSecondsInUtc(String instant, String expected) {
    assertThat(Timestamps.utcSeconds(Instant.parse(instant))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2016-12-06T10:30:00Z, 2016-12-06T10:30:00+00:00",
    "2022-07-07T09:50:00+05:30, 2022-07-07T09:50:00+05:30",
    "2022-07-07T09:50:07.9-11:30, 2022-07-07T09:50:07-11:30",
    "2016-12-06T10:30:45+01:00:30, 2016-12-06T10:30:15+01:00",
    "2016-12-06T10:30:15-01:00:30, 2016-12-06T10:30:45-01:00"
  })
  void writesWholeSecondsWithTheirOffset(OffsetDateTime time, String expected) {
    assertThat(Timestamps.seconds(time)).isEqualTo(expected);
  }
}
