package io.simtally.benchmarks;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import okio.Buffer;

/**
 * Writes a JSON value differently: members in another order, white space, letters as escapes,
 * unknown members in between. It uses no code of Simtally.
 */
final class JsonVariants {
  private static final String[] SPACES = {"", " ", "\n", "\t", "\r\n  "};

  private final Random random;

  JsonVariants(long seed) {
    random = new Random(seed);
  }

  /** Returns another way to write {@code json}. */
  String of(String json) throws IOException {
    var text = new StringBuilder();
    write(JsonReader.of(new Buffer().writeUtf8(json)), text, true);
    return text.toString();
  }

  private void write(JsonReader reader, StringBuilder text, boolean mayHaveUnknown)
      throws IOException {
    space(text);
    switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader, text, mayHaveUnknown);
      case BEGIN_ARRAY -> array(reader, text);
      case STRING -> string(reader.nextString(), text);
      case NULL -> text.append(String.valueOf((Object) reader.nextNull()));
      case BOOLEAN -> text.append(reader.nextBoolean());
      default -> text.append(reader.nextString());
    }
    space(text);
  }

  private void object(JsonReader reader, StringBuilder text, boolean mayHaveUnknown)
      throws IOException {
    List<String> members = new ArrayList<>();
    reader.beginObject();
    while (reader.hasNext()) {
      var member = new StringBuilder();
      var name = reader.nextName();
      space(member);
      string(name, member);
      space(member);
      member.append(':');
      // In a map, an unknown name would be data.
      write(reader, member, mayHaveUnknown && !name.equals("subscriberDataUsage"));
      members.add(member.toString());
    }
    reader.endObject();
    if (mayHaveUnknown && random.nextInt(4) == 0) {
      members.add("\"unheard of\": {\"a\": [1, {\"timestamp\": null}, \"\\\"}\"], \"b\": 1.5e9}");
    }
    Collections.shuffle(members, random);
    text.append('{').append(String.join(",", members)).append('}');
  }

  private void array(JsonReader reader, StringBuilder text) throws IOException {
    var before = "[";
    reader.beginArray();
    if (!reader.hasNext()) {
      text.append(before);
    }
    while (reader.hasNext()) {
      text.append(before);
      write(reader, text, true);
      before = ",";
    }
    reader.endArray();
    text.append(']');
  }

  private void string(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || random.nextInt(12) == 0) {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  private void space(StringBuilder text) {
    text.append(SPACES[random.nextInt(SPACES.length)]);
  }
}
