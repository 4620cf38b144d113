package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.SimulatorEndpoint;
import io.simtally.simulator.internal.AnswerBody;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/ts/v1/oauth2/token}: an access token for the application's key and secret. */
record ThingSpaceTokenEndpoint(AccessTokens tokens) implements SimulatorEndpoint.Handler {
  @Override
  public void authorize(RecordedRequest request) throws ProviderError {
    tokens.requireApplication(request);
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws ProviderError {
    requireClientCredentials(request);
    AccessTokens.Grant grant = tokens.grant();
    return AnswerBody.json(
        200,
        writer -> {
          writer.beginObject();
          writer.name("access_token").value(grant.token());
          writer.name("scope").value("default");
          writer.name("token_type").value("Bearer");
          writer.name("expires_in").value(grant.remainingSeconds());
          writer.endObject();
        });
  }

  private static void requireClientCredentials(RecordedRequest request) throws ProviderError {
    if (!isForm(request.getHeaders().get("Content-Type"))) {
      throw OAuthError.INVALID_REQUEST.error(
          "The content type must be application/x-www-form-urlencoded");
    }
    List<@Nullable String> grantTypes = form(request).queryParameterValues("grant_type");
    if (request.getUrl().query() != null || grantTypes.size() != 1) {
      throw OAuthError.INVALID_REQUEST.error("Missing grant_type parameter value");
    }
    if (!"client_credentials".equals(grantTypes.get(0))) {
      throw OAuthError.UNSUPPORTED_GRANT_TYPE.error("Unsupported grant_type value");
    }
  }

  private static boolean isForm(@Nullable String contentType) {
    MediaType type = contentType == null ? null : MediaType.parse(contentType);
    return type != null
        && type.type().equals("application")
        && type.subtype().equals("x-www-form-urlencoded");
  }

  private static HttpUrl form(RecordedRequest request) {
    ByteString body = request.getBody();
    String text = body == null ? "" : body.utf8();
    return new HttpUrl.Builder().scheme("http").host("form").encodedQuery(text).build();
  }
}
