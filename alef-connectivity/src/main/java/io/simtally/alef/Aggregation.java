package io.simtally.alef;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The aggregation of a metric's values. The constants are those that Alef documents; {@link #of}
 * accepts any other.
 *
 * @param word the aggregation as Alef writes it, for example {@code COUNT}
 */
public record Aggregation(String word) {
  /** The sum of the values, not their number. */
  public static final Aggregation COUNT = of("COUNT");

  /** The average; of bandwidth, over the seconds with traffic only. */
  public static final Aggregation AVG = of("AVG");

  /** The least value. */
  public static final Aggregation MIN = of("MIN");

  /** The greatest value; where a report covers several subscribers, that of one of them. */
  public static final Aggregation MAX = of("MAX");

  /** Whether the status holds, for {@link Metric#UE_ONLINE_STATUS}. */
  public static final Aggregation EXISTS = of("EXISTS");

  private static final List<Aggregation> DOCUMENTED = List.of(COUNT, AVG, MIN, MAX, EXISTS);
  private static final JsonReader.Options WORDS =
      JsonReader.Options.of(DOCUMENTED.stream().map(Aggregation::word).toArray(String[]::new));

  /** Refuses null, blank text and line breaks. */
  public Aggregation {
    Preconditions.text("aggregation", word);
  }

  /**
   * {@return the aggregation that Alef calls {@code word}}
   *
   * @param word the aggregation as Alef writes it, for example {@code COUNT}
   */
  public static Aggregation of(String word) {
    return new Aggregation(word);
  }

  /** Reads the name of an aggregation without copying it: each point of a series repeats it. */
  static @Nullable String readWord(JsonReader reader) throws IOException {
    var documented = reader.selectString(WORDS);
    return documented < 0 ? Json.text(reader) : DOCUMENTED.get(documented).word;
  }

  /** The word itself. */
  @Override
  public String toString() {
    return word;
  }
}
