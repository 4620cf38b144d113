package io.simtally.simulator.thingspace;

import com.squareup.moshi.Json;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.adapters.EnumJsonAdapter;
import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.JsonText;
import io.simtally.simulator.internal.RefusedRequest;
import okio.ByteString;

/** What the token endpoint refuses, in the words of RFC 6749, section 5.2. */
enum OAuthError {
  @Json(name = "invalid_request")
  INVALID_REQUEST(400),
  @Json(name = "invalid_client")
  INVALID_CLIENT(401),
  @Json(name = "unsupported_grant_type")
  UNSUPPORTED_GRANT_TYPE(400);

  private static final JsonAdapter<OAuthError> WORD = EnumJsonAdapter.create(OAuthError.class);

  private final int status;

  OAuthError(int status) {
    this.status = status;
  }

  RefusedRequest refusal(String description) {
    ByteString json =
        JsonText.of(
            writer -> {
              writer.beginObject().name("error");
              WORD.toJson(writer, this);
              writer.name("error_description").value(description).endObject();
            });
    return new RefusedRequest(
        description,
        AnswerBody.response(status, JsonText.CONTENT_TYPE, json, AnswerBody.Delivery.UNCOUNTED));
  }
}
