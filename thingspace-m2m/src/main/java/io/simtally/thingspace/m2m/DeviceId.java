package io.simtally.thingspace.m2m;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of the names of a device. Kinds are compared ignoring case: ThingSpace answers {@code Eid}
 * when asked for {@code eid}.
 *
 * @param kind the kind of name, for example {@code imei}; any kind is accepted
 * @param id the name, with its leading zeros
 * @see <a
 *     href="https://thingspace.verizon.com/resources/documentation/connectivity/Working_with_Verizon_Wireless/About_Device_IDs/">About
 *     device IDs</a>
 */
public record DeviceId(String kind, String id) {
  private static final JsonReader.Options NAMES = JsonReader.Options.of("kind", "id");

  /** Refuses null, blank text and line breaks. */
  public DeviceId {
    Preconditions.text("kind", kind);
    Preconditions.text("id", id);
  }

  /**
   * {@return a name of kind {@code imei}}
   *
   * @param id the IMEI, up to 16 digits
   */
  public static DeviceId imei(String id) {
    return new DeviceId("imei", id);
  }

  /**
   * {@return a name of kind {@code iccid}}
   *
   * @param id the ICCID, up to 20 digits
   */
  public static DeviceId iccid(String id) {
    return new DeviceId("iccid", id);
  }

  /**
   * {@return a name of kind {@code eid}}
   *
   * @param id the EID, 32 digits
   */
  public static DeviceId eid(String id) {
    return new DeviceId("eid", id);
  }

  /**
   * {@return a name of kind {@code esn}}
   *
   * @param id the ESN, 11 digits
   */
  public static DeviceId esn(String id) {
    return new DeviceId("esn", id);
  }

  /**
   * {@return a name of kind {@code mdn}}
   *
   * @param id the MDN, 10 digits
   */
  public static DeviceId mdn(String id) {
    return new DeviceId("mdn", id);
  }

  /**
   * {@return a name of kind {@code meid}}
   *
   * @param id the MEID, 14 hexadecimal digits
   */
  public static DeviceId meid(String id) {
    return new DeviceId("meid", id);
  }

  /**
   * {@return a name of kind {@code msisdn}}
   *
   * @param id the MSISDN, 11 digits
   */
  public static DeviceId msisdn(String id) {
    return new DeviceId("msisdn", id);
  }

  /** Returns whether both have the same kind and different ids; case does not matter. */
  boolean isAnother(DeviceId other) {
    return wireKind().equals(other.wireKind()) && !id.equalsIgnoreCase(other.id);
  }

  /** Returns the kind as it is sent. */
  String wireKind() {
    return kind.toLowerCase(Locale.ROOT);
  }

  /** Returns null unless both parts are present. */
  static @Nullable DeviceId read(JsonReader reader) throws IOException {
    if (Json.skipNull(reader)) {
      return null;
    }
    String kind = null;
    String id = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> kind = Json.once(reader, kind, Json.text(reader));
        case 1 -> id = Json.once(reader, id, Json.text(reader));
        default -> Json.skipMember(reader);
      }
    }
    reader.endObject();
    if (kind == null || kind.isBlank() || id == null || id.isBlank()) {
      return null;
    }
    try {
      return new DeviceId(kind, id);
    } catch (IllegalArgumentException e) {
      throw Json.unexpected(reader, "the kind and id of a device", kind + " " + id);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeviceId that
        && wireKind().equals(that.wireKind())
        && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return 31 * wireKind().hashCode() + id.hashCode();
  }
}
