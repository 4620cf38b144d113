package io.simtally.core.internal;

/** Takes credentials out of texts that came from outside. Thread-safe. */
public interface Redaction {
  /**
   * Replaces every credential that a text repeats, in whichever spelling. Takes time in proportion
   * to the text.
   *
   * @param text what came from outside
   * @return {@code text} with a sign in the place of credentials; those of fewer than 4 characters
   *     stay
   */
  String redact(String text);

  /**
   * The same of a text that was cut off, perhaps in the middle of a credential.
   *
   * @param text the beginning of what came from outside
   * @return {@code text} with a sign in the place of credentials, also for the beginning of one at
   *     its end
   */
  String redactTruncated(String text);
}
