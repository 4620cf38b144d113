package io.simtally.reliability.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.PageCursor;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.mason.MasonUsage;
import io.simtally.reliability.paging.MasonModel.Cursors;
import io.simtally.reliability.paging.MasonModel.Sheet;
import io.simtally.reliability.paging.ModelServer.Ask;
import io.simtally.reliability.paging.ModelServer.Reply;
import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistoryRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests every possible case with a few rows, which random cases may miss. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SmallScopePagingTest {
  private static final int MOST_ROWS = Integer.getInteger("simtally.rows", 4);
  private static final int MOST_EMPTY_PAGES = 2;

  /** Three seconds; one row of the second one has a fraction. */
  private static final String[] TIMES = {
    "2020-12-01T00:00:00Z", "2020-12-01T00:00:01Z", "2020-12-01T00:00:01.5Z", "2020-12-02T00:00:00Z"
  };

  private static Carrier carrier;

  @BeforeAll
  static void start() {
    carrier = new Carrier();
  }

  @AfterAll
  static void stop() {
    carrier.close();
  }

  @Test
  void readsEveryPartitionOfAFewRowsIntoMasonsPages() {
    var tally = new Tally("Mason, small scope");
    for (int rows = 0; rows <= MOST_ROWS; rows++) {
      partition(new ArrayList<>(), rows, MOST_EMPTY_PAGES, tally);
    }
    tally.print(carrier);
  }

  private static void partition(List<Sheet> sheets, int rows, int emptyPages, Tally tally) {
    if (rows == 0 && !sheets.isEmpty()) {
      readMason(sheets, tally);
    }
    for (int size = 0; size <= rows; size++) {
      if (size > 0 || emptyPages > 0) {
        var page = new ArrayList<MasonRow>();
        for (int i = 0; i < size; i++) {
          page.add(new MasonRow(0, (rows - i) / 2, 1, 0, 0)); // pairs of adjacent rows are equal
        }
        sheets.add(new Sheet(page, List.of()));
        partition(sheets, rows - size, size > 0 ? emptyPages : emptyPages - 1, tally);
        sheets.remove(sheets.size() - 1);
      }
    }
  }

  private static void readMason(List<Sheet> sheets, Tally tally) {
    var call = MasonCall.AGGREGATE_SIMS;
    var model = new MasonModel(call, call.query(false, 0), sheets, Cursors.PLAIN, -1);
    var url = carrier.serve(model);
    var builder = MasonUsage.builder().baseUrl(url).apiKey("k").httpClient(carrier.client(false));
    try (var client = builder.build()) {
      var rows = call.aggregate(client, false, 0).stream().toList();
      var expected = sheets.stream().flatMap(sheet -> sheet.rows().stream()).toList();
      assertThat(rows).as(sheets::toString).isEqualTo(call.typed(expected));
      tally.count(rows.size());
    } finally {
      carrier.forget(url);
    }
    assertThat(model.violations()).isEmpty();
    assertThat(model.answers()).isEqualTo(sheets.size());
  }

  @Test
  void readsEveryPartitionOfAFewRowsOfAUsageHistory() {
    var tally = new Tally("ThingSpace M2M, small scope");
    var server = new Chosen();
    var url = carrier.serve(server);
    var builder =
        ThingSpaceM2m.builder()
            .baseUrl(url)
            .credentials(ThingSpaceCredentials.tokens("bearer", "session"))
            .httpClient(carrier.client(false));
    try (var client = builder.build()) {
      var request =
          client
              .usageHistory()
              .device(DeviceId.imei("1"))
              .earliest(Instant.parse(HistoryModel.FIRST))
              .latest(Instant.parse(HistoryModel.LAST));
      histories(new ArrayList<>(), 0, rows -> server.everyWay(request, rows, tally));
    } finally {
      carrier.forget(url);
    }
    tally.print(carrier);
  }

  /** Returns all histories in order of time with one of two values in each row. */
  private static void histories(
      List<HistoryRow> rows, int firstTime, Consumer<List<HistoryRow>> check) {
    check.accept(rows);
    for (int time = firstTime; time < TIMES.length && rows.size() < MOST_ROWS; time++) {
      for (int bytes = 0; bytes < (rows.isEmpty() ? 1 : 2); bytes++) { // one is enough
        rows.add(HistoryRow.at(TIMES[time], bytes, 1, 0));
        histories(rows, time, check);
        rows.remove(rows.size() - 1);
      }
    }
  }

  /** A usage history with page sizes that the test chooses. */
  private static final class Chosen implements ModelServer {
    private final Random noise = new Random(1);
    private List<HistoryRow> rows = List.of();
    private Instant earliest = Instant.MIN;
    private int size;
    private final Set<PageCursor> reached = new HashSet<>();

    @Override
    public Reply answer(Ask ask) {
      var from = ask.body().indexOf("\"earliest\":\"") + 12;
      earliest = Instant.parse(ask.body().substring(from, ask.body().indexOf('"', from)));
      var candidates = candidates();
      var page = candidates.subList(0, Math.min(size, candidates.size()));
      return Reply.of(
          200,
          "{\"hasMoreData\":%s,\"usageHistory\":%s}"
              .formatted(
                  page.size() < candidates.size(),
                  page.stream().map(row -> row.json(noise)).toList()));
    }

    private List<HistoryRow> candidates() {
      return rows.stream().filter(row -> !row.instant().isBefore(earliest)).toList();
    }

    void everyWay(UsageHistoryRequest request, List<HistoryRow> history, Tally tally) {
      rows = List.copyOf(history);
      var expected = rows.stream().map(HistoryRow::typed).toList();
      reached.clear();
      everyWay(request, request, List.of(), expected, tally);
    }

    /** Tries every size of the next page and, for each of them, every size of the page after it. */
    private void everyWay(
        UsageHistoryRequest first,
        UsageHistoryRequest next,
        List<DailyUsage> delivered,
        List<DailyUsage> expected,
        Tally tally) {
      var isAll = false;
      for (int i = 1; !isAll; i++) {
        size = i;
        try {
          var page = next.execute();
          isAll = size >= candidates().size();
          var received = new ArrayList<>(delivered);
          received.addAll(page.items());
          assertThat(received)
              .as(() -> "pages of " + rows + ", the last one of " + page.items())
              .isEqualTo(expected.subList(0, received.size()));
          tally.count(page.items().size());
          if (page.next().isEmpty()) {
            assertThat(received).hasSize(expected.size());
          } else if (reached.add(page.next().get())) {
            assertThat(page.items()).isNotEmpty();
            var cursor = PageCursor.parse(page.next().get().toString());
            everyWay(first, first.from(cursor), received, expected, tally);
          }
        } catch (ApiException e) {
          assertThat(e.kind()).isEqualTo(Kind.PAGING_STALLED);
          assertThat(candidates().stream().limit(size).map(HistoryRow::second))
              .as(() -> "a page of " + rows + " brings nothing new")
              .containsOnly(earliest);
        }
      }
    }
  }
}
