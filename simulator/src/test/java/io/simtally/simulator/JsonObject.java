package io.simtally.simulator;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A JSON object with the members that a test expects. */
public record JsonObject(Map<?, ?> members) {
  public static JsonObject of(Object value) {
    return new JsonObject((Map<?, ?>) value);
  }

  public List<String> names() {
    return members.keySet().stream().map(String::valueOf).toList();
  }

  public Object value(String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  public String text(String name) {
    return (String) value(name);
  }

  public long number(String name) {
    return ((Number) value(name)).longValue();
  }

  public JsonObject object(String name) {
    return of(value(name));
  }

  public List<JsonObject> objects(String name) {
    return ((List<?>) value(name)).stream().map(JsonObject::of).toList();
  }

  /** Returns the value of the extended attribute with a key. */
  public String attribute(String key) {
    return objects("extendedAttributes").stream()
        .filter(attribute -> attribute.text("key").equals(key))
        .map(attribute -> attribute.text("value"))
        .findFirst()
        .orElseThrow();
  }
}
