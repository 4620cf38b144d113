package io.simtally.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "\"0\", 0",
    "\"+7\", 7",
    "1e3, 1000",
    "\"1e3\", 1000",
    "\"1.0\", 1",
    "\"9223372036854775807\", 9223372036854775807"
  })
  void readsACount(String json, long count) throws IOException {
    assertThat(Json.count(reader(json), "a count")).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "\"-1\"",
        "\"\"",
        "\"1.5\"",
        "\"9223372036854775808\"",
        "\"1e999999999\"",
        "\"NaN\"",
        "true",
        "null",
        "[]"
      })
  void refusesWhatIsNoCountAndSaysWhere(String json) {
    assertThatThrownBy(() -> Json.count(reader(json), "a count"))
        .isInstanceOf(JsonDataException.class)
        .hasMessageStartingWith("Expected a count but was ")
        .hasMessageEndingWith(" at path $");
  }

  @ParameterizedTest
  @ValueSource(strings = {"١", "４２", "1٠", "१e३", "𝟙"})
  void refusesDigitsThatAreNotAscii(String digits) {
    var json = "\"" + digits + "\"";
    assertThatThrownBy(() -> Json.count(reader(json), "a count"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Expected a count but was " + digits + " at path $");
    assertThatThrownBy(() -> Json.decimal(reader(json), "a rate"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Expected a rate but was " + digits + " at path $");
  }

  @Test
  void refusesANumberOfTooManyDigits() throws IOException {
    assertThat(Json.count(reader("\"" + "0".repeat(63) + "7\""), "a count")).isEqualTo(7);
    assertThatThrownBy(() -> Json.count(reader("\"" + "0".repeat(64) + "7\""), "a count"))
        .hasMessage("Expected a count but was 65 characters at path $");
  }

  @Test
  void readsADecimalExactlyAsItIsWritten() throws IOException {
    assertThat(Json.decimal(reader("1.50"), "a rate")).isEqualTo(new BigDecimal("1.50"));
    assertThat(Json.decimal(reader("\"-0.1\""), "a rate")).isEqualTo(new BigDecimal("-0.1"));
    for (var json : new String[] {"\"x\"", "{}", "null"}) {
      assertThatThrownBy(() -> Json.decimal(reader(json), "a rate"))
          .isInstanceOf(JsonDataException.class)
          .hasMessageContaining("Expected a rate but was ");
    }
  }

  @Test
  void readsATime() throws IOException {
    assertThat(Json.time(reader("\"2020-12-01T00:00:00Z\""), "a time"))
        .isEqualTo(OffsetDateTime.parse("2020-12-01T00:00:00Z"));
    for (var json : new String[] {"\"2020-12-01\"", "20201201", "null"}) {
      assertThatThrownBy(() -> Json.time(reader(json), "a time"))
          .isInstanceOf(JsonDataException.class)
          .hasMessageContaining("Expected a time but was ")
          .hasMessageEndingWith(" at path $");
    }
  }

  @Test
  void readsTextOfWhateverKind() throws IOException {
    assertThat(Json.text(reader("\"a\""))).isEqualTo("a");
    assertThat(Json.text(reader("1.50"))).isEqualTo("1.50");
    assertThat(Json.text(reader("true"))).isEqualTo("true");
    assertThat(Json.text(reader("false"))).isEqualTo("false");
    assertThat(Json.text(reader("null"))).isNull();
  }

  @Test
  void readsAFlagAlsoAsText() throws IOException {
    assertThat(Json.flag(reader("true"), "a flag")).isTrue();
    assertThat(Json.flag(reader("false"), "a flag")).isFalse();
    assertThat(Json.flag(reader("\"true\""), "a flag")).isTrue();
    assertThat(Json.flag(reader("\"false\""), "a flag")).isFalse();
    for (var json : new String[] {"\"TRUE\"", "1", "null", "\"\""}) {
      assertThatThrownBy(() -> Json.flag(reader(json), "a flag"))
          .isInstanceOf(JsonDataException.class)
          .hasMessageContaining("Expected a flag but was ");
    }
  }

  @Test
  void readsAListThatNobodyCanChange() throws IOException {
    var list = Json.list(reader("[\"a\",\"b\"]"), JsonReader::nextString);

    assertThat(list).containsExactly("a", "b");
    assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThat(Json.list(reader("null"), JsonReader::nextString)).isEmpty();
  }

  @Test
  void skipsNullOnly() throws IOException {
    var reader = reader("[null,1]");
    reader.beginArray();
    assertThat(Json.skipNull(reader)).isTrue();
    assertThat(Json.skipNull(reader)).isFalse();
    assertThat(reader.nextInt()).isEqualTo(1);
  }

  @Test
  void skipsAMemberWithItsName() throws IOException {
    var reader = reader("{\"a\":{\"b\":[1]},\"c\":2}");
    reader.beginObject();
    Json.skipMember(reader);
    assertThat(reader.nextName()).isEqualTo("c");
  }

  @Test
  void namesTheObjectThatLacksAMember() throws IOException {
    var reader = reader("{\"rows\":[{\"a\":1}]}");
    reader.beginObject();
    reader.nextName();
    reader.beginArray();
    reader.beginObject();
    reader.nextName();
    reader.nextInt();

    assertThat(Json.required(reader, "b", "there")).isEqualTo("there");
    assertThatThrownBy(() -> Json.required(reader, "b", null))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Required value 'b' missing at $.rows[0]");
    assertThatThrownBy(() -> Json.required(reader("{}"), "b", null))
        .hasMessage("Required value 'b' missing at $");
  }

  @Test
  void takesTheOneOfTwoMembersThatSaysSomething() {
    var reader = reader("{}");
    assertThat(Json.<String>once(reader, null, null)).isNull();
    assertThat(Json.once(reader, "a", null)).isEqualTo("a");
    assertThat(Json.once(reader, null, "a")).isEqualTo("a");
    assertThat(Json.once(reader, "a", "a")).isEqualTo("a");
    assertThat(Json.onceCount(reader, Json.NO_COUNT, 7)).isEqualTo(7);
    assertThat(Json.onceCount(reader, 7, 7)).isEqualTo(7);
  }

  @Test
  void takesNeitherOfTwoMembersThatContradictEachOther() {
    var message = "Expected the same value as before but was another one at path $";
    assertThatThrownBy(() -> Json.once(reader("{}"), "a", "b"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Json.onceCount(reader("{}"), 0, 1))
        .isInstanceOf(JsonDataException.class)
        .hasMessage(message);
  }

  @Test
  void requiresACount() {
    assertThat(Json.required(reader("{}"), "bytes", 0)).isZero();
    assertThat(Json.required(reader("{}"), "bytes", 7)).isEqualTo(7);
    assertThatThrownBy(() -> Json.required(reader("{}"), "bytes", Json.NO_COUNT))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Required value 'bytes' missing at $");
  }

  @Test
  void readsAWordThatIsKnownAndAnyOther() throws IOException {
    var words = InternedStrings.of("bytes");
    assertThat(Json.text(reader("\"bytes\""), words)).isSameAs("bytes");
    assertThat(Json.text(reader("\"octets\""), words)).isEqualTo("octets");
    assertThat(Json.text(reader("null"), words)).isNull();
  }

  @Test
  void quotesAHundredCharacters() {
    var hundred = "x".repeat(100);
    assertThat(Json.unexpected(reader("1"), "a time", hundred))
        .hasMessage("Expected a time but was " + hundred + " at path $");
    assertThat(Json.unexpected(reader("1"), "a time", hundred + "y"))
        .hasMessage("Expected a time but was " + hundred + "… at path $");
  }

  private static JsonReader reader(String json) {
    return JsonReader.of(new Buffer().writeUtf8(json));
  }
}
