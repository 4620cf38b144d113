package io.simtally.fleet.check;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/**
 * Compares what a service answers with what its page says, for whoever wants to know when a carrier
 * changes its API. It looks on as an interceptor of the {@code OkHttpClient} that a Simtally client
 * is given, and changes nothing:
 *
 * <pre>{@code
 * ContractCheck contract = new ContractCheck();
 * OkHttpClient http = new OkHttpClient.Builder().addInterceptor(contract).build();
 * }</pre>
 *
 * <p>Only the shape is compared: paths, JSON types, how times and numbers are written, the order of
 * rows. No value of an answer, no credential, and nothing of a request is kept in what it tells.
 * Some questions are settled only by two ranges that meet, so ask for them one after the other.
 *
 * <p>Thread-safe. Keeps the last few answers in memory; an answer of more than 4 MiB is not
 * compared, which is a difference of its own.
 */
public final class ContractCheck implements Interceptor {
  private static final int LONGEST_BODY = 4 << 20;

  /** Two ranges that meet are asked for one after the other. */
  private static final int REMEMBERED = 4;

  private final Set<Difference> differences = new LinkedHashSet<>();
  private final Set<ResolvedQuestion> settled = new LinkedHashSet<>();
  private final Deque<Exchange> recent = new ArrayDeque<>();
  private int compared;

  /** Begins with nothing compared. */
  public ContractCheck() {}

  /**
   * Lets the request through and looks at the answer.
   *
   * @param chain as OkHttp gives it
   * @return the answer, unchanged
   * @throws IOException if the request fails
   */
  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    var response = chain.proceed(request);
    var page = Pages.find(request.method(), request.url());
    if (page.isPresent()) {
      look(page.get(), request, response);
    }
    return response;
  }

  private void look(DocumentedCall page, Request request, Response response) throws IOException {
    var body = response.peekBody(LONGEST_BODY + 1L).bytes();
    var tokens = request.tag(SentTokens.class);
    var exchange =
        new Exchange(
            page,
            request.url(),
            asked(request),
            tokens == null ? SentTokens.ALL : tokens,
            response.code(),
            body.length > LONGEST_BODY
                ? Optional.empty()
                : JsonValue.parse(new Buffer().write(body).readUtf8()));
    add(exchange, body.length > LONGEST_BODY);
  }

  private static Optional<JsonValue> asked(Request request) throws IOException {
    var body = request.body();
    if (body == null) {
      return Optional.empty();
    }
    var json = new Buffer();
    body.writeTo(json);
    return JsonValue.parse(json.readUtf8());
  }

  private synchronized void add(Exchange exchange, boolean tooLong) {
    if (exchange.isSuccess()) {
      compared++;
      differences.addAll(differences(exchange, tooLong));
    }
    for (var question : Questions.ALL) {
      question.settledBy(exchange, recent).ifPresent(settled::add);
    }
    recent.addLast(exchange);
    if (recent.size() > REMEMBERED) {
      recent.removeFirst();
    }
  }

  private static Collection<Difference> differences(Exchange exchange, boolean tooLong) {
    return exchange
        .answer()
        .map(answer -> Shape.differences(exchange.page(), answer))
        .orElseGet(
            () ->
                List.of(
                    new Difference(
                        exchange.page().operation(),
                        "",
                        Difference.Kind.UNREADABLE,
                        "JSON",
                        tooLong ? "longer than 4 MiB, so not compared" : "no JSON")));
  }

  /** {@return how many answers were compared: those of documented calls that succeeded} */
  public synchronized int compared() {
    return compared;
  }

  /** {@return in what the answers differed from their pages so far, each once} */
  public synchronized List<Difference> differences() {
    return List.copyOf(differences);
  }

  /** {@return which open questions of the pages the answers have settled so far, each once} */
  public synchronized List<ResolvedQuestion> settled() {
    return List.copyOf(settled);
  }
}
