package io.simtally.benchmarks;

import io.simtally.mason.AggregateUsage;
import io.simtally.mason.MasonUsage;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * Streams the rows of many Mason pages and measures the heap and the server's requests meanwhile.
 */
final class MasonStream {
  private final List<Long> liveBytes = new ArrayList<>();
  private int rows;
  private int requests;
  private int pagesAhead;

  private MasonStream() {}

  /**
   * Streams in a fresh JVM and prints the results; the arguments are the URL, the number of pages,
   * and "prefetch" or "plain".
   */
  public static void main(String[] args) {
    var stream = run(args[0], Integer.parseInt(args[1]), args[2].equals("prefetch"), 10);
    var text = new StringBuilder().append(stream.rows).append(' ').append(stream.pagesAhead);
    stream.liveBytes.forEach(bytes -> text.append(' ').append(bytes));
    System.out.println(text);
    System.exit(0);
  }

  static MasonStream run(String server, int pages, boolean prefetch, int points) {
    var stream = new MasonStream();
    var unused = ServerProcess.counts(server);
    try (var client =
        MasonUsage.builder().apiKey("benchmark-key").baseUrl(server + "/n" + pages).build()) {
      var request = client.aggregateSimUsage().month(YearMonth.of(2020, 5));
      var looks = Math.max(1, pages / points);
      (prefetch ? request.prefetch() : request)
          .stream().forEach(row -> stream.take(row, server, looks));
    }
    stream.requests += ServerProcess.counts(server).requests();
    return stream;
  }

  private void take(AggregateUsage row, String server, int pagesBetweenLooks) {
    if (row.usage().total() != row.usage().upload() + row.usage().download()) {
      throw new IllegalStateException("a row that does not add up");
    }
    rows++;
    // In the middle of a page, when the next page has long been requested.
    var pagesBegun = rows / LightServer.MASON_ROWS + 1;
    if (rows % LightServer.MASON_ROWS == LightServer.MASON_ROWS / 2
        && pagesBegun % pagesBetweenLooks == 0) {
      requests += ServerProcess.counts(server).requests();
      pagesAhead = Math.max(pagesAhead, requests - pagesBegun);
      liveBytes.add(LiveHeap.bytes());
    }
  }

  int rows() {
    return rows;
  }

  int requests() {
    return requests;
  }

  /** Returns the maximum number of pages requested ahead of the current page. */
  int pagesAhead() {
    return pagesAhead;
  }
}
