package io.simtally.simulator.thingspace;

import io.simtally.simulator.Endpoint;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.RequestObject;
import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.JsonText;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** {@code POST /api/m2m/v1/session/login}: a session token for a username and a password. */
final class ThingSpaceLoginEndpoint implements Endpoint.Handler {
  private final ThingSpaceTokens tokens;
  private final M2mSessions sessions;
  private final ThingSpaceMeter meter;

  ThingSpaceLoginEndpoint(ThingSpaceTokens tokens, M2mSessions sessions, ThingSpaceMeter meter) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.meter = meter;
  }

  @Override
  public void authorize(RecordedRequest request) throws ProviderError {
    tokens.require(request);
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws ProviderError {
    RequestObject body = ThingSpaceBody.read(request).allowOnly("username", "password");
    String session = logIn(body.text("username"), body.text("password"));
    ByteString json =
        JsonText.of(writer -> writer.beginObject().name("sessionToken").value(session).endObject());
    return AnswerBody.response(200, JsonText.CONTENT_TYPE, json, AnswerBody.Delivery.UNCOUNTED);
  }

  private String logIn(String username, String password) throws ProviderError {
    try {
      String session = sessions.logIn(username, password);
      meter.logins.increment();
      return session;
    } catch (ProviderError e) {
      meter.failedLogins.increment();
      throw e;
    }
  }
}
