package io.simtally.thingspace.hyperprecise;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.ErrorMembers;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.usage.UsageConversion;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one device, in ThingSpace's order.
 *
 * @param sessions the sessions, empty if the device had none
 * @param id ThingSpace's name of the device, or null if the answer has none: the page promises ten
 *     digits, the published SDK shows the IMEI
 * @param txid ThingSpace's name of this request, for a support ticket, or null if the answer has
 *     none
 */
public record SessionReport(List<Session> sessions, @Nullable String id, @Nullable String txid) {
  static final String OPERATION = "POST /hyper-precise/v1/report/sessions";

  private static final UsageConversion CONVERSION =
      new UsageConversion("thingspace-hyperprecise", OPERATION);
  private static final JsonReader.Options NAMES = JsonReader.Options.of("sessions", "id", "txid");

  /** Copies the sessions and refuses null. */
  public SessionReport {
    Preconditions.present("sessions", sessions);
    sessions = List.copyOf(sessions);
  }

  /**
   * {@return the sessions as usage records, in the same order; unmodifiable} The subject is {@link
   * #id}. Start and period are those of the session; the period is null where a session ends before
   * it starts. ThingSpace does not split uplink and downlink.
   *
   * @throws io.simtally.core.ApiException of kind {@code UNREADABLE_RESPONSE} if the answer has no
   *     {@link #id}
   */
  public List<UsageRecord> usageRecords() {
    if (id == null || id.isBlank()) {
      throw CONVERSION.refused("the answer names no device: use usageRecords(subject)");
    }
    return usageRecords(id);
  }

  /**
   * {@return the sessions as {@link #usageRecords()} does, for a subject of the caller's}
   *
   * @param subject the subject in place of {@link #id}, for example the IMEI
   */
  public List<UsageRecord> usageRecords(String subject) {
    return sessions.stream().map(session -> session.usageRecord(subject)).toList();
  }

  static SessionReport read(JsonReader reader) throws IOException {
    List<Session> sessions = null;
    String id = null;
    String txid = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> sessions = Json.once(reader, sessions, Json.list(reader, Session::read));
        case 1 -> id = Json.once(reader, id, Json.text(reader));
        case 2 -> txid = Json.once(reader, txid, Json.text(reader));
        default -> ErrorMembers.skip(reader);
      }
    }
    reader.endObject();
    if (sessions == null && id == null && txid == null) {
      throw new JsonDataException(
          "Expected sessions, id or txid but found none of them at " + reader.getPath());
    }
    return new SessionReport(sessions == null ? List.of() : sessions, id, txid);
  }
}
