package io.simtally.reliability.paging;

import io.simtally.core.RetryPolicy;
import io.simtally.mason.AggregateUsageRequest;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.SeriesUsageRequest;
import io.simtally.reliability.paging.MasonModel.Cursors;
import io.simtally.reliability.paging.MasonModel.Sheet;
import io.simtally.reliability.paging.ModelServer.Fault;
import io.simtally.reliability.paging.Reading.Bookmark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A test case: rows in pages, and a way to read them.
 *
 * @param limit 0 for none
 * @param retries whether the client retries failed attempts, or else the caller does
 * @param lastLeadsTo the page that the last one wrongly names as next, or -1
 */
record MasonCase(
    MasonCall call,
    List<Sheet> sheets,
    boolean options,
    int limit,
    Cursors cursors,
    Reading reading,
    boolean prefetch,
    boolean wire,
    boolean retries,
    int lastLeadsTo) {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Fault[] FAULTS = {
    Fault.UNAVAILABLE, Fault.TOO_MANY_REQUESTS, Fault.CUT_OFF_BODY, Fault.CLOSED_CONNECTION
  };

  /**
   * Draws a correct server and any way of reading; every fourth case runs over the network, with
   * faults.
   */
  static MasonCase draw(MasonCall call, Random random) {
    var wire = random.nextInt(4) == 0;
    var sheets = new ArrayList<Sheet>();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      var rows = new ArrayList<MasonRow>();
      for (int j = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(5); j > 0; j--) {
        rows.add(MasonRow.draw(random));
      }
      sheets.add(new Sheet(rows, wire ? faults(random) : List.of()));
    }
    var reading = Reading.values()[random.nextInt(Reading.values().length)];
    return new MasonCase(
        call,
        sheets,
        random.nextBoolean(),
        random.nextBoolean() ? 5 + random.nextInt(20) : 0,
        Cursors.values()[random.nextInt(Cursors.values().length)],
        reading,
        random.nextBoolean(),
        wire,
        reading == Reading.STREAM
            || random.nextInt(3) > 0, // a stream cannot be retried by the caller
        -1);
  }

  private static List<Fault> faults(Random random) {
    var faults = new ArrayList<Fault>();
    while (faults.size() < 2 && random.nextInt(3) == 0) {
      faults.add(FAULTS[random.nextInt(FAULTS.length)]);
    }
    return faults;
  }

  /** Returns this case with a last page that leads back to {@code sheet}. */
  MasonCase leadingTo(int sheet) {
    return new MasonCase(
        call, sheets, options, limit, cursors, reading, prefetch, wire, retries, sheet);
  }

  /** Returns this case read by an iterator, which remembers the cursors. */
  MasonCase iterated() {
    return reading.isByHand() ? simpler(options, limit, cursors, Reading.ITEMS, prefetch) : this;
  }

  List<MasonRow> rows() {
    return sheets.stream().flatMap(sheet -> sheet.rows().stream()).toList();
  }

  MasonModel model() {
    return new MasonModel(call, call.query(options, limit), sheets, cursors, lastLeadsTo);
  }

  /** The clients and requests of this case. Closes its clients. */
  final class Session implements AutoCloseable {
    private final Carrier carrier;
    private final String baseUrl;
    private final List<MasonUsage> clients = new ArrayList<>();

    Session(Carrier carrier, MasonModel model) {
      this.carrier = carrier;
      this.baseUrl = carrier.serve(model);
      model.at(baseUrl);
    }

    private MasonUsage client() {
      var policy = RetryPolicy.standard().delays(SHORT, SHORT);
      var client =
          MasonUsage.builder()
              .baseUrl(baseUrl)
              .apiKey("the-key")
              .httpClient(carrier.client(wire))
              .retryPolicy(retries ? policy : RetryPolicy.none())
              .build();
      clients.add(client);
      return client;
    }

    void read(Consumer<Object> rows) {
      if (call.isSeries()) {
        reading.read(this::series, rows);
      } else {
        reading.read(this::aggregate, rows);
      }
    }

    List<Bookmark> bookmarks() {
      return call.isSeries() ? Reading.bookmarks(series()) : Reading.bookmarks(aggregate());
    }

    List<?> from(Bookmark bookmark) {
      return call.isSeries() ? bookmark.rest(series()) : bookmark.rest(aggregate());
    }

    private SeriesUsageRequest series() {
      var request = call.series(client(), options, limit);
      return prefetch ? request.prefetch() : request;
    }

    private AggregateUsageRequest aggregate() {
      var request = call.aggregate(client(), options, limit);
      return prefetch ? request.prefetch() : request;
    }

    @Override
    public void close() {
      clients.forEach(MasonUsage::close);
      carrier.forget(baseUrl);
    }
  }

  /** Returns cases with one page, row, fault or option less. */
  List<MasonCase> smaller() {
    var smaller = new ArrayList<MasonCase>();
    for (int i = 0; i < sheets.size() && sheets.size() > 1; i++) {
      var fewer = new ArrayList<>(sheets);
      fewer.remove(i);
      smaller.add(with(fewer));
    }
    for (int i = 0; i < sheets.size(); i++) {
      var sheet = sheets.get(i);
      for (int j = 0; j < sheet.rows().size(); j++) {
        var rows = new ArrayList<>(sheet.rows());
        rows.remove(j);
        var fewer = new ArrayList<>(sheets);
        fewer.set(i, new Sheet(rows, sheet.faults()));
        smaller.add(with(fewer));
      }
      if (!sheet.faults().isEmpty()) {
        var fewer = new ArrayList<>(sheets);
        fewer.set(i, new Sheet(sheet.rows(), sheet.faults().subList(1, sheet.faults().size())));
        smaller.add(with(fewer));
      }
    }
    if (options || limit > 0 || prefetch || reading != Reading.ITEMS || cursors != Cursors.PLAIN) {
      smaller.add(simpler(false, 0, cursors, reading, prefetch));
      smaller.add(simpler(options, limit, Cursors.PLAIN, reading, prefetch));
      smaller.add(simpler(options, limit, cursors, Reading.ITEMS, prefetch));
      smaller.add(simpler(options, limit, cursors, reading, false));
    }
    smaller.removeIf(this::equals);
    return smaller;
  }

  private MasonCase with(List<Sheet> others) {
    var target = Math.min(lastLeadsTo, others.size() - 1);
    return new MasonCase(
        call, others, options, limit, cursors, reading, prefetch, wire, retries, target);
  }

  private MasonCase simpler(
      boolean simplerOptions, int otherLimit, Cursors plain, Reading way, boolean ahead) {
    return new MasonCase(
        call, sheets, simplerOptions, otherLimit, plain, way, ahead, wire, retries, lastLeadsTo);
  }
}
