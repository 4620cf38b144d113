package io.simtally.core.internal;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Texts that come again and again, so that they need not be made anew each time. */
public final class InternedStrings {
  private final JsonReader.Options options;
  private final String[] words;

  private InternedStrings(String[] words) {
    this.options = JsonReader.Options.of(words);
    this.words = words;
  }

  /**
   * Collects such texts.
   *
   * @param words each a text that is the whole of a value
   * @return what {@link Json#text(com.squareup.moshi.JsonReader, InternedStrings)} looks a text up
   *     in
   */
  public static InternedStrings of(String... words) {
    return new InternedStrings(words.clone());
  }

  /** Reads one of them, or returns null and leaves the value where it is. */
  @Nullable String read(JsonReader reader) throws IOException {
    var index = reader.selectString(options);
    return index < 0 ? null : words[index];
  }
}
