package io.simtally.core.auth;

import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * IoT-X's bearer token: {@code Authorization: Bearer <token>}. With a source, a token that is
 * answered with 401 is refreshed once.
 */
public final class BearerAuth extends Auth {
  private final TokenCache tokens;

  private BearerAuth(HttpUrl origin, TokenCache tokens) {
    super(origin);
    this.tokens = tokens;
  }

  /**
   * Sends a fixed token.
   *
   * @param origin a URL with the scheme, host and port that receive the token
   * @param token the token, valid in a header
   * @return an interceptor that never refreshes
   * @throws IllegalArgumentException if one is null
   */
  public static BearerAuth fixed(HttpUrl origin, Secret token) {
    return new BearerAuth(origin, new FixedToken(Preconditions.present("token", token)));
  }

  /**
   * Sends the tokens of {@code source}, each until it is refused.
   *
   * @param origin a URL with the scheme, host and port that receive the token
   * @param source provides the first token, and another one when a token is refused
   * @return an interceptor that refreshes
   * @throws IllegalArgumentException if one is null
   */
  public static BearerAuth refreshing(HttpUrl origin, TokenSource source) {
    Preconditions.present("source", source);
    return new BearerAuth(
        origin, new RefreshingToken("bearer token", starter -> ask(source), null));
  }

  private static RefreshingToken.Issued ask(TokenSource source) throws IOException {
    var token = source.token();
    try {
      return new RefreshingToken.Issued(
          Secret.ofHeader("the token source's token", Preconditions.present("token", token)), null);
    } catch (IllegalArgumentException e) {
      throw LoginFailureException.unanswered("the token source gave no usable token", e);
    }
  }

  @Override
  Response authorize(Chain chain, Request request) throws IOException {
    var call = context(chain);
    var token = tokens.get(call);
    call.carries(token.redaction());
    var response =
        chain.proceed(
            request.newBuilder().header("Authorization", "Bearer " + token.reveal()).build());
    if (response.code() != 401) {
      token.accepted(call.time().nanoTime());
    } else {
      call.credentialsRefused(tokens.refused(token, call));
    }
    return response;
  }

  @Override
  List<Secret> secrets() {
    return tokens.secrets();
  }
}
