package io.simtally.core;

import io.simtally.core.internal.Preconditions;
import java.util.Objects;
import java.util.regex.Pattern;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A place between two pages, to stop at and go on from later: {@code request.from(cursor)}. Its
 * text can be stored; it holds what is needed to drop rows that the provider repeats, and no
 * credential. A cursor goes with the request it came from, and another request refuses it; the test
 * of a program may say {@code PageCursor.parse("s1.0123456789abcdef.cGFnZTI=")} for one that no
 * request takes.
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

  /** A place in the answers to the request that {@code scope} describes. */
  static PageCursor of(String scope, String position) {
    return new PageCursor(digest(scope), position);
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @param text what was stored
   * @return a cursor equal to the one that was written
   * @throws IllegalArgumentException if it is anything else
   */
  public static PageCursor parse(String text) {
    var matcher = TEXT.matcher(Preconditions.present("cursor", text));
    var position = matcher.matches() ? ByteString.decodeBase64(matcher.group(2)) : null;
    if (position == null) {
      throw new IllegalArgumentException("cursor is not the text of a PageCursor");
    }
    return new PageCursor(matcher.group(1), position.utf8());
  }

  /** The provider's own words for this place. */
  String position() {
    return position;
  }

  boolean isOf(String otherScope) {
    return scope.equals(digest(otherScope));
  }

  private static String digest(String scope) {
    return ByteString.encodeUtf8(scope).sha256().hex().substring(0, 16);
  }

  /** Two are equal if they lead to the same place of the same request. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PageCursor that
        && scope.equals(that.scope)
        && position.equals(that.position);
  }

  /** Goes with {@link #equals}. */
  @Override
  public int hashCode() {
    return Objects.hash(scope, position);
  }

  /** A text without spaces that {@link #parse} reads back. */
  @Override
  public String toString() {
    return "s1." + scope + "." + ByteString.encodeUtf8(position).base64Url();
  }
}
