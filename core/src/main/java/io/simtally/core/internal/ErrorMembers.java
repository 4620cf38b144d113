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
 * The members in which a provider tells of an error, found in an answer whose status says success.
 * Decoders hand over the members that their model does not know, and the transport asks for what
 * was found when they are done: an answer that carries an error is not an empty one.
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

  /** A type or a message may as well belong to a right answer. */
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

  /** The same as they came: what is decoded may hide a credential from its redaction. */
  private final Map<String, String> texts = new LinkedHashMap<>();

  private ErrorMembers() {}

  /**
   * Skips a member of the answer itself that the model does not know, and keeps it in mind if it is
   * one that errors are told in.
   *
   * @param reader stands before the name of the member
   * @throws IOException if it is no JSON, or ends too early
   */
  public static void skip(JsonReader reader) throws IOException {
    notice(reader, reader.nextName());
    reader.skipValue();
  }

  /**
   * The same of a member that is read nevertheless.
   *
   * @param reader stands before the value of the member, and stays there
   * @param name the name of the member
   * @throws IOException if it is no JSON, or ends too early
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
   * Returns what was noticed.
   *
   * @param reader what the answer was read with
   * @return the members, or null if there were none
   */
  public static @Nullable ErrorMembers of(JsonReader reader) {
    return reader.tag(ErrorMembers.class);
  }

  /** {@return whether they say that the call has failed: {@code SUCCESS}, for example, does not} */
  public boolean tellOfFailure() {
    return PROOFS.stream().map(found::get).anyMatch(word -> word != null && !isSuccess(word))
        || (!found.containsKey("errorCode") && !isSuccess(found.getOrDefault("errorMessage", "")));
  }

  /** {@return the members that tell of it, as one JSON object in the provider's own spelling} */
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
