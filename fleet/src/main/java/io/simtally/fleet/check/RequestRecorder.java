package io.simtally.fleet.check;

import io.simtally.fleet.contract.Probe.OmittedHeader;
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
 * Records the requests of a check as they are sent, logins included. During a login the recorder
 * sends no request twice. It keeps no address, body or credential.
 */
final class RequestRecorder implements Interceptor {
  private final Clock clock;
  private final List<Sent> sent = new ArrayList<>();
  private @Nullable Set<String> loginUrls;
  private @Nullable Request signed;

  RequestRecorder(Clock clock) {
    this.clock = clock;
  }

  /**
   * A request and its answer.
   *
   * @param protocol for example {@code HTTP/2}
   * @param status 0 if there was no answer
   * @param headers the headers of the answer
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

    /** Returns the end of the service's certificate, empty without TLS. */
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

  /** The tag of a request that needs a login and is not sent itself. */
  enum LoginOnly {
    YES
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    keepBack(request);
    var connection = Objects.requireNonNull(chain.connection());
    var userAgent = String.valueOf(request.header("User-Agent"));
    var start = clock.instant();
    var index = add(new Sent("", null, 0, Headers.EMPTY, userAgent, start, Duration.ZERO));
    var omitted = request.tag(OmittedHeader.class);
    var response =
        chain.proceed(
            omitted == null ? request : request.newBuilder().removeHeader(omitted.name()).build());
    var end = clock.instant();
    var answered =
        new Sent(
            name(response),
            connection.handshake(),
            response.code(),
            response.headers(),
            userAgent,
            end,
            Duration.between(start, end));
    synchronized (this) {
      sent.set(index, answered);
    }
    return response;
  }

  private synchronized void keepBack(Request request) throws IOException {
    if (request.tag(LoginOnly.class) != null) {
      signed = request;
      throw new IOException("only its login was wanted");
    }
    if (loginUrls != null
        && !loginUrls.add(request.url().newBuilder().query(null).build().toString())) {
      throw new IOException("a login is sent once");
    }
  }

  private synchronized int add(Sent begun) {
    sent.add(begun);
    return sent.size() - 1;
  }

  private static String name(Response response) {
    return switch (response.protocol()) {
      case HTTP_2, H2_PRIOR_KNOWLEDGE -> "HTTP/2";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_1_0 -> "HTTP/1.0";
      default -> "another HTTP version";
    };
  }

  /** Returns the last request, empty if it got no answer. */
  synchronized Optional<Sent> last() {
    return sent.isEmpty()
        ? Optional.empty()
        : Optional.of(sent.get(sent.size() - 1)).filter(one -> one.status() != 0);
  }

  /** Returns the version in the user agent, empty if no client has sent a request. */
  synchronized String version() {
    return sent.stream()
        .map(Sent::userAgent)
        .filter(agent -> agent.startsWith("simtally/"))
        .map(agent -> agent.substring("simtally/".length(), agent.indexOf(' ')))
        .findFirst()
        .orElse("");
  }

  /** Returns the number of requests so far. */
  synchronized int count() {
    return sent.size();
  }

  /** Starts a login. */
  synchronized void beginLogin() {
    loginUrls = new HashSet<>();
  }

  /** Ends the login and returns the request that the login signed, empty if the login failed. */
  synchronized Optional<Request> endLogin() {
    var request = Optional.ofNullable(signed);
    loginUrls = null;
    signed = null;
    return request;
  }
}
