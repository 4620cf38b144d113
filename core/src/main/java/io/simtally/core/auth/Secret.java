package io.simtally.core.auth;

import io.simtally.core.internal.Preconditions;
import org.jspecify.annotations.Nullable;

/**
 * A credential between the caller and the request. Its {@code toString} hides it, and only this
 * package can read it.
 */
public final class Secret {
  /** Shorter credentials are not redacted: they are part of too many words. */
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
   * @param setting the name of the setting in error messages
   * @param value the credential
   * @return the wrapped credential
   * @throws IllegalArgumentException if the value is null, blank or holds a line break
   */
  public static Secret of(String setting, @Nullable String value) {
    return new Secret(Preconditions.text(setting, value));
  }

  /**
   * Wraps a credential that a header carries.
   *
   * @param setting the name of the setting in error messages
   * @param value the credential
   * @return the wrapped credential
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

  /** Returns the normalized text to search for, see {@link NormalizedText}. */
  String plain() {
    return plain;
  }

  /** Returns the same text for every credential. */
  @Override
  public String toString() {
    return "██";
  }
}
