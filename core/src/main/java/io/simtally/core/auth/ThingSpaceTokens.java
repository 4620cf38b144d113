package io.simtally.core.auth;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.TokenRefusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bearer and the session token for one base URL. A new bearer does not end the session. */
final class ThingSpaceTokens {
  private static final String BEARER = "ThingSpace bearer token";
  private static final String SESSION = "ThingSpace session token";

  /** A session expires after 20 unused minutes; an older one is not sent. */
  private static final Duration SESSION_IDLE = Duration.ofMinutes(19);

  private final TokenCache bearers;
  private final TokenCache sessions;

  /** Null for fixed tokens. */
  private final @Nullable ThingSpaceLogin login;

  private ThingSpaceTokens(
      TokenCache bearers, TokenCache sessions, @Nullable ThingSpaceLogin login) {
    this.bearers = bearers;
    this.sessions = sessions;
    this.login = login;
  }

  static ThingSpaceTokens fixed(Secret bearer, Secret session) {
    return new ThingSpaceTokens(new FixedToken(bearer), new FixedToken(session), null);
  }

  static ThingSpaceTokens refreshing(ThingSpaceLogin login) {
    var bearers = new RefreshingToken(BEARER, login.bearers(), null);
    var sessions = new RefreshingToken(SESSION, login.sessions(bearers), SESSION_IDLE);
    return new ThingSpaceTokens(bearers, sessions, login);
  }

  Token bearer(AuthContext call) throws IOException {
    return bearers.get(call);
  }

  Token session(AuthContext call) throws IOException {
    return sessions.get(call);
  }

  TokenRefusal bearerRefused(Token bearer, AuthContext call) {
    return bearers.refused(bearer, call);
  }

  TokenRefusal sessionRefused(Token session, AuthContext call) {
    return sessions.refused(session, call);
  }

  void forgetRefusal() {
    if (login != null) {
      login.forgetRefusal();
    }
  }

  List<Secret> secrets() {
    var secrets = new ArrayList<>(bearers.secrets());
    secrets.addAll(sessions.secrets());
    return secrets;
  }
}
