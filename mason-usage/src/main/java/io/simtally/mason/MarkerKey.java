package io.simtally.mason;

import io.simtally.core.internal.Preconditions;

/**
 * A key to group usage by. The constants are the keys that Mason documents; {@link #of} accepts any
 * other. Mason knows many of them only while a SIM is in a Mason device.
 *
 * @param word the key as Mason writes it, for example {@code device-type}
 * @see <a href="https://docs.bymason.com/platform/api/beta/marker">Markers</a>
 */
public record MarkerKey(String word) {
  /** International mobile equipment identity of the device that the SIM is in. */
  public static final MarkerKey IMEI = of("imei");

  /** The group of the device. */
  public static final MarkerKey DEVICE_GROUP = of("device-group");

  /** Mason's own identity of the device. */
  public static final MarkerKey DEVICE_UUID = of("device-uuid");

  /** The model of the device, for example {@code D450}. */
  public static final MarkerKey DEVICE_TYPE = of("device-type");

  /** The incremental build that the device runs. */
  public static final MarkerKey INCREMENTAL = of("incremental");

  /** The carrier whose network carried the data. */
  public static final MarkerKey CARRIER = of("carrier");

  /** Mobile network code. */
  public static final MarkerKey MNC = of("mnc");

  /** Mobile country code. */
  public static final MarkerKey MCC = of("mcc");

  /** Mobile network code with the country code. */
  public static final MarkerKey MNC_MCC = of("mnc-mcc");

  /** Refuses null, blank text and line breaks. */
  public MarkerKey {
    Preconditions.text("marker key", word);
  }

  /**
   * {@return the key that Mason calls {@code word}}
   *
   * @param word the key as Mason writes it, for example {@code device-type}
   */
  public static MarkerKey of(String word) {
    return new MarkerKey(word);
  }

  /** The word itself. */
  @Override
  public String toString() {
    return word;
  }
}
