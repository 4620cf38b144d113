package io.simtally.core.auth;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.ErrorBody;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * ThingSpace's two tokens: {@code Authorization: Bearer <token>} and {@code VZ-M2M-Token}. Detects
 * which of the two the gateway or the service refuses.
 */
public final class ThingSpaceAuth extends Auth {
  /** The gateway's codes for a bearer that is invalid, missing, expired or inactive. */
  private static final Set<String> BEARER_FAULTS = Set.of("900901", "900902", "900903", "900904");

  private final ThingSpaceCredentials credentials;
  private final ThingSpaceTokens tokens;

  /**
   * Sends the tokens of {@code credentials}.
   *
   * @param baseUrl the only server that receives them
   * @param credentials the login or the tokens; clients with the same object share them
   * @param calls sends token requests, without this interceptor
   * @throws IllegalArgumentException if one is null
   */
  public ThingSpaceAuth(HttpUrl baseUrl, ThingSpaceCredentials credentials, Call.Factory calls) {
    super(Preconditions.present("baseUrl", baseUrl));
    this.credentials = Preconditions.present("credentials", credentials);
    this.tokens = credentials.tokensFor(baseUrl, Preconditions.present("calls", calls));
  }

  @Override
  Response authorize(Chain chain, Request request) throws IOException {
    var call = context(chain);
    var session = tokens.session(call);
    var bearer = tokens.bearer(call);
    call.carries(session.redaction());
    call.carries(bearer.redaction());
    var response =
        chain.proceed(
            request
                .newBuilder()
                .header("Authorization", "Bearer " + bearer.reveal())
                .header("VZ-M2M-Token", session.reveal())
                .build());
    var refused = Refused.by(response, call);
    if (refused != Refused.BEARER) {
      bearer.accepted(call.time().nanoTime());
    }
    if (refused == Refused.NOTHING) {
      session.accepted(call.time().nanoTime());
    } else {
      call.credentialsRefused(
          refused == Refused.BEARER
              ? tokens.bearerRefused(bearer, call)
              : tokens.sessionRefused(session, call));
    }
    return response;
  }

  @Override
  List<Secret> secrets() {
    var secrets = new ArrayList<>(credentials.secrets());
    secrets.addAll(tokens.secrets());
    return secrets;
  }

  /** The token that a response refuses. */
  private enum Refused {
    NOTHING,
    BEARER,
    SESSION;

    static Refused by(Response response, AuthContext call) throws IOException {
      var status = response.code();
      if (status != 400 && status != 401 && status != 403) {
        return NOTHING;
      }
      var error = ErrorBody.parse(body(response, call));
      if (error.faultCode() != null) {
        return status == 401 || BEARER_FAULTS.contains(error.faultCode()) ? BEARER : NOTHING;
      }
      // The service's own name stands before the first dot and varies.
      if (String.valueOf(error.code()).contains(".SessionToken.")) {
        return SESSION;
      }
      if (status != 401) {
        return NOTHING;
      }
      // A service behind the gateway answers only an accepted bearer: its 401 refuses the session.
      return error.code() == null ? BEARER : SESSION;
    }

    /** A body that breaks off is a lost connection: it might have reported an expired token. */
    private static String body(Response response, AuthContext call) throws IOException {
      try {
        return ErrorBody.peek(response);
      } catch (IOException e) {
        if (call.isCompressedBodyArriving()) {
          return ""; // not gzip, and a retry would return the same: only the status counts
        }
        throw e;
      }
    }
  }
}
