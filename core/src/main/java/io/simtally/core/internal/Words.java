package io.simtally.core.internal;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Texts that come again and again, so that they need not be made anew each time. */
public final class Words {
  private final JsonReader.Options options;
  private final String[] words;

  private Words(String[] words) {
    this.options = JsonReader.Options.of(words);
    this.words = words;
  }

  /**
   * Collects such texts.
   *
   * @param words each a text that is the whole of a value
   * @return what {@link Json#text(com.squareup.moshi.JsonReader, Words)} looks a text up in
   */
  public static Words of(String... words) {
    return new Words(words.clone());
  }

  /** Reads one of them, or returns null and leaves the value where it is. */
  @Nullable String read(JsonReader reader) throws IOException {
    var index = reader.selectString(options);
    return index < 0 ? null : words[index];
  }
}
