package io.simtally.core.auth;

import io.simtally.core.internal.Preconditions;
import org.jspecify.annotations.Nullable;

/**
 * A credential on its way from the caller's hand to the request. It cannot be printed, and only
 * this package can read it.
 */
public final class Secret {
  /** Shorter texts are part of too many words to be taken out of them. */
  static final int SHORTEST_REDACTED = 4;

  private final String value;
  private final String plain;

  private Secret(String value) {
    this.value = value;
    this.plain = NormalizedText.of(value).plain();
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
    return new Secret(Preconditions.text(setting, value));
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
    return new Secret(Preconditions.headerText(setting, value));
  }

  String reveal() {
    return value;
  }

  boolean isLongEnoughToTell() {
    return value.length() >= SHORTEST_REDACTED;
  }

  /** What it is looked for by, see {@link NormalizedText}. */
  String plain() {
    return plain;
  }

  /** Always the same text, whatever the credential. */
  @Override
  public String toString() {
    return "██";
  }
}
