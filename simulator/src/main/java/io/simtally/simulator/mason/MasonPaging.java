package io.simtally.simulator.mason;

import io.simtally.simulator.ProviderError;
import java.util.List;
import java.util.Optional;
import okio.Buffer;
import okio.ByteString;

/**
 * Splits lists of rows into pages, as the page "API" says: {@code limit} rows {@code after} or
 * {@code before} a key. A key is valid for one query only, so a client that loses a parameter
 * between two pages fails.
 *
 * @param seed a part of the keys
 * @param pageSize the largest number of rows of a page
 */
record MasonPaging(long seed, int pageSize) {
  private static final int DIGEST_BYTES = 12;

  /**
   * A page.
   *
   * @param next the key of the next page
   * @param previous the key of the previous page
   */
  record Page(List<MasonRow> rows, Optional<String> next, Optional<String> previous) {}

  Page page(MasonParameters parameters, List<MasonRow> rows) throws ProviderError {
    int limit = parameters.limit(pageSize);
    Optional<String> after = parameters.text("after");
    Optional<String> before = parameters.text("before");
    if (after.isPresent() && before.isPresent()) {
      throw MasonParameters.invalid("Specify either before or after.");
    }
    ByteString digest = digest(parameters);
    if (before.isPresent()) {
      int end = place(before.get(), digest, rows.size());
      return page(digest, rows, Math.max(0, end - limit), end);
    }
    int start = after.isPresent() ? place(after.get(), digest, rows.size()) : 0;
    return page(digest, rows, start, Math.min(rows.size(), start + limit));
  }

  private static Page page(ByteString digest, List<MasonRow> rows, int start, int end) {
    return new Page(
        rows.subList(start, end),
        end < rows.size() ? Optional.of(key(digest, end)) : Optional.empty(),
        start > 0 ? Optional.of(key(digest, start)) : Optional.empty());
  }

  private ByteString digest(MasonParameters parameters) {
    return ByteString.encodeUtf8(seed + " " + parameters.query())
        .sha256()
        .substring(0, DIGEST_BYTES);
  }

  /** Plain Base64, whose characters a client must encode in a query. */
  private static String key(ByteString digest, int place) {
    return new Buffer().write(digest).writeInt(place).readByteString().base64();
  }

  private static int place(String key, ByteString digest, int size) throws ProviderError {
    ByteString bytes = ByteString.decodeBase64(key);
    if (bytes != null && bytes.size() == DIGEST_BYTES + Integer.BYTES && bytes.startsWith(digest)) {
      int place = bytes.substring(DIGEST_BYTES).asByteBuffer().getInt();
      if (place > 0 && place < size) {
        return place;
      }
    }
    throw MasonParameters.invalid("The key is none of this query's pages.");
  }
}
