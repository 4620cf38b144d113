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
 * ThingSpace's paging, as its pages describe it: an answer holds the oldest rows from {@code
 * earliest} on, both ends included, and says whether there are more. With its two token endpoints.
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
   * A server of {@code rows}.
   *
   * @param subject what every request has to name
   * @param faults what happens to an answer, in their order; null is nothing
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

  /** The order of the rows of one answer. */
  enum Order {
    /** Oldest first, and always the same. */
    STABLE,
    /** Oldest second first, those of one second in another order in each answer. */
    TIES_SHUFFLED,
    /** Against the documentation: the oldest rows are chosen, and then shuffled. */
    PAGE_SHUFFLED,
    /** Against the documentation: the newest rows are chosen, newest first. */
    NEWEST_FIRST
  }

  /** What {@code earliest} cuts off. */
  enum Cut {
    /** Rows before that moment. */
    MOMENT,
    /** Rows before that day, so that the answer begins with rows older than asked for. */
    DAY,
    /** Against the documentation: also rows of that second. */
    SECOND_INCLUDED,
    /** Against the documentation: nothing at all. */
    NOTHING
  }

  /** How many rows an answer holds. */
  enum Size {
    /** Always as many, as far as there are. */
    FIXED,
    /** As many as it likes, but at least one behind the second that was asked for. */
    VARYING,
    /** As many as it likes. */
    ANY,
    /** Whole seconds. */
    WHOLE_SECONDS
  }

  /**
   * What the documentation leaves open.
   *
   * @param most how many rows an answer has at most
   * @param isFullMore whether a full answer promises more even if there is no more
   * @param isAlwaysMore against the documentation: whether every answer promises more
   */
  record Manner(
      Order order, Cut cut, Size size, int most, boolean isFullMore, boolean isAlwaysMore) {}

  /** Expects the tokens that it gave out. */
  void checkTokens() {
    checksTokens = true;
  }

  /** From here on nothing happens to the answers. */
  void endFaults() {
    faults.clear();
  }

  List<String> violations() {
    return violations;
  }

  /** How many usage requests were answered, faults included. */
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
