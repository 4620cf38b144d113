package io.simtally.core.auth;

import io.simtally.core.internal.Setting;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import okhttp3.HttpUrl;
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
   * @throws IllegalArgumentException if the value is null, blank or holds a line break
   */
  public static Secret of(String setting, @Nullable String value) {
    return new Secret(Setting.text(setting, value));
  }

  /**
   * Wraps a credential that is sent in a header.
   *
   * @param setting the name that error messages give it
   * @throws IllegalArgumentException if the value is null, blank, holds a line break, or is not
   *     ASCII
   */
  public static Secret ofHeader(String setting, @Nullable String value) {
    return new Secret(Setting.headerText(setting, value));
  }

  String reveal() {
    return value;
  }

  /** Replaces this credential where {@code text} repeats it, plain or as JSON or a URL write it. */
  String blot(String text) {
    if (value.length() < SHORTEST_BLOTTED) {
      return text;
    }
    return text.replace(value, BLOT)
        .replace(value.replace("\\", "\\\\").replace("\"", "\\\""), BLOT)
        .replace(URLEncoder.encode(value, StandardCharsets.UTF_8), BLOT)
        .replace(asQueryValue(), BLOT);
  }

  private String asQueryValue() {
    var url = new HttpUrl.Builder().scheme("https").host("x").addQueryParameter("x", value).build();
    return String.valueOf(url.encodedQuery()).substring("x=".length());
  }

  /** Always the same text, whatever the credential. */
  @Override
  public String toString() {
    return BLOT;
  }
}
