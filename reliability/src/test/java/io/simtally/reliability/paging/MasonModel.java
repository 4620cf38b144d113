package io.simtally.reliability.paging;

import io.simtally.reliability.paging.ModelServer.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/**
 * A model of Mason's documented paging: a page contains a key, and {@code after} with this key
 * requests the next page. The last page contains no key.
 */
final class MasonModel implements ModelServer {
  private static final String[] NO_NEXT = {
    "", "\"nextPage\":null,", "\"nextPage\":\"\",", "\"next\":null,\"prev\":\"x\","
  };

  private final MasonCall call;
  private final Map<String, String> query;
  private final List<Sheet> sheets;
  private final Cursors cursors;
  private final int lastLeadsTo;
  private final List<Deque<Fault>> faults;
  private final List<String> violations = new ArrayList<>();
  private String baseUrl = "";
  private int answers;

  /**
   * Creates a server of {@code sheets}.
   *
   * @param lastLeadsTo the page that the last one names as next, or -1 for none
   */
  MasonModel(
      MasonCall call,
      Map<String, String> query,
      List<Sheet> sheets,
      Cursors cursors,
      int lastLeadsTo) {
    this.call = call;
    this.query = query;
    this.sheets = sheets;
    this.cursors = cursors;
    this.lastLeadsTo = lastLeadsTo;
    this.faults = sheets.stream().<Deque<Fault>>map(s -> new ArrayDeque<>(s.faults())).toList();
  }

  /** A page, and the faults of the first responses with it. */
  record Sheet(List<MasonRow> rows, List<Fault> faults) {}

  /** The form of the server's cursors. */
  enum Cursors {
    PLAIN("key-"),
    PATH("../a b/"),
    BASE64("a+b/c=="),
    ESCAPES("x%2Fy%"),
    QUERY("z&limit=1&after="),
    UNICODE("é ü#"),
    NUMBER("8944500000000000"),
    ADDRESS("a+b &c="),
    MIXED("m");

    private final String prefix;

    Cursors(String prefix) {
      this.prefix = prefix;
    }

    private String key(int sheet) {
      return prefix + sheet;
    }

    private String json(int sheet, String baseUrl, MasonCall call) {
      var style = this == MIXED ? new Cursors[] {PLAIN, ADDRESS, NUMBER}[sheet % 3] : this;
      return switch (style) {
        case NUMBER -> this == MIXED ? '"' + key(sheet) + '"' : key(sheet);
        case ADDRESS ->
            '"'
                + HttpUrl.get(baseUrl + call.path())
                    .newBuilder()
                    .addQueryParameter("limit", "1000")
                    .addQueryParameter("after", key(sheet))
                    .build()
                    .toString()
                + '"';
        default -> '"' + key(sheet) + '"';
      };
    }
  }

  /** Sets the server's base URL, for the URLs in its responses. */
  void at(String url) {
    baseUrl = url;
  }

  /** Returns the client's violations of the protocol. */
  List<String> violations() {
    return violations;
  }

  int answers() {
    return answers;
  }

  @Override
  public Reply answer(Ask ask) {
    answers++;
    var sheet = sheet(ask.query().get("after"));
    var withoutCursor = new LinkedHashMap<>(ask.query());
    withoutCursor.remove("after");
    if (sheet < 0 || !ask.path().equals(call.path()) || !withoutCursor.equals(query)) {
      violations.add(ask.path() + " " + ask.query());
      return Reply.of(400, "{\"type\":\"invalid_request\",\"message\":\"unknown\"}");
    }
    var reply = Reply.of(200, body(sheet));
    var fault = faults.get(sheet).poll();
    return fault == null ? reply : Reply.instead(fault, reply);
  }

  private int sheet(String after) {
    if (after == null) {
      return 0;
    }
    for (int i = 0; i < sheets.size(); i++) {
      if (after.equals(cursors.key(i))) {
        return i;
      }
    }
    return -1;
  }

  private String body(int sheet) {
    var next = sheet + 1 < sheets.size() ? sheet + 1 : lastLeadsTo;
    var link =
        next < 0
            ? NO_NEXT[sheet % NO_NEXT.length]
            : (sheet % 2 == 0 ? "\"nextPage\":" : "\"prev\":\"p\",\"next\":")
                + cursors.json(next, baseUrl, call)
                + ",";
    return "{"
        + link
        + "\"data\":"
        + sheets.get(sheet).rows().stream()
            .map(call::json)
            .collect(Collectors.joining(",", "[", "]"))
        + "}";
  }
}
