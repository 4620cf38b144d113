package io.simtally.fleet.check;

import io.simtally.fleet.check.CheckLine.Outcome;
import io.simtally.fleet.check.RequestRecorder.Sent;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The way to one address, tried by a single HEAD without any credential: name, connection,
 * certificate and clock.
 *
 * @param lines what was found
 * @param isOpen whether calls can be sent there
 */
record ConnectivityCheck(List<CheckLine> lines, boolean isOpen) {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);
  private static final int EARLY_DAYS = 14;

  static ConnectivityCheck of(
      Service service, HttpUrl address, OkHttpClient http, RequestRecorder wire, Instant now) {
    var provider = service.provider();
    var lines = new ArrayList<CheckLine>();
    var name = name(service, address, http);
    lines.add(name);
    if (name.outcome() == Outcome.FAILED) {
      return new ConnectivityCheck(List.copyOf(lines), false);
    }
    // Some servers answer HEAD with a body, which the next answer would seem to begin with.
    var head = new Request.Builder().url(address).head().header("Connection", "close").build();
    var quick = http.newBuilder().callTimeout(LONGEST).followRedirects(false).build();
    try {
      quick.newCall(head).execute().close();
      var sent = wire.last().orElseThrow();
      lines.add(connected(provider, sent, now));
      lines.add(clock(provider, sent));
      return new ConnectivityCheck(List.copyOf(lines), true);
    } catch (IOException e) {
      lines.add(notConnected(service, address, e));
      return new ConnectivityCheck(List.copyOf(lines), false);
    }
  }

  private static CheckLine name(Service service, HttpUrl address, OkHttpClient http) {
    var provider = service.provider();
    if (isProxied(address, http)) {
      return CheckLine.note(provider, "name", address.host() + " is left to the proxy");
    }
    try {
      var found = http.dns().lookup(address.host()).size();
      return CheckLine.good(
              provider,
              "name",
              address.host() + " has " + found + (found == 1 ? " address" : " addresses"))
          .with(Map.of("addresses", found));
    } catch (UnknownHostException e) {
      return CheckLine.failed(
              provider,
              "name",
              address.host() + " has no address",
              "look at this machine's DNS, and at "
                  + service.baseUrlVariable()
                  + " if it is set; behind a proxy set https.proxyHost and https.proxyPort")
          .with(Map.of("failure", "no address"));
    }
  }

  private static boolean isProxied(HttpUrl address, OkHttpClient http) {
    var proxies =
        http.proxy() == null ? http.proxySelector().select(address.uri()) : List.of(http.proxy());
    return !proxies.isEmpty() && proxies.get(0).type() != Proxy.Type.DIRECT;
  }

  private static CheckLine connected(String provider, Sent sent, Instant now) {
    var handshake = sent.handshake();
    var millis = sent.took().toMillis();
    if (handshake == null) {
      return CheckLine.note(
              provider, "connection", "without TLS, " + sent.protocol() + ", " + millis + " ms")
          .with(Map.of("tls", "none", "http", sent.protocol(), "millis", millis));
    }
    var tls = handshake.tlsVersion().javaName();
    var end = sent.certificateEnd().map(last -> LocalDate.ofInstant(last, ZoneOffset.UTC));
    var lastDay = end.map(LocalDate::toString).orElse("unknown");
    var text =
        tls + ", certificate until " + lastDay + ", " + sent.protocol() + ", " + millis + " ms";
    var isLate =
        end.isPresent()
            && end.get().isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(EARLY_DAYS));
    var line =
        isLate
            ? CheckLine.note(provider, "connection", text + ": it ends soon")
            : CheckLine.good(provider, "connection", text);
    return line.with(
        Map.of(
            "tls", tls, "certificateLastDay", lastDay, "http", sent.protocol(), "millis", millis));
  }

  private static CheckLine notConnected(Service service, HttpUrl address, IOException failure) {
    var provider = service.provider();
    var expired = cause(failure, CertificateExpiredException.class);
    if (expired != null) {
      return CheckLine.failed(
              provider,
              "connection",
              "the certificate of "
                  + address.host()
                  + " has expired ("
                  + expired.getMessage()
                  + ")",
              "look at this machine's clock; if that is right, only "
                  + provider
                  + " can renew it: nothing was sent")
          .with(Map.of("failure", "certificate expired"));
    }
    if (cause(failure, CertificateNotYetValidException.class) != null) {
      return CheckLine.failed(
              provider,
              "connection",
              "the certificate of " + address.host() + " is not valid yet",
              "look at this machine's clock")
          .with(Map.of("failure", "certificate not yet valid"));
    }
    if (cause(failure, SSLException.class) != null) {
      return CheckLine.failed(
              provider,
              "connection",
              "no TLS with " + address.host() + ": " + failure.getMessage(),
              "if a proxy of yours reads TLS, import its certificate into the JDK's trust store")
          .with(Map.of("failure", "no TLS"));
    }
    var refused = cause(failure, ConnectException.class) != null;
    return CheckLine.failed(
            provider,
            "connection",
            address.host()
                + ":"
                + address.port()
                + (refused ? " refuses the connection" : " does not answer"),
            "look for a firewall or a proxy between, and at "
                + service.baseUrlVariable()
                + " if it is set")
        .with(Map.of("failure", refused ? "refused" : "no answer"));
  }

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElse(null);
  }

  private static CheckLine clock(String provider, Sent sent) {
    var date = sent.headers().getInstant("Date");
    if (date == null) {
      return CheckLine.note(provider, "clock", "the service does not tell its time");
    }
    var ahead = Duration.between(date, sent.at());
    var seconds = ahead.toSeconds();
    var facts = Map.<String, Object>of("secondsAhead", seconds);
    if (ahead.abs().compareTo(CLOCK_TOLERANCE) <= 0) {
      return CheckLine.good(provider, "clock", Math.abs(seconds) + " s from the service's clock")
          .with(facts);
    }
    return CheckLine.failed(
            provider,
            "clock",
            "this machine is "
                + words(ahead.abs())
                + (ahead.isNegative() ? " behind" : " ahead of")
                + " the service",
            "set the clock, best by NTP: tokens end early by a wrong one, and days are other days")
        .with(facts);
  }

  private static String words(Duration apart) {
    return apart.toHours() > 0
        ? apart.toHours() + " h " + apart.toMinutesPart() + " min"
        : apart.toMinutes() + " min " + apart.toSecondsPart() + " s";
  }

  /** What was found already for another service at the same address. */
  ConnectivityCheck as(Service other) {
    return new ConnectivityCheck(
        lines.stream()
            .map(
                line ->
                    new CheckLine(
                        other.provider(),
                        line.step(),
                        line.outcome(),
                        line.text(),
                        line.advice(),
                        line.facts()))
            .toList(),
        isOpen);
  }
}
