package io.simtally.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.squareup.moshi.FromJson;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.ToJson;
import java.time.OffsetDateTime;

/** The JSON libraries, configured as in their documentation. */
final class Libraries {
  private Libraries() {}

  static ObjectMapper jackson() {
    return new ObjectMapper()
        .registerModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  }

  /** Returns a Moshi that binds records with reflection. */
  static Moshi moshi() {
    return new Moshi.Builder().add(new Times()).build();
  }

  /** An adapter of timestamps, as in introductions to Moshi. */
  static final class Times {
    @FromJson
    OffsetDateTime read(String text) {
      return OffsetDateTime.parse(text);
    }

    @ToJson
    String write(OffsetDateTime time) {
      return time.toString();
    }
  }
}
