package io.simtally.cli.audit;

import com.squareup.moshi.JsonWriter;
import io.simtally.fleet.audit.AuditResult;
import io.simtally.fleet.audit.Drift;
import java.io.IOException;
import okio.Buffer;

/** The result of an audit as JSON. Its members are described in {@code docs/command.md}. */
public final class AuditJson {
  private AuditJson() {}

  /** Returns a JSON document. */
  public static String of(AuditResult result) {
    try {
      var text = new Buffer();
      var json = JsonWriter.of(text);
      json.setIndent("  ");
      json.setSerializeNulls(true);
      write(result, json);
      return text.readUtf8() + "\n";
    } catch (IOException e) {
      throw new AssertionError("a buffer in memory cannot fail", e);
    }
  }

  private static void write(AuditResult result, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("seed").value(result.seed());
    json.name("population").value(result.population());
    json.name("sampled").value(result.sampled());
    json.name("compared").value(result.compared());
    json.name("different").value(result.differences().size());
    json.name("failed").value(result.failures().size());
    json.name("drift");
    if (result.drift().isEmpty()) {
      json.nullValue();
    } else {
      write(result.drift().get(), json);
    }
    json.name("accounts").beginArray();
    for (var each : result.accounts()) {
      json.beginObject();
      json.name("provider").value(each.provider());
      json.name("account").value(each.account());
      json.name("population").value(each.population());
      json.name("sampled").value(each.sampled());
      json.name("compared").value(each.compared());
      json.endObject();
    }
    json.endArray();
    json.name("differences").beginArray();
    for (var each : result.differences()) {
      json.beginObject();
      json.name("provider").value(each.provider());
      json.name("account").value(each.account());
      json.name("subject").value(each.subject());
      json.name("day").value(each.day().toString());
      json.name("stored_bytes").value(each.storedBytes());
      json.name("carrier_bytes").value(each.carrierBytes());
      json.endObject();
    }
    json.endArray();
    json.name("failures").beginArray();
    for (var each : result.failures()) {
      json.beginObject();
      json.name("provider").value(each.provider());
      json.name("account").value(each.account());
      json.name("subject").value(each.subject());
      json.name("day").value(each.day().toString());
      json.name("kind").value(each.kind());
      json.name("message").value(each.message());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private static void write(Drift drift, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("share").value(drift.share());
    json.name("low").value(drift.low());
    json.name("high").value(drift.high());
    json.name("confidence").value(Drift.CONFIDENCE);
    json.endObject();
  }
}
