package io.simtally.simulator.thingspace;

import io.simtally.simulator.Endpoint;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.RequestObject;
import io.simtally.simulator.internal.AnswerBody;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** {@code POST /api/m2m/v1/session/login}: a session token for a username and a password. */
final class ThingSpaceLoginEndpoint implements Endpoint.Handler {
  private final ThingSpaceTokens tokens;
  private final M2mSessions sessions;

  ThingSpaceLoginEndpoint(ThingSpaceTokens tokens, M2mSessions sessions) {
    this.tokens = tokens;
    this.sessions = sessions;
  }

  @Override
  public void authorize(RecordedRequest request) throws ProviderError {
    tokens.require(request);
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws ProviderError {
    RequestObject body = ThingSpaceBody.read(request).allowOnly("username", "password");
    String session = sessions.logIn(body.text("username"), body.text("password"));
    return AnswerBody.json(200, "sessionToken", session);
  }
}
