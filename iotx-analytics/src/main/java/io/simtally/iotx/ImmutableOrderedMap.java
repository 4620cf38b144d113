package io.simtally.iotx;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Decoder;
import io.simtally.core.internal.Json;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Values by name, in the order of the answer. Immutable, as its values are. */
final class ImmutableOrderedMap<V> extends AbstractMap<String, V> {
  private final Map<String, V> values;

  private ImmutableOrderedMap(Map<String, V> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Reads a map.
   *
   * @param value the decoder of an immutable value
   */
  static <V> Map<String, V> read(JsonReader reader, Decoder<V> value) throws IOException {
    return ObjectOrText.read(reader, Map.of(), object -> readObject(object, value));
  }

  private static <V> Map<String, V> readObject(JsonReader reader, Decoder<V> decoder)
      throws IOException {
    var values = new LinkedHashMap<String, V>();
    reader.beginObject();
    while (reader.hasNext()) {
      var name = reader.nextName();
      var value = decoder.decode(reader);
      var there = values.putIfAbsent(name, value);
      if (there != null && !there.equals(value)) {
        throw Json.unexpected(reader, "one value for each name", "another one");
      }
    }
    reader.endObject();
    return new ImmutableOrderedMap<>(values);
  }

  /** Wraps a map that is not changed any more; each value is immutable. */
  static <V> Map<String, V> of(Map<String, V> values) {
    return new ImmutableOrderedMap<>(values);
  }

  /** Copies a map of immutable values. */
  static <V> Map<String, V> copyOf(Map<String, V> values) {
    return copyOf(values, value -> value);
  }

  /**
   * Copies a map.
   *
   * @param copy makes an immutable copy of a value
   */
  static <V> Map<String, V> copyOf(Map<String, V> values, UnaryOperator<V> copy) {
    if (values instanceof ImmutableOrderedMap) {
      return values;
    }
    var copies = new LinkedHashMap<String, V>();
    values.forEach((name, value) -> copies.put(name, copy.apply(value)));
    return new ImmutableOrderedMap<>(copies);
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public @Nullable V get(@Nullable Object name) {
    return values.get(name);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return values.containsKey(name);
  }

  @Override
  public Set<Entry<String, V>> entrySet() {
    return values.entrySet();
  }
}
