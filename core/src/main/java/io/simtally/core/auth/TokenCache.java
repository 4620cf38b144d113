package io.simtally.core.auth;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.TokenRefusal;
import java.io.IOException;
import java.util.List;

/** Where a client's requests get one kind of token from. Thread-safe. */
sealed interface TokenCache permits FixedToken, RefreshingToken {
  /** Returns a token, waiting for it if there is none. */
  Token get(AuthContext call) throws IOException;

  /**
   * The provider refused {@code token}.
   *
   * @param call the call that carried it
   * @return whether repeating the call may help
   */
  TokenRefusal refused(Token token, AuthContext call);

  /** The tokens that an answer may still echo. */
  List<Secret> secrets();
}
