package io.simtally.reliability.paging;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A model of ThingSpace's documented paging: a response contains the oldest rows from {@code
 * earliest} on, both ends included, and says whether there are more. It also has the two token
 * endpoints.
 */
final class HistoryModel implements ModelServer {
  static final String PATH = "/m2m/v1/devices/usage/actions/list";
  static final String FIRST = "2020-11-30T00:00:00Z";
  private static final JsonAdapter<Object> ANY_JSON =
      new Moshi.Builder().build().adapter(Object.class);
  static final String LAST = "2020-12-31T00:00:00Z";

  private final List<HistoryRow> rows;
  private final Manner manner;
  private final Map<String, Object> subject;
  private final Deque<Fault> faults;
  private final Random random;
  private final List<String> violations = new ArrayList<>();
  private int bearer;
  private int session;
  private boolean checksTokens;
  private int answers;

  /**
   * Creates a server of {@code rows}.
   *
   * @param subject the device that every request must name
   * @param faults the faults of the responses, in order; null is no fault
   */
  HistoryModel(
      List<HistoryRow> rows,
      Manner manner,
      Map<String, Object> subject,
      List<Fault> faults,
      long seed) {
    this.rows = rows.stream().sorted(Comparator.comparing(HistoryRow::instant)).toList();
    this.manner = manner;
    this.subject = subject;
    this.faults = new ArrayDeque<>(faults);
    this.random = new Random(seed);
  }

  /** The order of the rows in one response. */
  enum Order {
    /** Oldest first, equal in each response. */
    STABLE,
    /** Oldest second first; rows of one second have another order in each response. */
    TIES_SHUFFLED,
    /** Against the documentation: the oldest rows, shuffled. */
    PAGE_SHUFFLED,
    /** Against the documentation: the newest rows, newest first. */
    NEWEST_FIRST
  }

  /** The rows that {@code earliest} excludes. */
  enum Cut {
    /** Rows before that moment. */
    MOMENT,
    /** Rows before that day, so that the response starts with rows older than requested. */
    DAY,
    /** Against the documentation: also rows of that second. */
    SECOND_INCLUDED,
    /** Against the documentation: nothing at all. */
    NOTHING
  }

  /** The number of rows in a response. */
  enum Size {
    /** A constant number, as far as there are rows. */
    FIXED,
    /** A random number, but at least one row after the requested second. */
    VARYING,
    /** A random number. */
    ANY,
    /** Whole seconds. */
    WHOLE_SECONDS
  }

  /**
   * The server's behavior where the documentation leaves it open.
   *
   * @param most the maximum number of rows in a response
   * @param isFullMore whether a full response promises more rows even if there are none
   * @param isAlwaysMore against the documentation: whether every response promises more rows
   */
  record Manner(
      Order order, Cut cut, Size size, int most, boolean isFullMore, boolean isAlwaysMore) {}

  /** Requires the tokens that this server has issued. */
  void checkTokens() {
    checksTokens = true;
  }

  /** Stops all faults. */
  void endFaults() {
    faults.clear();
  }

  List<String> violations() {
    return violations;
  }

  /** Returns the number of answered usage requests, faults included. */
  int answers() {
    return answers;
  }

  List<HistoryRow> rows() {
    return rows;
  }

  @Override
  public Reply answer(Ask ask) {
    return switch (ask.path()) {
      case "/ts/v1/oauth2/token" ->
          Reply.of(
              200,
              "{\"access_token\":\"bearer-%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                  .formatted(bearer));
      case "/m2m/v1/session/login" ->
          Reply.of(200, "{\"sessionToken\":\"session-" + session + "\"}");
      case PATH -> usage(ask);
      default -> violated(ask);
    };
  }

  private Reply violated(Ask ask) {
    violations.add(ask.path() + " " + ask.query() + " " + ask.body());
    return Reply.of(404, "{}");
  }

  private Reply usage(Ask ask) {
    answers++;
    if (checksTokens && !carriesTokens(ask)) {
      return violated(ask);
    }
    var fault = faults.poll();
    bearer += fault == Fault.EXPIRED_BEARER ? 1 : 0;
    session += fault == Fault.EXPIRED_SESSION ? 1 : 0;
    var body = object(ask.body());
    var earliest = Instant.parse(String.valueOf(body.remove("earliest")));
    var latest = String.valueOf(body.remove("latest"));
    if (!latest.equals(LAST) || !body.equals(subject)) {
      return violated(ask);
    }
    var reply = page(earliest);
    return fault == null ? reply : Reply.instead(fault, reply);
  }

  private boolean carriesTokens(Ask ask) {
    return ("Bearer bearer-" + bearer).equals(ask.headers().get("Authorization"))
        && ("session-" + session).equals(ask.headers().get("VZ-M2M-Token"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(String json) {
    try {
      return (Map<String, Object>) ANY_JSON.fromJson(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply page(Instant earliest) {
    var candidates = new ArrayList<>(rows.stream().filter(row -> isFrom(earliest, row)).toList());
    if (manner.order == Order.TIES_SHUFFLED) {
      Collections.shuffle(candidates, random);
      candidates.sort(Comparator.comparing(HistoryRow::second));
    } else if (manner.order == Order.NEWEST_FIRST) {
      Collections.reverse(candidates);
    }
    var size = Math.min(size(candidates, earliest), candidates.size());
    var page = new ArrayList<>(candidates.subList(0, size));
    if (manner.order == Order.PAGE_SHUFFLED) {
      Collections.shuffle(page, random);
    }
    var more =
        manner.isAlwaysMore
            || size < candidates.size()
            || (manner.isFullMore && size >= manner.most);
    return reply(page, more);
  }

  private Reply reply(List<HistoryRow> page, boolean more) {
    return Reply.of(
        random.nextInt(8) == 0 ? (more ? 200 : 202) : (more ? 202 : 200),
        "{\"hasMoreData\":%s,%s\"usageHistory\":%s}"
            .formatted(
                more,
                random.nextBoolean() ? "\"deviceId\":{\"id\":\"1\",\"kind\":\"Imei\"}," : "",
                page.stream().map(row -> row.json(random)).toList()));
  }

  private boolean isFrom(Instant earliest, HistoryRow row) {
    return switch (manner.cut) {
      case MOMENT -> !row.instant().isBefore(earliest);
      case DAY -> !row.instant().isBefore(earliest.truncatedTo(ChronoUnit.DAYS));
      case SECOND_INCLUDED -> row.second().isAfter(earliest);
      case NOTHING -> true;
    };
  }

  private int size(List<HistoryRow> candidates, Instant earliest) {
    return switch (manner.size) {
      case FIXED -> manner.most;
      case ANY -> 1 + random.nextInt(manner.most);
      case VARYING -> {
        var upToAsked = candidates.stream().filter(row -> !row.second().isAfter(earliest)).count();
        yield (int) upToAsked + 1 + random.nextInt(manner.most);
      }
      case WHOLE_SECONDS -> {
        var size = Math.min(candidates.size(), 1 + random.nextInt(manner.most));
        while (size > 0
            && size < candidates.size()
            && candidates.get(size).second().equals(candidates.get(size - 1).second())) {
          size++;
        }
        yield size;
      }
    };
  }
}
