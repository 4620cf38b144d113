package io.simtally.core;

import io.simtally.core.internal.Preconditions;
import java.util.Objects;
import java.util.regex.Pattern;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The position of the next page. A program can store its text and resume later with {@code
 * request.from(cursor)}. The text holds the data to drop rows that the provider repeats, and no
 * credential. Only a request with the same settings accepts the cursor. A test may use {@code
 * PageCursor.parse("s1.0123456789abcdef.cGFnZTI=")} as a cursor that no request accepts.
 */
public final class PageCursor {
  private static final Pattern TEXT =
      Pattern.compile("s1\\.([0-9a-f]{16})\\.([A-Za-z0-9_-]+={0,2})");

  private final String scope;
  private final String position;

  private PageCursor(String scope, String position) {
    this.scope = scope;
    this.position = position;
  }

  /** Returns a cursor of the request that {@code scope} describes. */
  static PageCursor of(String scope, String position) {
    return new PageCursor(digest(scope), position);
  }

  /**
   * Parses the text of {@link #toString()}.
   *
   * @param text the stored text
   * @return an equal cursor
   * @throws IllegalArgumentException if it is another text
   */
  public static PageCursor parse(String text) {
    var matcher = TEXT.matcher(Preconditions.present("cursor", text));
    var position = matcher.matches() ? ByteString.decodeBase64(matcher.group(2)) : null;
    if (position == null) {
      throw new IllegalArgumentException("cursor is not the text of a PageCursor");
    }
    return new PageCursor(matcher.group(1), position.utf8());
  }

  /** Returns the position in the provider's own words. */
  String position() {
    return position;
  }

  boolean isOf(String otherScope) {
    return scope.equals(digest(otherScope));
  }

  private static String digest(String scope) {
    return ByteString.encodeUtf8(scope).sha256().hex().substring(0, 16);
  }

  /** Two cursors are equal if they are the same position of the same request. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PageCursor that
        && scope.equals(that.scope)
        && position.equals(that.position);
  }

  /** Consistent with {@link #equals}. */
  @Override
  public int hashCode() {
    return Objects.hash(scope, position);
  }

  /** Returns a text without spaces that {@link #parse} reads. */
  @Override
  public String toString() {
    return "s1." + scope + "." + ByteString.encodeUtf8(position).base64Url();
  }
}
