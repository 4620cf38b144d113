package io.simtally.simulator;

import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** {@code POST /api/m2m/v1/session/login}: a session token for a username and a password. */
final class LoginEndpoint implements Endpoint.Handler {
  private final AccessTokens tokens;
  private final M2mSessions sessions;
  private final TrafficMeter meter;

  LoginEndpoint(AccessTokens tokens, M2mSessions sessions, TrafficMeter meter) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.meter = meter;
  }

  @Override
  public void authorize(RecordedRequest request) throws RefusedRequest {
    tokens.require(request);
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws RefusedRequest {
    RequestObject body = RequestObject.read(request).allowOnly("username", "password");
    String session = logIn(body.text("username"), body.text("password"));
    ByteString json =
        JsonText.of(writer -> writer.beginObject().name("sessionToken").value(session).endObject());
    return AnswerBody.response(200, JsonText.CONTENT_TYPE, json, AnswerBody.Delivery.UNCOUNTED);
  }

  private String logIn(String username, String password) throws RefusedRequest {
    try {
      String session = sessions.logIn(username, password);
      meter.logins.increment();
      return session;
    } catch (RefusedRequest e) {
      meter.failedLogins.increment();
      throw e;
    }
  }
}
