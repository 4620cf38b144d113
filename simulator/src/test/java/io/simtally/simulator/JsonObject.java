package io.simtally.simulator;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A JSON object of which a test expects certain members. */
record JsonObject(Map<?, ?> members) {
  static JsonObject of(Object value) {
    return new JsonObject((Map<?, ?>) value);
  }

  List<String> names() {
    return members.keySet().stream().map(String::valueOf).toList();
  }

  Object value(String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  String text(String name) {
    return (String) value(name);
  }

  long number(String name) {
    return ((Number) value(name)).longValue();
  }

  JsonObject object(String name) {
    return of(value(name));
  }

  List<JsonObject> objects(String name) {
    return ((List<?>) value(name)).stream().map(JsonObject::of).toList();
  }

  /** The value of the extended attribute with a key. */
  String attribute(String key) {
    return objects("extendedAttributes").stream()
        .filter(attribute -> attribute.text("key").equals(key))
        .map(attribute -> attribute.text("value"))
        .findFirst()
        .orElseThrow();
  }
}
