package io.simtally.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonDataException;
import io.simtally.simulator.internal.ExactJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import mockwebserver3.RecordedRequest;
import okhttp3.MediaType;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A JSON object of a request's body, read strictly. */
public final class RequestObject {
  private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private final Map<?, ?> members;
  private final Function<String, ProviderError> malformed;

  private RequestObject(Map<?, ?> members, Function<String, ProviderError> malformed) {
    this.members = members;
    this.malformed = malformed;
  }

  /**
   * Reads the body of a request, which must be of type {@code application/json}.
   *
   * @param malformed the provider's error for an undocumented body, given the reason
   */
  public static RequestObject read(
      RecordedRequest request, Function<String, ProviderError> malformed) throws ProviderError {
    if (!isJson(request.getHeaders().get("Content-Type"))) {
      throw malformed.apply("the content type must be application/json");
    }
    ByteString body = request.getBody();
    try {
      if (ExactJson.read(body == null ? ByteString.EMPTY : body) instanceof Map<?, ?> members) {
        return new RequestObject(members, malformed);
      }
    } catch (JsonDataException e) {
      throw malformed.apply("the body is not JSON: " + e.getMessage());
    }
    throw malformed.apply("the body must be one JSON object");
  }

  private static boolean isJson(@Nullable String contentType) {
    MediaType type = contentType == null ? null : MediaType.parse(contentType);
    return type != null
        && type.type().equals("application")
        && type.subtype().equals("json")
        && UTF_8.equals(type.charset(UTF_8));
  }

  /** Refuses members with other names. */
  public RequestObject allowOnly(String... names) throws ProviderError {
    Set<String> allowed = Set.of(names);
    for (Object name : members.keySet()) {
      if (!allowed.contains(name)) {
        throw malformed.apply("unknown element " + name);
      }
    }
    return this;
  }

  /** Returns whether there is a member of this name, also if it is null. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** Returns a string. */
  public String text(String name) throws ProviderError {
    return required(name, String.class, "a string");
  }

  /** Returns a number with all its digits. */
  public BigDecimal number(String name) throws ProviderError {
    Number number = required(name, Number.class, "a number");
    return number instanceof BigDecimal exact ? exact : BigDecimal.valueOf(number.longValue());
  }

  /** Returns a number without a fraction, limited to the range of a long. */
  public long integer(String name) throws ProviderError {
    BigDecimal number = number(name);
    if (number.stripTrailingZeros().scale() > 0) {
      throw malformed.apply(name + " must be an integer");
    }
    return number.max(MIN).min(MAX).longValue();
  }

  /** Returns a nested object. */
  public RequestObject object(String name) throws ProviderError {
    return within(required(name, Map.class, "an object"));
  }

  /** Returns an array of at least one value. */
  public List<?> values(String name) throws ProviderError {
    List<?> values = required(name, List.class, "an array");
    if (values.isEmpty()) {
      throw malformed.apply(name + " must not be empty");
    }
    return values;
  }

  /** Returns an array of at least one object. */
  public List<RequestObject> objects(String name) throws ProviderError {
    List<RequestObject> objects = new ArrayList<>();
    for (Object value : values(name)) {
      if (!(value instanceof Map<?, ?> inner)) {
        throw malformed.apply(name + " must be an array of objects");
      }
      objects.add(within(inner));
    }
    return objects;
  }

  /** Returns the only object of an array. */
  public RequestObject onlyObject(String name) throws ProviderError {
    List<RequestObject> objects = objects(name);
    if (objects.size() != 1) {
      throw malformed.apply(name + " must have one element");
    }
    return objects.get(0);
  }

  private RequestObject within(Map<?, ?> inner) {
    return new RequestObject(inner, malformed);
  }

  private <T> T required(String name, Class<T> type, String what) throws ProviderError {
    if (!has(name)) {
      throw malformed.apply(name + " is missing");
    }
    Object value = members.get(name);
    if (!type.isInstance(value)) {
      throw malformed.apply(name + " must be " + what);
    }
    return type.cast(value);
  }
}
