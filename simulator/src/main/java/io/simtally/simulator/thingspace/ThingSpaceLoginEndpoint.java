package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.RequestObject;
import io.simtally.simulator.SimulatorEndpoint;
import io.simtally.simulator.internal.AnswerBody;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** {@code POST /api/m2m/v1/session/login}: a session token for a username and a password. */
record ThingSpaceLoginEndpoint(AccessTokens tokens, M2mSessions sessions)
    implements SimulatorEndpoint.Handler {
  @Override
  public void authorize(RecordedRequest request) throws ProviderError {
    tokens.require(request);
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws ProviderError {
    RequestObject body = ThingSpaceRequest.body(request).allowOnly("username", "password");
    String session = sessions.logIn(body.text("username"), body.text("password"));
    return AnswerBody.json(200, "sessionToken", session);
  }
}
