package io.simtally.reliability.paging;

import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.reliability.paging.HistoryModel.Manner;
import io.simtally.reliability.paging.ModelServer.Fault;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistoryRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A test case: rows, the server's manner of paging, and a way to read them.
 *
 * @param byLabel whether the request names the device by a label or by an id
 * @param faults the faults of the responses, in order; {@code NONE} is no fault
 * @param noise the seed of the server's random decisions
 */
record HistoryCase(
    boolean byLabel,
    List<HistoryRow> rows,
    Manner manner,
    Reading reading,
    boolean prefetch,
    boolean wire,
    boolean retries,
    List<Fault> faults,
    long noise) {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final long DAY = 86_400;
  private static final long[] STEPS = {0, 0, 1, 1, 2, 59, 3_600, DAY};

  /**
   * Draws any rows and any way of reading; every fourth case runs over the network, with faults.
   */
  static HistoryCase draw(
      boolean byLabel, Random random, BiFunction<Random, List<HistoryRow>, Manner> manner) {
    var wire = random.nextInt(4) == 0;
    var rows = rows(random);
    var reading = Reading.values()[random.nextInt(Reading.values().length)];
    return new HistoryCase(
        byLabel,
        rows,
        manner.apply(random, rows),
        reading,
        random.nextBoolean(),
        wire,
        reading == Reading.STREAM
            || random.nextInt(3) > 0, // a stream cannot be retried by the caller
        wire ? faults(random) : List.of(),
        random.nextLong());
  }

  private static List<HistoryRow> rows(Random random) {
    var rows = new ArrayList<HistoryRow>();
    var second = 0L;
    for (int count = random.nextInt(30); rows.size() < count; ) {
      second += STEPS[random.nextInt(STEPS.length)];
      for (int i = random.nextInt(4); i >= 0; i--) {
        rows.add(HistoryRow.draw(random, second));
      }
    }
    return rows;
  }

  /** Returns faults, at most two in a row, one of them of a token. */
  private static List<Fault> faults(Random random) {
    var faults = new ArrayList<Fault>();
    for (int i = random.nextInt(10); i > 0; i--) {
      faults.add(i % 3 == 0 ? Fault.NONE : Fault.values()[random.nextInt(i % 3 == 1 ? 5 : 7)]);
    }
    return faults;
  }

  /** Returns the maximum number of rows in one second. */
  static int mostOfOneSecond(List<HistoryRow> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(HistoryRow::second, Collectors.summingInt(row -> 1)))
        .values()
        .stream()
        .max(Integer::compare)
        .orElse(0);
  }

  HistoryModel model() {
    Map<String, Object> subject =
        byLabel
            ? Map.of("label", Map.of("name", "VIN", "value", "9 & é"))
            : Map.of("deviceId", Map.of("id", "354394080001238", "kind", "imei"));
    return new HistoryModel(rows, manner, subject, faults, noise);
  }

  /** The clients and requests of this case. Closes its clients. */
  final class Session implements AutoCloseable {
    private final Carrier carrier;
    private final String baseUrl;
    private final List<ThingSpaceM2m> clients = new ArrayList<>();

    Session(Carrier carrier, HistoryModel model) {
      this.carrier = carrier;
      this.baseUrl = carrier.serve(model);
      if (wire) {
        model.checkTokens();
      }
    }

    UsageHistoryRequest request() {
      var policy = RetryPolicy.standard().delays(SHORT, SHORT);
      var client =
          ThingSpaceM2m.builder()
              .baseUrl(baseUrl)
              .credentials(ThingSpaceCredentials.oauth("key", "secret").login("user", "password"))
              .httpClient(carrier.client(wire))
              .retryPolicy(retries ? policy : RetryPolicy.none())
              .build();
      clients.add(client);
      var request =
          byLabel
              ? client.usageHistory().label("VIN", "9 & é")
              : client.usageHistory().device(DeviceId.imei("354394080001238"));
      request =
          request
              .earliest(Instant.parse(HistoryModel.FIRST))
              .latest(Instant.parse(HistoryModel.LAST));
      return prefetch ? request.prefetch() : request;
    }

    @Override
    public void close() {
      clients.forEach(ThingSpaceM2m::close);
      carrier.forget(baseUrl);
    }
  }

  /** Returns cases with one row, fault or option less. */
  List<HistoryCase> smaller() {
    var smaller = new ArrayList<HistoryCase>();
    for (int i = 0; i < rows.size(); i++) {
      var fewer = new ArrayList<>(rows);
      fewer.remove(i);
      smaller.add(with(fewer, faults, reading, prefetch));
    }
    for (int i = 0; i < faults.size(); i++) {
      var fewer = new ArrayList<>(faults);
      fewer.set(i, Fault.NONE); // never more in a row than in the drawn case
      smaller.add(with(rows, fewer, reading, prefetch));
    }
    smaller.add(with(rows, faults, Reading.ITEMS, prefetch));
    smaller.add(with(rows, faults, reading, false));
    smaller.removeIf(this::equals);
    return smaller;
  }

  private HistoryCase with(
      List<HistoryRow> otherRows, List<Fault> otherFaults, Reading way, boolean ahead) {
    return new HistoryCase(
        byLabel, otherRows, manner, way, ahead, wire, retries, otherFaults, noise);
  }
}
