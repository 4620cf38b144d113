package io.simtally.core.auth;

import io.simtally.core.auth.TokenCache.Token;
import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bearer and the session token for one base URL. A new bearer does not end the session. */
final class ThingSpaceTokens {
  /** A session ends after 20 minutes without use; what is older is not even tried. */
  private static final Duration SESSION_IDLE = Duration.ofMinutes(19);

  private final TokenCache bearers;
  private final TokenCache sessions;
  private final TokenCache.Source bearerSource;
  private final TokenCache.Source sessionSource;

  private ThingSpaceTokens(
      TokenCache bearers,
      TokenCache sessions,
      TokenCache.Source bearerSource,
      TokenCache.Source sessionSource) {
    this.bearers = bearers;
    this.sessions = sessions;
    this.bearerSource = bearerSource;
    this.sessionSource = sessionSource;
  }

  static ThingSpaceTokens fixed(Secret bearer, Secret session, Time time) {
    TokenCache.Source none =
        starter -> {
          throw new IllegalStateException("a fixed token is never renewed");
        };
    return new ThingSpaceTokens(
        TokenCache.fixed("ThingSpace bearer token", bearer, time),
        TokenCache.fixed("ThingSpace session token", session, time),
        none,
        none);
  }

  static ThingSpaceTokens renewing(ThingSpaceLogin login, Time time) {
    var bearers = TokenCache.renewing("ThingSpace bearer token", time, null);
    return new ThingSpaceTokens(
        bearers,
        TokenCache.renewing("ThingSpace session token", time, SESSION_IDLE),
        starter -> login.bearer(),
        starter -> login.session(starter, bearers));
  }

  Token bearer(@Nullable AuthContext call) throws IOException {
    return bearers.get(call, bearerSource);
  }

  Token session(@Nullable AuthContext call) throws IOException {
    return sessions.get(call, sessionSource);
  }

  boolean bearerRefused(Token bearer) {
    return bearers.refused(bearer);
  }

  boolean sessionRefused(Token session) {
    return sessions.refused(session);
  }

  void forgetRefusal() {
    bearers.forgetRefusal();
    sessions.forgetRefusal();
  }

  List<Secret> secrets() {
    var secrets = new ArrayList<>(bearers.secrets());
    secrets.addAll(sessions.secrets());
    return secrets;
  }
}
