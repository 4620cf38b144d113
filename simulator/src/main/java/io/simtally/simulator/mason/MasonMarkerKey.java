package io.simtally.simulator.mason;

import java.util.Optional;

/** The marker keys of the page "Marker". */
enum MasonMarkerKey {
  IMEI("imei"),
  DEVICE_GROUP("device-group"),
  DEVICE_UUID("device-uuid"),
  DEVICE_TYPE("device-type"),
  INCREMENTAL("incremental"),
  CARRIER("carrier"),
  MNC("mnc"),
  MCC("mcc"),
  MNC_MCC("mnc-mcc");

  private final String word;

  MasonMarkerKey(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static Optional<MasonMarkerKey> find(String word) {
    for (MasonMarkerKey key : values()) {
      if (key.word.equals(word)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
