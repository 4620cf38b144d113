package io.simtally.core.auth;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.TokenRefusal;
import java.util.List;

/** A token that is never refreshed. */
final class FixedToken implements TokenCache {
  private final Token token;

  FixedToken(Secret token) {
    this.token = new Token(token, null, null, 0);
  }

  @Override
  public Token get(AuthContext call) {
    return token;
  }

  @Override
  public TokenRefusal refused(Token refused, AuthContext call) {
    return TokenRefusal.FINAL;
  }

  @Override
  public List<Secret> secrets() {
    return List.of(token.value());
  }
}
