package io.simtally.cli.report;

import com.squareup.moshi.JsonWriter;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.Corrections;
import io.simtally.cli.usage.CycleUsage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.UnknownDays;
import io.simtally.core.DayRange;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.List;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Writes the figures of a report as JSON. Byte counts are whole numbers, which may exceed 2^53; a
 * count of which nothing is known is {@code null}. {@code docs/command.md} describes the members.
 */
public final class JsonReport {
  /** Grows with each change that a reader could notice. New members do not count. */
  private static final int SCHEMA = 1;

  private final JsonWriter json;
  private final FleetUsage fleet;

  private JsonReport(JsonWriter json, FleetUsage fleet) {
    this.json = json;
    this.fleet = fleet;
  }

  /** Writes the figures to a stream, which stays open. */
  public static void write(FleetUsage fleet, OutputStream out) throws IOException {
    var sink = Okio.buffer(Okio.sink(out));
    var json = JsonWriter.of(sink);
    json.setIndent("  ");
    json.setSerializeNulls(true);
    new JsonReport(json, fleet).write();
    sink.writeByte('\n').flush();
  }

  private void write() throws IOException {
    json.beginObject();
    json.name("schema").value(SCHEMA);
    json.name("generated_at").value(fleet.generatedAt().toString());
    json.name("simulated").value(fleet.simulated());
    json.name("complete").value(fleet.isComplete());
    days("period", fleet.period());
    json.name("total_bytes").value(fleet.isUnknown() ? null : fleet.totalBytes());
    unknown(fleet.unknown());
    json.name("unsettled_days").value(fleet.unsettledDays());
    json.name("devices").value(fleet.devices());
    json.name("records").value(fleet.records());
    json.name("idle_devices").value(fleet.idleDevices());
    json.name("accounts").beginArray();
    for (var carrier : fleet.carriers()) {
      account(carrier);
    }
    json.endArray();
    json.name("months").beginArray();
    for (var month : fleet.months()) {
      json.beginObject();
      json.name("name").value(month.carrier());
      json.name("month").value(month.month().toString());
      json.name("total_bytes").value(month.isUnknown() ? null : month.bytes());
      json.name("devices").value(month.devices());
      unknown(month.unknown());
      json.endObject();
    }
    json.endArray();
    json.name("cycles").beginArray();
    for (var cycle : fleet.cycles()) {
      cycle(cycle);
    }
    json.endArray();
    json.endObject();
  }

  private void days(String name, DayRange days) throws IOException {
    json.name(name).beginObject();
    json.name("from").value(days.from().toString());
    json.name("to").value(days.to().toString());
    json.name("days").value(days.days());
    json.endObject();
  }

  private void unknown(UnknownDays unknown) throws IOException {
    json.name("requested_days").value(unknown.requestedDays());
    json.name("unknown_days").value(unknown.days());
    json.name("no_longer_available_days").value(unknown.noLongerAvailable());
  }

  private void account(CarrierUsage carrier) throws IOException {
    json.beginObject();
    json.name("provider").value(carrier.key().provider());
    json.name("account").value(carrier.key().account());
    json.name("name").value(carrier.carrier());
    json.name("whole_account").value(carrier.wholeAccount());
    json.name("total_bytes").value(carrier.isUnknown() ? null : carrier.totalBytes());
    json.name("left_out_bytes").value(carrier.overlap().bytes());
    unknown(carrier.unknown());
    json.name("unsettled_days").value(carrier.unsettledDeviceDays());
    json.name("devices").value(carrier.devices());
    json.name("requested_devices").value(carrier.requestedDevices());
    json.name("failed_devices").value(carrier.failedDevices());
    json.name("idle_devices").value(carrier.idleDevices());
    json.name("records").value(carrier.records());
    json.name("failure").value(carrier.failure());
    failures(carrier);
    daily(carrier);
    top(carrier);
    runaways(carrier);
    corrections(fleet.corrections().get(carrier.key()));
    texts("notes", carrier.notes());
    json.endObject();
  }

  private void texts(String name, List<String> texts) throws IOException {
    json.name(name).beginArray();
    for (var text : texts) {
      json.value(text);
    }
    json.endArray();
  }

  private void failures(CarrierUsage carrier) throws IOException {
    json.name("failures").beginArray();
    for (var group : carrier.failures()) {
      json.beginObject();
      json.name("kind").value(group.kind());
      json.name("message").value(group.message());
      json.name("devices").value(group.devices());
      texts("first_devices", group.firstDevices());
      json.endObject();
    }
    json.endArray();
  }

  private void daily(CarrierUsage carrier) throws IOException {
    json.name("days").beginArray();
    var days = fleet.period().each();
    for (int day = 0; day < days.size(); day++) {
      json.beginObject();
      json.name("day").value(days.get(day).toString());
      json.name("total_bytes").value(carrier.isUnknown(day) ? null : carrier.bytesByDay().get(day));
      json.name("left_out_bytes").value(carrier.leftOutBytes(day));
      json.name("unknown_devices").value(carrier.unknownByDay().get(day));
      json.name("unsettled_devices").value(carrier.unsettledByDay().get(day));
      json.endObject();
    }
    json.endArray();
  }

  private void top(CarrierUsage carrier) throws IOException {
    json.name("top").beginArray();
    for (var device : carrier.top()) {
      json.beginObject();
      json.name("subject").value(device.subject());
      json.name("label").value(device.label());
      json.name("total_bytes").value(device.bytes());
      json.name("unknown_days").value(device.unknownDays());
      json.endObject();
    }
    json.endArray();
  }

  private void runaways(CarrierUsage carrier) throws IOException {
    json.name("runaways").beginArray();
    for (var runaway : carrier.runaways()) {
      json.beginObject();
      json.name("subject").value(runaway.subject());
      json.name("day").value(runaway.day().toString());
      json.name("bytes").value(runaway.bytes());
      json.name("median_bytes").value(runaway.medianBytes());
      json.endObject();
    }
    json.endArray();
  }

  private void corrections(@Nullable Corrections corrections) throws IOException {
    json.name("corrections").beginObject();
    json.name("days").value(corrections == null ? 0 : corrections.days());
    json.name("bytes").value(corrections == null ? BigInteger.ZERO : corrections.bytes());
    json.name("days_of_latest_run").value(corrections == null ? 0 : corrections.daysOfLatestRun());
    json.name("greatest").beginArray();
    for (var change :
        corrections == null ? List.<Corrections.Change>of() : corrections.greatest()) {
      json.beginObject();
      json.name("subject").value(change.subject());
      json.name("day").value(change.day().toString());
      json.name("before_bytes").value(change.beforeBytes());
      json.name("after_bytes").value(change.afterBytes());
      json.name("noticed_at").value(change.noticedAt().toString());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private void cycle(CycleUsage cycle) throws IOException {
    json.beginObject();
    json.name("account").value(cycle.account());
    days("cycle", cycle.cycle());
    json.name("last_day").value(cycle.sofar().to().toString());
    json.name("total_bytes").value(cycle.isUnknown() ? null : cycle.totalBytes());
    unknown(cycle.unknown());
    json.name("pool_bytes").value(cycle.poolBytes());
    json.name("same_days_before").beginObject();
    days("days", cycle.before());
    json.name("total_bytes")
        .value(
            cycle.bytesBefore().signum() == 0 && cycle.unknownBefore().isAll()
                ? null
                : cycle.bytesBefore());
    unknown(cycle.unknownBefore());
    json.endObject();
    json.name("cycle_before_bytes")
        .value(cycle.isCycleBeforeUnknown() ? null : cycle.bytesOfCycleBefore());
    json.name("cycle_before_unknown_days").value(cycle.unknownOfCycleBefore().days());
    var forecast = cycle.forecast();
    json.name("forecast_bytes").value(forecast == null ? null : forecast.bytes());
    json.name("forecast_low_bytes").value(forecast == null ? null : forecast.lowBytes());
    json.name("forecast_high_bytes").value(forecast == null ? null : forecast.highBytes());
    json.endObject();
  }
}
