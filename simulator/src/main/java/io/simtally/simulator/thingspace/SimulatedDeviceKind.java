package io.simtally.simulator.thingspace;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The kinds of device identifier on the page "Retrieve Device Usage History", with the EID of its
 * samples.
 */
enum SimulatedDeviceKind {
  EID("[0-9]{32}"),
  ESN("[0-9]{11}"),
  ICCID("[0-9]{1,20}"),
  IMEI("[0-9]{1,16}"),
  MDN("[0-9]{10}"),
  MEID("[0-9A-Fa-f]{14}"),
  MSISDN("[0-9]{11}");

  private final Pattern format;

  SimulatedDeviceKind(String format) {
    this.format = Pattern.compile(format);
  }

  static Optional<SimulatedDeviceKind> find(String word) {
    for (SimulatedDeviceKind kind : values()) {
      if (kind.name().equalsIgnoreCase(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  boolean allows(String id) {
    return format.matcher(id).matches();
  }

  /** Returns the kind in the form of the page's request: {@code eid}. */
  String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the kind in the form of the page's answer by label: {@code Eid}. */
  String capitalized() {
    return name().charAt(0) + lowerCase().substring(1);
  }
}
