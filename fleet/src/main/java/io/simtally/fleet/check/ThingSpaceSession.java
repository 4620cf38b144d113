package io.simtally.fleet.check;

import io.simtally.core.ApiException;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The login that both ThingSpace services share, sent once in a run. What it brings goes with the
 * calls as fixed tokens, so that nothing can be renewed or sent again.
 */
final class ThingSpaceSession {
  /** Requests of a login: the bearer token and the session. */
  static final int REQUESTS = 2;

  private final RequestRecorder wire;
  private @Nullable ThingSpaceCredentials opened;
  private @Nullable CheckLine refusal;

  ThingSpaceSession(RequestRecorder wire) {
    this.wire = wire;
  }

  /** Whether there is no login to send: its variables are the first alternative. */
  static boolean hasFixedTokens(Service service, CheckScope asked) {
    return !service.missing(asked).get(0).isEmpty();
  }

  /** What a login has brought, empty if there was none that did. */
  Optional<ThingSpaceCredentials> credentials() {
    return Optional.ofNullable(opened);
  }

  /** Logs in, unless that was tried in this run. */
  CheckLine open(Service service, CheckScope asked, OkHttpClient http) {
    var provider = service.provider();
    if (opened != null) {
      return CheckLine.good(provider, "login", "the session that is open");
    }
    if (refusal != null) {
      return CheckLine.failed(
          provider,
          "login",
          "it was refused before in this run, and is not sent again",
          refusal.advice());
    }
    var given = ThingSpaceCredentials.fromEnv(asked.environment());
    if (hasFixedTokens(service, asked)) {
      opened = given;
      return CheckLine.note(provider, "login", "none: THINGSPACE_M2M_TOKEN is an open session");
    }
    return send(service, asked, http, given);
  }

  private CheckLine send(
      Service service, CheckScope asked, OkHttpClient http, ThingSpaceCredentials given) {
    var provider = service.provider();
    var before = wire.count();
    try {
      service.loginProbe(asked).keptBack().ask(http, given);
    } catch (ApiException e) {
      var session = wire.takeSession();
      var requests = wire.count() - before;
      if (session.isPresent()) {
        opened = ThingSpaceCredentials.tokens(session.get().bearer(), session.get().token());
        return CheckLine.good(provider, "login", "accepted").with(Map.of("requests", requests));
      }
      var facts = new LinkedHashMap<String, Object>(Failure.facts(e));
      facts.put("requests", requests);
      refusal = CheckLine.failed(provider, "login", Failure.text(e), advice(e)).with(facts);
      return refusal;
    }
    throw new IllegalStateException("a request that was to be kept back has been answered");
  }

  private static String advice(ApiException failure) {
    return failure.kind() == ApiException.Kind.UNAUTHENTICATED
        ? "compare THINGSPACE_KEY and THINGSPACE_SECRET with the portal's, THINGSPACE_USERNAME and"
            + " THINGSPACE_PASSWORD with the UWS account; do not try often: five failures in a row"
            + " lock the account"
        : "try again later: ThingSpace gave no session, and did not say that the login is wrong";
  }
}
