package io.simtally.fleet.check;

import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.contract.Contract;
import io.simtally.fleet.contract.DocumentedCall;
import io.simtally.fleet.contract.JsonValue;
import io.simtally.fleet.contract.Probe.OmittedHeader;
import io.simtally.fleet.contract.Question;
import io.simtally.fleet.contract.RecordedExchange;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/**
 * Compares the answers of a service with the provider's page, to detect changes of the API. It is
 * an interceptor of the {@code OkHttpClient} that a Simtally client uses, and changes nothing:
 *
 * <pre>{@code
 * ContractCheck contract = new ContractCheck();
 * OkHttpClient http = new OkHttpClient.Builder().addInterceptor(contract).build();
 * }</pre>
 *
 * <p>Only the shape is compared: paths, JSON types, how times and numbers are written, the order of
 * rows. The result contains no value of an answer, no credential, and nothing of a request. Some
 * questions are settled only by two ranges that meet, so request them one after the other.
 *
 * <p>Thread-safe. Keeps the last few answers in memory. An answer of more than 4 MiB is not
 * compared, which is itself a difference.
 */
public final class ContractCheck implements Interceptor {
  private static final int LONGEST_BODY = 4 << 20;

  /** Two ranges that meet are requested one after the other. */
  private static final int REMEMBERED = 4;

  private final List<Contract> contracts;
  private final Set<Difference> differences = new LinkedHashSet<>();
  private final Set<ResolvedQuestion> settled = new LinkedHashSet<>();
  private final Deque<RecordedExchange> recent = new ArrayDeque<>();
  private int compared;

  /** Creates a check of all providers whose client is on the class path. */
  public ContractCheck() {
    contracts = ServiceCheck.services(Map.of()).stream().map(CheckService::contract).toList();
  }

  /**
   * Sends the request and compares the answer.
   *
   * @param chain the chain of OkHttp
   * @return the answer, unchanged
   * @throws IOException if the request fails
   */
  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    var response = chain.proceed(request);
    var fitting =
        contracts.stream()
            .flatMap(contract -> contract.calls().stream().map(call -> Map.entry(call, contract)))
            .filter(each -> fit(each, request) >= 0)
            .max(Comparator.comparingInt(each -> fit(each, request)));
    if (fitting.isPresent()) {
      compare(fitting.get().getKey(), fitting.get().getValue().questions(), request, response);
    }
    return response;
  }

  private static int fit(Map.Entry<DocumentedCall, Contract> documented, Request request) {
    return documented.getKey().fit(request.method(), request.url());
  }

  private void compare(
      DocumentedCall call, List<Question> questions, Request request, Response response)
      throws IOException {
    var body = response.peekBody(LONGEST_BODY + 1L).bytes();
    var isTooLong = body.length > LONGEST_BODY;
    var omitted = request.tag(OmittedHeader.class);
    var exchange =
        new RecordedExchange(
            call.operation(),
            request.url(),
            asked(request),
            omitted == null ? "" : omitted.name(),
            response.code(),
            isTooLong ? Optional.empty() : JsonValue.parse(new Buffer().write(body).readUtf8()));
    var found =
        exchange
            .answer()
            .map(answer -> Shape.differences(call, answer))
            .orElseGet(() -> List.of(unreadable(call, isTooLong)));
    add(exchange, found, questions);
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

  private static Difference unreadable(DocumentedCall call, boolean isTooLong) {
    var found = isTooLong ? "longer than 4 MiB, so not compared" : "no JSON";
    return new Difference(call.operation(), "", Difference.Kind.UNREADABLE, "JSON", found);
  }

  private synchronized void add(
      RecordedExchange exchange, List<Difference> found, List<Question> questions) {
    if (exchange.isSuccess()) {
      compared++;
      differences.addAll(found);
    }
    for (var question : questions) {
      question
          .finder()
          .find(exchange, recent)
          .map(
              answer ->
                  new ResolvedQuestion(
                      question.id(),
                      exchange.operation(),
                      question.question(),
                      answer,
                      question.decision()))
          .ifPresent(settled::add);
    }
    recent.addLast(exchange);
    if (recent.size() > REMEMBERED) {
      recent.removeFirst();
    }
  }

  /** {@return the number of compared answers: the successful ones of documented calls} */
  public synchronized int compared() {
    return compared;
  }

  /** {@return the differences between the answers and the pages so far, each once} */
  public synchronized List<Difference> differences() {
    return List.copyOf(differences);
  }

  /** {@return the open questions of the pages that the answers have settled so far, each once} */
  public synchronized List<ResolvedQuestion> settled() {
    return List.copyOf(settled);
  }
}
