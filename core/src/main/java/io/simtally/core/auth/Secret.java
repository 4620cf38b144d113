package io.simtally.core.auth;

import io.simtally.core.internal.Setting;
import org.jspecify.annotations.Nullable;

/**
 * A credential on its way from the caller's hand to the request. It cannot be printed, and only
 * this package can read it.
 */
public final class Secret {
  private static final String BLOT = "██";

  /** Shorter texts are part of too many words to be blotted out of them. */
  private static final int SHORTEST_BLOTTED = 4;

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Wraps a credential.
   *
   * @param setting the name that error messages give it
   * @param value the credential
   * @return {@code value}, which nothing outside this package can read
   * @throws IllegalArgumentException if the value is null, blank or holds a line break
   */
  public static Secret of(String setting, @Nullable String value) {
    return new Secret(Setting.text(setting, value));
  }

  /**
   * Wraps a credential that is sent in a header.
   *
   * @param setting the name that error messages give it
   * @param value the credential, as it stands in the header
   * @return {@code value}, which nothing outside this package can read
   * @throws IllegalArgumentException if the value is null, blank, holds a line break, or is not
   *     ASCII
   */
  public static Secret ofHeader(String setting, @Nullable String value) {
    return new Secret(Setting.headerText(setting, value));
  }

  String reveal() {
    return value;
  }

  int length() {
    return value.length();
  }

  /** Replaces this credential where {@code text} repeats it, in whichever spelling. */
  String blot(String text) {
    return value.length() < SHORTEST_BLOTTED
        ? text
        : Echo.replace(text.replace(value, BLOT), value, BLOT);
  }

  /** The same, and its beginning at the end of {@code text}, which was cut off there. */
  String blotCut(String text) {
    return value.length() < SHORTEST_BLOTTED
        ? text
        : Echo.replaceCut(blot(text), value, SHORTEST_BLOTTED, BLOT);
  }

  /** Always the same text, whatever the credential. */
  @Override
  public String toString() {
    return BLOT;
  }
}
