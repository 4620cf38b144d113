package io.simtally.simulator.thingspace;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An answer with usage history, member by member as in the provider's sample. */
record UsageHistoryPage(
    boolean hasMoreData, UsageHistoryQuery.AnsweredId deviceId, List<SimulatedUsage> usageHistory) {
  void writeTo(JsonWriter writer) throws IOException {
    writer.beginObject();
    writer.name("hasMoreData").value(hasMoreData);
    writer.name("deviceId").beginObject();
    writer.name("id").value(deviceId.id());
    writer.name("kind").value(deviceId.kind());
    writer.endObject();
    writer.name("usageHistory").beginArray();
    for (SimulatedUsage row : usageHistory) {
      write(row, writer);
    }
    writer.endArray();
    writer.endObject();
  }

  private static void write(SimulatedUsage row, JsonWriter writer) throws IOException {
    writer.beginObject();
    writer.name("bytesUsed").value(row.bytesUsed());
    writer.name("extendedAttributes").beginArray();
    for (Map.Entry<String, String> attribute : row.extendedAttributes().entrySet()) {
      writer.beginObject();
      writer.name("key").value(attribute.getKey());
      writer.name("value").value(attribute.getValue());
      writer.endObject();
    }
    writer.endArray();
    // A writer leaves out members whose value is null.
    writer.name("servicePlan").value(row.servicePlan());
    writer.name("smsUsed").value(row.smsUsed());
    writer.name("source").value(row.source());
    writer.name("timestamp").value(row.timestamp().toString());
    writer.endObject();
  }
}
