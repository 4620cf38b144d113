package io.simtally.core.internal;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The error members of an answer with a success status. Decoders pass the members that their model
 * does not know, and the transport checks for an error at the end: an answer with an error is not
 * an empty answer.
 */
public final class ErrorMembers {
  private static final Set<String> NAMES =
      Set.of(
          "errorCode",
          "errorMessage",
          "error",
          "error_description",
          "type",
          "message",
          "fault",
          "responseCode");

  /**
   * The members that prove an error. A {@code type} or {@code message} also occurs in valid
   * answers.
   */
  private static final List<String> PROOFS =
      List.of(
          "errorCode",
          "error",
          "error.code",
          "error.message",
          "fault.code",
          "fault.message",
          "fault.description",
          "responseCode");

  private static final int LONGEST_VALUE = 8 * 1024;

  private final Map<String, String> found = new HashMap<>();

  /** The members as received: decoding may hide a credential from its redaction. */
  private final Map<String, String> texts = new LinkedHashMap<>();

  private ErrorMembers() {}

  /**
   * Skips a top-level member that the model does not know, and records it if it is an error member.
   *
   * @param reader the reader, positioned at the name of the member
   * @throws IOException if the JSON is invalid or incomplete
   */
  public static void skip(JsonReader reader) throws IOException {
    notice(reader, reader.nextName());
    reader.skipValue();
  }

  /**
   * Records an error member that the caller reads as well.
   *
   * @param reader the reader, positioned at the value of the member; it does not move
   * @param name the name of the member
   * @throws IOException if the JSON is invalid or incomplete
   */
  public static void notice(JsonReader reader, String name) throws IOException {
    if (NAMES.contains(name)) {
      var members = of(reader);
      if (members == null) {
        members = new ErrorMembers();
        reader.setTag(ErrorMembers.class, members);
      }
      ErrorBody.collect(reader.peekJson(), name, members.found);
      members.texts.putIfAbsent(name, text(reader.peekJson()));
    }
  }

  /**
   * Returns the recorded members.
   *
   * @param reader the reader of the answer
   * @return the members, or null if there are none
   */
  public static @Nullable ErrorMembers of(JsonReader reader) {
    return reader.tag(ErrorMembers.class);
  }

  /** {@return whether the members report a failure; {@code SUCCESS}, for example, is none} */
  public boolean tellOfFailure() {
    return PROOFS.stream().map(found::get).anyMatch(word -> word != null && !isSuccess(word))
        || (!found.containsKey("errorCode") && !isSuccess(found.getOrDefault("errorMessage", "")));
  }

  /** {@return the members of the failure as one JSON object, as received} */
  public String json() {
    return texts.entrySet().stream()
        .filter(member -> !isSuccess(found.getOrDefault(member.getKey(), "{}")))
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String text(JsonReader value) throws IOException {
    try (var source = value.nextSource()) {
      source.request(LONGEST_VALUE);
      return source.readUtf8(Math.min(source.getBuffer().size(), LONGEST_VALUE));
    }
  }

  private static boolean isSuccess(String word) {
    return switch (word.strip().toUpperCase(Locale.ROOT)) {
      case "", "0", "OK", "SUCCESS" -> true;
      default -> word.matches("2[0-9]{2}"); // an HTTP status
    };
  }
}
