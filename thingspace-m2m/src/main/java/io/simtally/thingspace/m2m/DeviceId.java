package io.simtally.thingspace.m2m;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Setting;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of the names a device goes by. Two are equal if their kinds are, ignoring case, and their ids
 * are: ThingSpace answers {@code Eid} when asked for {@code eid}.
 *
 * @param kind which sort of name, for example {@code imei}; there may be more than the page lists
 * @param id the name itself, with its leading zeros
 * @see <a
 *     href="https://thingspace.verizon.com/resources/documentation/connectivity/Working_with_Verizon_Wireless/About_Device_IDs/">About
 *     device IDs</a>
 */
public record DeviceId(String kind, String id) {
  private static final JsonReader.Options NAMES = JsonReader.Options.of("kind", "id");

  /** Refuses blank parts and such with line breaks. */
  public DeviceId {
    Setting.text("kind", kind);
    Setting.text("id", id);
  }

  /** International mobile equipment identity, up to 16 digits. */
  public static DeviceId imei(String id) {
    return new DeviceId("imei", id);
  }

  /** Number of the SIM card, up to 20 digits. */
  public static DeviceId iccid(String id) {
    return new DeviceId("iccid", id);
  }

  /** Number of an embedded SIM, 32 digits. */
  public static DeviceId eid(String id) {
    return new DeviceId("eid", id);
  }

  /** Electronic serial number, 11 digits. */
  public static DeviceId esn(String id) {
    return new DeviceId("esn", id);
  }

  /** Mobile directory number, 10 digits. */
  public static DeviceId mdn(String id) {
    return new DeviceId("mdn", id);
  }

  /** Mobile equipment identifier, 14 hexadecimal digits. */
  public static DeviceId meid(String id) {
    return new DeviceId("meid", id);
  }

  /** Telephone number with its country code, 11 digits. */
  public static DeviceId msisdn(String id) {
    return new DeviceId("msisdn", id);
  }

  /** The kind in the spelling that is sent. */
  String wireKind() {
    return kind.toLowerCase(Locale.ROOT);
  }

  /** Null unless both parts are there: the answer then does not say whose it is. */
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
    return kind == null || kind.isBlank() || id == null || id.isBlank()
        ? null
        : new DeviceId(kind, id);
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
