package io.simtally.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonReader;
import io.simtally.simulator.thingspace.ThingSpaceCalls;
import java.io.IOException;
import java.util.List;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/** A complete HTTP answer. */
public record Answer(int status, Headers headers, String body) {
  /** Returns the answer to a request without headers; a {@code POST} has an empty body. */
  public static Answer of(String method, String url) throws IOException {
    RequestBody body = method.equals("POST") ? RequestBody.create(new byte[0]) : null;
    Request request = new Request.Builder().url(url).method(method, body).build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      return new Answer(response.code(), response.headers(), response.body().string());
    }
  }

  public Object json() {
    return json(body);
  }

  public static Object json(String text) {
    try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text))) {
      Object value = reader.readJsonValue();
      assertThat(reader.peek()).isEqualTo(JsonReader.Token.END_DOCUMENT);
      return value;
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  public JsonObject object() {
    return JsonObject.of(json());
  }

  public String text(String member) {
    return object().text(member);
  }

  public List<JsonObject> rows() {
    return object().objects("usageHistory");
  }

  public void isM2mError(String codeAfterService) {
    assertThat(status).isEqualTo(400);
    assertThat(headers.get("Content-Type")).isEqualTo("application/json");
    assertThat(object().names()).containsExactly("errorCode", "errorMessage");
    assertThat(text("errorCode")).isEqualTo("UnifiedWebService." + codeAfterService);
    assertThat(text("errorMessage")).isNotBlank();
  }

  /** Returns the sessions of a report; a report without sessions lacks the member. */
  public List<JsonObject> sessions() {
    assertThat(status).isEqualTo(200);
    return object().names().contains("sessions") ? object().objects("sessions") : List.of();
  }

  /** Checks that the error equals the page's sample for a status. */
  public void isHyperPreciseError(int expectedStatus) {
    assertThat(status).isEqualTo(expectedStatus);
    assertThat(headers.get("Content-Type")).isEqualTo("application/json");
    assertThat(json())
        .isEqualTo(json(ThingSpaceCalls.hyperPreciseFixture("error-" + expectedStatus + ".json")));
  }

  /** Checks for the page's code of a bad request, with another message than its sample. */
  public void isInvalidParameter() {
    assertThat(status).isEqualTo(400);
    assertThat(headers.get("Content-Type")).isEqualTo("application/json");
    assertThat(object().names()).containsExactly("errorCode", "errorMessage");
    assertThat(text("errorCode")).isEqualTo("INVALID_PARAMETER");
    assertThat(text("errorMessage")).isNotBlank().doesNotStartWith("Device Not Found");
  }

  public void isGatewayError(int expectedStatus, String code, String message) {
    assertThat(status).isEqualTo(expectedStatus);
    assertThat(headers.get("Content-Type")).isEqualTo("application/json");
    JsonObject fault = object().object("fault");
    assertThat(fault.text("code")).isEqualTo(code);
    assertThat(fault.text("message")).isEqualTo(message);
    assertThat(fault.text("description")).isNotBlank();
  }

  public void isOAuthError(int expectedStatus, String error) {
    assertThat(status).isEqualTo(expectedStatus);
    assertThat(object().names()).containsExactly("error", "error_description");
    assertThat(text("error")).isEqualTo(error);
    assertThat(text("error_description")).isNotBlank();
  }
}
