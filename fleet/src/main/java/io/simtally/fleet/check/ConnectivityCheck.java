package io.simtally.fleet.check;

import io.simtally.fleet.check.CheckLine.Outcome;
import io.simtally.fleet.check.RequestRecorder.Sent;
import io.simtally.fleet.contract.CheckService;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Name, connection, certificate and clock of one address, tested by a single HEAD without any
 * credential.
 *
 * @param lines the results
 * @param isOpen whether calls can be sent to the address
 */
record ConnectivityCheck(List<CheckLine> lines, boolean isOpen) {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);
  private static final int EARLY_DAYS = 14;
  private static final int PROXY_ASKS = 407;

  static ConnectivityCheck of(
      CheckService service, HttpUrl address, OkHttpClient http, RequestRecorder wire, Instant now) {
    var name = name(service, address, http);
    if (name.outcome() == Outcome.FAILED) {
      return new ConnectivityCheck(List.of(name), false);
    }
    // Some servers answer HEAD with a body, which the next answer would seem to begin with.
    var head = new Request.Builder().url(address).head().header("Connection", "close").build();
    var refusals = new AtomicInteger();
    var quick =
        http.newBuilder()
            .callTimeout(LONGEST)
            .followRedirects(false)
            .proxyAuthenticator(counted(http.proxyAuthenticator(), refusals))
            .build();
    try (var response = quick.newCall(head).execute()) {
      if (response.code() == PROXY_ASKS) {
        return new ConnectivityCheck(List.of(name, proxyAsks(refusals.get())), false);
      }
      var sent = wire.last().orElseThrow();
      return new ConnectivityCheck(List.of(name, connected(sent, now), clock(sent)), true);
    } catch (IOException e) {
      return new ConnectivityCheck(
          List.of(
              name,
              refusals.get() > 0 ? proxyAsks(refusals.get()) : notConnected(service, address, e)),
          false);
    }
  }

  private static Authenticator counted(Authenticator authenticator, AtomicInteger refusals) {
    return (route, response) -> {
      // OkHttp asks before the first request as well, by a challenge of its own.
      if (response.challenges().stream().noneMatch(each -> each.scheme().startsWith("OkHttp-"))) {
        refusals.incrementAndGet();
      }
      return authenticator.authenticate(route, response);
    };
  }

  private static CheckLine proxyAsks(int refusals) {
    return CheckLine.failed(
            "connection",
            refusals > 1
                ? "the proxy refuses the user or the password (407)"
                : "the proxy asks for a password (407)",
            "put user and password of the proxy into HTTPS_PROXY=http://user:password@host:port")
        .with(Map.of("failure", "proxy password"));
  }

  private static CheckLine name(CheckService service, HttpUrl address, OkHttpClient http) {
    if (isProxied(address, http)) {
      return CheckLine.note("name", address.host() + " is left to the proxy");
    }
    try {
      var found = http.dns().lookup(address.host()).size();
      var text = address.host() + " has " + found + (found == 1 ? " address" : " addresses");
      return CheckLine.good("name", text).with(Map.of("addresses", found));
    } catch (UnknownHostException e) {
      return failed(
          "name",
          "no address",
          address.host() + " has no address",
          "look at this machine's DNS, and at "
              + service.baseUrlVariable()
              + " if it is set; behind a proxy set https.proxyHost and https.proxyPort");
    }
  }

  private static CheckLine failed(String step, String failure, String text, String advice) {
    return CheckLine.failed(step, text, advice).with(Map.of("failure", failure));
  }

  private static boolean isProxied(HttpUrl address, OkHttpClient http) {
    var proxies =
        http.proxy() == null ? http.proxySelector().select(address.uri()) : List.of(http.proxy());
    return !proxies.isEmpty() && proxies.get(0).type() != Proxy.Type.DIRECT;
  }

  private static CheckLine connected(Sent sent, Instant now) {
    var handshake = sent.handshake();
    var millis = sent.took().toMillis();
    var transport = sent.protocol() + ", " + millis + " ms";
    if (handshake == null) {
      return CheckLine.note("connection", "without TLS, " + transport)
          .with(Map.of("tls", "none", "http", sent.protocol(), "millis", millis));
    }
    var tls = handshake.tlsVersion().javaName();
    var end = sent.certificateEnd().map(last -> LocalDate.ofInstant(last, ZoneOffset.UTC));
    var lastDay = end.map(LocalDate::toString).orElse("unknown");
    var text = tls + ", certificate until " + lastDay + ", " + transport;
    var soon = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(EARLY_DAYS);
    var line =
        end.filter(soon::isAfter).isPresent()
            ? CheckLine.note("connection", text + ": it expires soon")
            : CheckLine.good("connection", text);
    return line.with(
        Map.of(
            "tls", tls, "certificateLastDay", lastDay, "http", sent.protocol(), "millis", millis));
  }

  private static CheckLine notConnected(
      CheckService service, HttpUrl address, IOException failure) {
    var host = address.host();
    var expired = cause(failure, CertificateExpiredException.class);
    if (expired.isPresent()) {
      return failed(
          "connection",
          "certificate expired",
          "the certificate of " + host + " has expired (" + expired.get().getMessage() + ")",
          "look at this machine's clock; if that is right, only "
              + service.provider()
              + " can renew it: nothing was sent");
    }
    if (cause(failure, CertificateNotYetValidException.class).isPresent()) {
      return failed(
          "connection",
          "certificate not yet valid",
          "the certificate of " + host + " is not valid yet",
          "look at this machine's clock");
    }
    if (cause(failure, SSLException.class).isPresent()) {
      return failed(
          "connection",
          "no TLS",
          "no TLS with " + host + ": " + failure.getMessage(),
          "if a proxy of yours reads TLS, import its certificate into the JDK's trust store");
    }
    var isRefused = cause(failure, ConnectException.class).isPresent();
    return failed(
        "connection",
        isRefused ? "refused" : "no answer",
        host + ":" + address.port() + (isRefused ? " refuses the connection" : " does not answer"),
        "look for a firewall or a proxy in between, and at "
            + service.baseUrlVariable()
            + " if it is set");
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  private static CheckLine clock(Sent sent) {
    var date = sent.headers().getInstant("Date");
    if (date == null) {
      return CheckLine.note("clock", "the service does not send its time");
    }
    var ahead = Duration.between(date, sent.at());
    var facts = Map.<String, Object>of("secondsAhead", ahead.toSeconds());
    var apart = ahead.abs();
    if (apart.compareTo(CLOCK_TOLERANCE) <= 0) {
      return CheckLine.good("clock", Math.abs(ahead.toSeconds()) + " s from the service's clock")
          .with(facts);
    }
    var words =
        apart.toHours() > 0
            ? apart.toHours() + " h " + apart.toMinutesPart() + " min"
            : apart.toMinutes() + " min " + apart.toSecondsPart() + " s";
    return CheckLine.failed(
            "clock",
            "this machine is "
                + words
                + (ahead.isNegative() ? " behind" : " ahead of")
                + " the service",
            "set the clock, best by NTP: a wrong clock shortens tokens and shifts days")
        .with(facts);
  }
}
