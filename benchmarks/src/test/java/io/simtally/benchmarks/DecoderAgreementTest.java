package io.simtally.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.iotx.IotxAnswers;
import io.simtally.mason.MasonAnswers;
import io.simtally.thingspace.m2m.M2mAnswers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares Simtally's decoders with plain Moshi on differently written JSON. */
final class DecoderAgreementTest {
  private static final int VARIANTS = 60;

  /** Names and values with other alphabets, escapes and surrogate pairs. */
  private static final List<String> TEXTS =
      List.of(
          "Raw Usage",
          "Rôute \"7\\\\8\"/\b\f\n\r\t",
          "使用量",
          "🛰 émetteur",
          "0",
          "",
          "bytes",
          "ioT\u0000");

  @Test
  void readsThingSpacePagesAsPlainMoshiDoes() throws IOException {
    for (int seed = 0; seed < VARIANTS; seed++) {
      var json = thingSpace(seed);
      var own = Wire.UsagePage.of(M2mAnswers.read(reader(json)));
      assertThat(own).as(json).isEqualTo(HandMoshi.thingSpace(reader(json)));
      assertThat(own).isEqualTo(Libraries.moshi().adapter(Wire.UsagePage.class).fromJson(json));
    }
  }

  @Test
  void readsMasonPagesAsPlainMoshiDoes() throws IOException {
    for (int seed = 0; seed < VARIANTS; seed++) {
      var json = mason(seed);
      var own = Wire.MasonPage.of(MasonAnswers.read(reader(json)));
      assertThat(own).as(json).isEqualTo(HandMoshi.mason(reader(json)));
      assertThat(own).isEqualTo(Libraries.moshi().adapter(Wire.MasonPage.class).fromJson(json));
    }
  }

  @Test
  void readsIotxAnswersAsPlainMoshiDoes() throws IOException {
    for (int seed = 0; seed < VARIANTS; seed++) {
      var json = iotx(seed);
      var own = Wire.IotxAnswer.of(IotxAnswers.read(reader(json)));
      assertThat(own).as(json).isEqualTo(HandMoshi.iotx(reader(json)));
      assertThat(own).isEqualTo(Libraries.moshi().adapter(Wire.IotxAnswer.class).fromJson(json));
    }
  }

  /** Damage that plain Moshi refuses too, in the grammar or in the range of a value. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"bytesUsed\":->\"bytesUsed\":01",
        "\"bytesUsed\":->\"bytesUsed\":9223372036854775808,\"x\":",
        "\"bytesUsed\":->\"bytesUsed\":1.5,\"x\":",
        "\"bytesUsed\":->\"bytesUsed\":NaN,\"x\":",
        "\"smsUsed\":->'smsUsed':",
        "\"smsUsed\":->\"smsUsed\"=",
        "\"smsUsed\":->smsUsed:",
        "\"timestamp\":\"2020->\"timestamp\":\"20-20",
        "-01T00:00:00Z->-32T00:00:00Z",
        "-01T00:00:00Z->-01T24:00:01Z",
        "-01T00:00:00Z->-01T00:00:00",
        "T00:00:00Z->T00:00:00+19:00",
        "},{->},,{",
        "}]}->}]",
        "\"key\":->\"key\" \"x\":",
        "Raw Usage->Raw\\qUsage",
        "Raw Usage->Raw\\u12G4Usage"
      })
  void refusesWhatPlainMoshiRefuses(String damage) {
    var parts = damage.split("->", 2);
    var whole = new String(Bodies.thingSpace(3), StandardCharsets.UTF_8);
    var json = whole.replace(parts[0], parts[1]);
    assertThat(json).isNotEqualTo(whole);
    assertThatThrownBy(() -> HandMoshi.thingSpace(reader(json))).isInstanceOf(Exception.class);
    assertThatThrownBy(() -> M2mAnswers.read(reader(json)))
        .isInstanceOfAny(IOException.class, JsonDataException.class);
  }

  private static String thingSpace(int seed) throws IOException {
    var variants = new JsonVariants(seed);
    var text = new String(Bodies.thingSpace(7), StandardCharsets.UTF_8);
    return variants.of(text.replace("\"Raw Usage\"", quoted(seed)).replace("\"0\"", quoted(seed)));
  }

  private static String mason(int seed) throws IOException {
    var text = new String(Bodies.mason(7), StandardCharsets.UTF_8);
    return new JsonVariants(seed)
        .of(text.replace("\"G450\"", quoted(seed)).replace("\"bytes\"", quoted(seed + 1)));
  }

  private static String iotx(int seed) throws IOException {
    var text = new String(Bodies.iotx(7, 3), StandardCharsets.UTF_8);
    return new JsonVariants(seed).of(text.replace("\"447500000003\"", quoted(seed)));
  }

  private static String quoted(int seed) throws IOException {
    var json = new Buffer();
    com.squareup.moshi.JsonWriter.of(json).value(TEXTS.get(seed % TEXTS.size())).close();
    return json.readUtf8();
  }

  private static JsonReader reader(String json) {
    return JsonReader.of(new Buffer().writeUtf8(json));
  }
}
