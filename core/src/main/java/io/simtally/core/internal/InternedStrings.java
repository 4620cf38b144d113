package io.simtally.core.internal;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Frequent texts, which a decoder returns without a new string. */
public final class InternedStrings {
  private final JsonReader.Options options;
  private final String[] words;

  private InternedStrings(String[] words) {
    this.options = JsonReader.Options.of(words);
    this.words = words;
  }

  /**
   * Creates a set of texts.
   *
   * @param words the texts, each a whole value
   * @return the set for {@link Json#text(com.squareup.moshi.JsonReader, InternedStrings)}
   */
  public static InternedStrings of(String... words) {
    return new InternedStrings(words.clone());
  }

  /** Reads one of the texts, or returns null without moving the reader. */
  @Nullable String read(JsonReader reader) throws IOException {
    var index = reader.selectString(options);
    return index < 0 ? null : words[index];
  }
}
