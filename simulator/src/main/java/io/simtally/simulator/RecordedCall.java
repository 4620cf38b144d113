package io.simtally.simulator;

import com.squareup.moshi.JsonDataException;
import io.simtally.simulator.internal.ExactJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request that a simulator received, with its operation. Immutable.
 *
 * <pre>{@code
 * RecordedCall call = simulator.calls(Operation.USAGE_HISTORY).get(0);
 * assertThat(call.isAuthorized()).isTrue();
 * assertThat(call.field("deviceId", "kind")).contains("imei");
 * }</pre>
 */
public final class RecordedCall {
  private final RecordedRequest request;
  private final @Nullable Operation operation;
  private final Map<String, String> pathValues;
  private final boolean authorized;

  private RecordedCall(
      RecordedRequest request,
      @Nullable Operation operation,
      Map<String, String> pathValues,
      boolean authorized) {
    this.request = request;
    this.operation = operation;
    this.pathValues = pathValues;
    this.authorized = authorized;
  }

  static RecordedCall of(Route route, RecordedRequest request, boolean authorized) {
    return new RecordedCall(request, route.operation(), route.pathValues(), authorized);
  }

  static RecordedCall unknown(RecordedRequest request) {
    return new RecordedCall(request, null, Map.of(), false);
  }

  /** {@return the operation; empty if no page documents the request} */
  public Optional<Operation> operation() {
    return Optional.ofNullable(operation);
  }

  /**
   * {@return whether the credentials of the request were valid on arrival, after an expiry that was
   * scripted for it}
   */
  public boolean isAuthorized() {
    return authorized;
  }

  /**
   * {@return a decoded value of the path; empty if the path has no value of this name}
   *
   * @param name the name in the operation's template, for example {@code iccid}
   */
  public Optional<String> pathValue(String name) {
    return Optional.ofNullable(pathValues.get(name));
  }

  /**
   * {@return the first decoded value of a query parameter; empty if the parameter is missing or has
   * no {@code =}}
   *
   * @param name the provider's name of the parameter
   */
  public Optional<String> query(String name) {
    return Optional.ofNullable(request.getUrl().queryParameter(name));
  }

  /**
   * {@return a value of the body, which is a JSON document or a form; empty if the value is missing
   * or null} It is a {@code String}, {@code Boolean}, {@code Long} or, for other numbers, {@code
   * BigDecimal}, or a {@code List} or {@code Map} of these.
   *
   * @param path names of members from the outermost on, and indices of arrays: {@code
   *     field("metrics", "0", "name")}
   * @throws IllegalStateException if the body is neither
   */
  public Optional<Object> field(String... path) {
    Object value = body();
    for (String step : path) {
      value = member(value, step);
    }
    return Optional.ofNullable(value);
  }

  private static @Nullable Object member(@Nullable Object value, String step) {
    if (value instanceof Map<?, ?> members) {
      return members.get(step);
    }
    if (value instanceof List<?> items && step.matches("\\d{1,9}")) {
      int index = Integer.parseInt(step);
      return index < items.size() ? items.get(index) : null;
    }
    return null;
  }

  /** {@return the HTTP request, including its credentials} */
  public RecordedRequest request() {
    return request;
  }

  private @Nullable Object body() {
    ByteString bytes = request.getBody();
    if (bytes == null || bytes.size() == 0) {
      return null;
    }
    String type = request.getHeaders().get("Content-Type");
    return type != null && type.startsWith("application/x-www-form-urlencoded")
        ? form(bytes.utf8())
        : json(bytes);
  }

  private static Map<String, @Nullable Object> form(String text) {
    HttpUrl url = new HttpUrl.Builder().scheme("http").host("form").encodedQuery(text).build();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    url.queryParameterNames().forEach(name -> values.put(name, url.queryParameter(name)));
    return values;
  }

  private static @Nullable Object json(ByteString bytes) {
    try {
      return ExactJson.read(bytes);
    } catch (JsonDataException e) {
      throw new IllegalStateException("the body is no JSON", e);
    }
  }

  /** Returns the operation, without credentials and parameters. */
  @Override
  public String toString() {
    String call =
        operation == null
            ? request.getMethod() + " of something unknown"
            : operation + " (" + operation.template() + ")";
    return authorized ? call : call + ", not authorized";
  }
}
