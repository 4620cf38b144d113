package io.simtally.thingspace.hyperprecise;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.ErrorMembers;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one device, in the order ThingSpace gives them.
 *
 * @param sessions the sessions, empty if the device had none
 * @param id ThingSpace's name of the device, or null if it does not say: the page promises ten
 *     digits, the published SDK shows the IMEI
 * @param txid ThingSpace's name of this request, to quote in a support ticket, or null if it does
 *     not say
 */
public record SessionReport(List<Session> sessions, @Nullable String id, @Nullable String txid) {
  private static final JsonReader.Options NAMES = JsonReader.Options.of("sessions", "id", "txid");

  /**
   * Keeps a copy of the sessions.
   *
   * @throws IllegalArgumentException if {@code sessions} is null
   */
  public SessionReport {
    Preconditions.present("sessions", sessions);
    sessions = List.copyOf(sessions);
  }

  /**
   * {@return the sessions in the form all providers share, in the same order; unmodifiable} The
   * subject is {@link #id}; start and period are those of the session, with a null period where a
   * session ends before it starts. ThingSpace does not tell uplink from downlink.
   *
   * @throws IllegalStateException if ThingSpace does not say whose sessions they are
   */
  public List<UsageRecord> usageRecords() {
    if (id == null || id.isBlank()) {
      throw new IllegalStateException("the answer names no device: use usageRecords(subject)");
    }
    return usageRecords(id);
  }

  /**
   * {@return the same of a subject that the caller knows, for example the IMEI that was asked for}
   *
   * @param subject whose sessions they are, in place of the answer's own {@link #id}
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
