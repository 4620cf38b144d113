package io.simtally.simulator;

import com.squareup.moshi.JsonDataException;
import io.simtally.simulator.internal.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request that a simulator received, by what it means. Immutable.
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

  /** {@return what was asked; empty if no page documents it} */
  public Optional<Operation> operation() {
    return Optional.ofNullable(operation);
  }

  /**
   * {@return whether the request carried credentials that were good when it arrived} An expiry that
   * was scripted for it comes before.
   */
  public boolean isAuthorized() {
    return authorized;
  }

  /**
   * A value of the path, decoded.
   *
   * @param name as in the operation's template, for example {@code iccid}
   * @return the value; empty if the path has none of that name
   */
  public Optional<String> pathValue(String name) {
    return Optional.ofNullable(pathValues.get(name));
  }

  /**
   * {@return the first value of a query parameter, decoded} Empty if the parameter is missing or
   * comes without {@code =}.
   *
   * @param name the parameter, as the provider spells it
   */
  public Optional<String> query(String name) {
    return Optional.ofNullable(request.getUrl().queryParameter(name));
  }

  /**
   * A value of the body, a JSON document or a form.
   *
   * @param path names of members from the outermost on, and indices of arrays: {@code
   *     field("metrics", "0", "name")}
   * @return a {@code String}, {@code Boolean}, {@code Long} or, for other numbers, {@code
   *     BigDecimal}; a {@code List} or {@code Map} of these; empty if there is none, or null
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

  /** {@return the request as it came, credentials included} */
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
      return JsonValue.read(bytes);
    } catch (JsonDataException e) {
      throw new IllegalStateException("the body is no JSON", e);
    }
  }

  /** Names the operation, and shows neither credentials nor what was asked for. */
  @Override
  public String toString() {
    String asked =
        operation == null
            ? request.getMethod() + " of something unknown"
            : operation + " (" + operation.template() + ")";
    return authorized ? asked : asked + ", not authorized";
  }
}
