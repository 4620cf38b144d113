package io.simtally.core.auth;

import io.simtally.core.internal.LoginFailure;
import io.simtally.core.internal.Setting;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * IoT-X's bearer token: {@code Authorization: Bearer <token>}. A token that is answered with 401 is
 * renewed once, if there is a source to renew it from.
 */
public final class BearerAuth extends Auth {
  private final TokenCache tokens;
  private final Time time;

  private BearerAuth(HttpUrl origin, TokenCache tokens, Time time) {
    super(origin);
    this.tokens = tokens;
    this.time = time;
  }

  /**
   * Sends one token, for as long as the client lives.
   *
   * @param origin scheme, host and port that get the token; the path does not matter
   * @param token the token, which can stand in a header
   * @param time the clock that the token's use is noted by
   * @return an interceptor that never renews
   */
  @SuppressWarnings("exports") // Time is for the provider modules.
  public static BearerAuth fixed(HttpUrl origin, Secret token, Time time) {
    return new BearerAuth(origin, new FixedToken(token, time), time);
  }

  /**
   * Sends the tokens of {@code source}, each until it is refused.
   *
   * @param origin scheme, host and port that get the token; the path does not matter
   * @param source asked when there is no token or the last one was refused
   * @param time the clock that the tokens' use is noted by
   * @return an interceptor that renews
   */
  @SuppressWarnings("exports") // Time is for the provider modules.
  public static BearerAuth renewing(HttpUrl origin, TokenSource source, Time time) {
    return new BearerAuth(
        origin, new RenewedToken("bearer token", starter -> ask(source), null, time), time);
  }

  private static RenewedToken.Issued ask(TokenSource source) throws IOException {
    var token = source.token();
    try {
      return new RenewedToken.Issued(
          Secret.ofHeader("the token source's token", Setting.present("token", token)), null);
    } catch (IllegalArgumentException e) {
      throw LoginFailure.unanswered("the token source gave no usable token", e);
    }
  }

  @Override
  Response authorize(Chain chain, Request request) throws IOException {
    var call = context(request);
    var token = tokens.get(call);
    call.carries(token.redaction());
    var response =
        chain.proceed(
            request.newBuilder().header("Authorization", "Bearer " + token.reveal()).build());
    if (response.code() != 401) {
      token.accepted(time.nanoTime());
    } else {
      call.credentialsRefused(tokens.refused(token));
    }
    return response;
  }

  @Override
  List<Secret> secrets() {
    return tokens.secrets();
  }
}
