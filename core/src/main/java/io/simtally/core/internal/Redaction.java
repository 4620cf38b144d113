package io.simtally.core.internal;

/** Redacts credentials in texts from outside. Thread-safe. */
public interface Redaction {
  /**
   * Replaces every credential in a text, in any spelling, in time linear in the text.
   *
   * @param text a text from outside
   * @return {@code text} with a sign in place of each credential of 4 or more characters
   */
  String redact(String text);

  /**
   * Replaces every credential in a truncated text, which may end in the middle of a credential.
   *
   * @param text the beginning of a text from outside
   * @return {@code text} with a sign in place of each credential, and of a beginning of one at its
   *     end
   */
  String redactTruncated(String text);
}
