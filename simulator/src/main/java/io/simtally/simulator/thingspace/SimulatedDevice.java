package io.simtally.simulator.thingspace;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A device of a simulated fleet, with its identifiers.
 *
 * @param kind the kind of its first identifier, in lower case: {@code iccid}
 * @param id its first identifier
 * @param otherIds its further identifiers by their kind, in lower case
 * @param label its usage segmentation label; null if it has none
 */
public record SimulatedDevice(
    String kind, String id, Map<String, String> otherIds, @Nullable Label label) {
  /**
   * Checks the identifiers against the documented lengths.
   *
   * @throws IllegalArgumentException if a kind is unknown or an identifier does not suit its kind
   */
  public SimulatedDevice {
    kind = kindOf(kind, id);
    Map<String, String> others = new TreeMap<>();
    otherIds.forEach((otherKind, otherId) -> others.put(kindOf(otherKind, otherId), otherId));
    otherIds = Collections.unmodifiableMap(others);
  }

  /**
   * A usage segmentation label.
   *
   * @param name at most 20 characters
   * @param value at most 50 characters
   */
  public record Label(String name, String value) {
    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if one is empty or too long
     */
    public Label {
      if (!isNameLength(name.length()) || !isValueLength(value.length())) {
        throw new IllegalArgumentException(
            "a label has a name of 1 to 20 and a value of 1 to 50 characters, was "
                + (name + "=" + value));
      }
    }

    static boolean isNameLength(int characters) {
      return characters >= 1 && characters <= 20;
    }

    static boolean isValueLength(int characters) {
      return characters >= 1 && characters <= 50;
    }
  }

  /**
   * {@return a device with one identifier and no label}
   *
   * @param kind {@code eid}, {@code esn}, {@code iccid}, {@code imei}, {@code mdn}, {@code meid} or
   *     {@code msisdn}, in upper or lower case
   * @param id the identifier, in the documented length of its kind
   * @throws IllegalArgumentException if the kind is unknown or the identifier does not suit it
   */
  public static SimulatedDevice of(String kind, String id) {
    return new SimulatedDevice(kind, id, Map.of(), null);
  }

  /**
   * {@return this device with a further identifier, which replaces another of the same kind}
   *
   * @param otherKind another kind than the first, in upper or lower case
   * @param otherId the identifier, in the documented length of its kind
   * @throws IllegalArgumentException if the kind is unknown or the identifier does not suit it
   */
  public SimulatedDevice withId(String otherKind, String otherId) {
    Map<String, String> others = new TreeMap<>(otherIds);
    others.put(kindOf(otherKind, otherId), otherId);
    return new SimulatedDevice(kind, id, others, label);
  }

  /**
   * {@return this device with this label}
   *
   * @param name 1 to 20 characters
   * @param value 1 to 50 characters
   * @throws IllegalArgumentException if one is empty or too long
   */
  public SimulatedDevice withLabel(String name, String value) {
    return new SimulatedDevice(kind, id, otherIds, new Label(name, value));
  }

  /**
   * {@return the device's identifier of a kind; null if it has none}
   *
   * @param wanted the kind, in upper or lower case
   */
  public @Nullable String idOf(String wanted) {
    String lowerCase = wanted.toLowerCase(Locale.ROOT);
    return lowerCase.equals(kind) ? id : otherIds.get(lowerCase);
  }

  private static String kindOf(String word, String id) {
    Objects.requireNonNull(word, "kind");
    Objects.requireNonNull(id, "id");
    SimulatedDeviceKind kind =
        SimulatedDeviceKind.find(word)
            .orElseThrow(() -> new IllegalArgumentException("unknown device kind " + word));
    if (!kind.allows(id)) {
      throw new IllegalArgumentException(id + " is no " + kind);
    }
    return kind.lowerCase();
  }
}
