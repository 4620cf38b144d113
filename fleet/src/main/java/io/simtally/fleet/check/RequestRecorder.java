package io.simtally.fleet.check;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import okhttp3.Handshake;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sees every request of a check as it goes out, logins included, and lets none of them go twice.
 * Keeps no address, body or credential.
 */
final class RequestRecorder implements Interceptor {
  private static final Set<String> LOGINS = Set.of("token", "login");

  private final Clock clock;
  private final List<Sent> sent = new ArrayList<>();
  private final Set<String> logins = new HashSet<>();
  private @Nullable Session session;

  RequestRecorder(Clock clock) {
    this.clock = clock;
  }

  /**
   * A request that was answered, or not.
   *
   * @param protocol for example {@code HTTP/2}
   * @param status 0 if there was no answer
   * @param headers of the answer, as the service wrote them
   * @param at when the answer began
   */
  record Sent(
      String protocol,
      @Nullable Handshake handshake,
      int status,
      Headers headers,
      String userAgent,
      Instant at,
      Duration took) {

    /** The last day of the service's certificate, empty without TLS. */
    Optional<Instant> certificateEnd() {
      return Optional.ofNullable(handshake).stream()
          .flatMap(tls -> tls.peerCertificates().stream())
          .limit(1)
          .filter(X509Certificate.class::isInstance)
          .map(certificate -> ((X509Certificate) certificate).getNotAfter().toInstant())
          .findFirst();
    }

    boolean isHtml() {
      return String.valueOf(headers.get("Content-Type")).contains("html");
    }
  }

  /** The two tokens of ThingSpace, as a request was about to carry them. */
  record Session(String bearer, String token) {
    @Override
    public String toString() {
      return "Session";
    }
  }

  /** Tag of a request that is only made for the login before it, and never sent. */
  enum KeptBack {
    YES
  }

  /** Why a request was not sent. */
  static final class NotSent extends IOException {
    private static final long serialVersionUID = 1L;

    NotSent(String reason) {
      super(reason);
    }
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    keepBack(request);
    var connection = Objects.requireNonNull(chain.connection());
    var start = clock.instant();
    var index = begin(request);
    var response = chain.proceed(withSomeTokens(request));
    var end = clock.instant();
    set(
        index,
        new Sent(
            name(response),
            connection.handshake(),
            response.code(),
            response.headers(),
            String.valueOf(request.header("User-Agent")),
            end,
            Duration.between(start, end)));
    return response;
  }

  private synchronized void keepBack(Request request) throws NotSent {
    var path = request.url().pathSegments();
    if (LOGINS.contains(path.get(path.size() - 1))
        && !logins.add(request.url().newBuilder().query(null).build().toString())) {
      throw new NotSent("a login is sent once");
    }
    if (request.tag(KeptBack.class) != null) {
      session =
          new Session(
              String.valueOf(request.header("Authorization")).replaceFirst("(?i)^Bearer ", ""),
              String.valueOf(request.header("VZ-M2M-Token")));
      throw new NotSent("only its login was wanted");
    }
  }

  private synchronized int begin(Request request) {
    sent.add(
        new Sent(
            "",
            null,
            0,
            Headers.EMPTY,
            String.valueOf(request.header("User-Agent")),
            clock.instant(),
            Duration.ZERO));
    return sent.size() - 1;
  }

  private synchronized void set(int index, Sent answered) {
    sent.set(index, answered);
  }

  private static Request withSomeTokens(Request request) {
    var tokens = request.tag(SentTokens.class);
    if (tokens == SentTokens.SESSION_ALONE) {
      return request.newBuilder().removeHeader("Authorization").build();
    }
    return tokens == SentTokens.BEARER_ALONE
        ? request.newBuilder().removeHeader("VZ-M2M-Token").build()
        : request;
  }

  private static String name(Response response) {
    return switch (response.protocol()) {
      case HTTP_2, H2_PRIOR_KNOWLEDGE -> "HTTP/2";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_1_0 -> "HTTP/1.0";
      default -> "another HTTP version";
    };
  }

  /** The request that was sent last, empty if that one got no answer. */
  synchronized Optional<Sent> last() {
    return sent.isEmpty()
        ? Optional.empty()
        : Optional.of(sent.get(sent.size() - 1)).filter(one -> one.status() != 0);
  }

  /** Simtally's, as it says itself to a service; empty if it has sent nothing yet. */
  synchronized String version() {
    return sent.stream()
        .map(Sent::userAgent)
        .filter(agent -> agent.startsWith("simtally/"))
        .map(agent -> agent.substring("simtally/".length(), agent.indexOf(' ')))
        .findFirst()
        .orElse("");
  }

  synchronized int count() {
    return sent.size();
  }

  /** The tokens that a login brought, once. */
  synchronized Optional<Session> takeSession() {
    var taken = Optional.ofNullable(session);
    session = null;
    return taken;
  }
}
