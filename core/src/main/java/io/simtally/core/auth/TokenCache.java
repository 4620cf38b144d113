package io.simtally.core.auth;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.TokenRefusal;
import java.io.IOException;
import java.util.List;

/** Provides one kind of token to the requests of a client. Thread-safe. */
sealed interface TokenCache permits FixedToken, RefreshingToken {
  /** Returns a token, and waits for it if necessary. */
  Token get(AuthContext call) throws IOException;

  /**
   * Records that the provider refused {@code token}.
   *
   * @param call the call with the token
   * @return whether another token may help
   */
  TokenRefusal refused(Token token, AuthContext call);

  /** Returns the tokens that a response may echo. */
  List<Secret> secrets();
}
