package io.simtally.simulator.mason;

import com.squareup.moshi.JsonWriter;
import io.simtally.simulator.Endpoint;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.AnswerBody;
import io.simtally.simulator.internal.JsonText;
import io.simtally.simulator.internal.ServedMeter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** Answers the calls of the page "Usage API". */
final class MasonEndpoint implements Endpoint.Handler {
  private final MasonKeys keys;
  private final MasonFleet fleet;
  private final MasonLedger ledger;
  private final MasonPaging paging;
  private final String fleetName;
  private final ServedMeter meter;

  MasonEndpoint(
      MasonKeys keys, MasonFleet fleet, MasonPaging paging, String fleetName, ServedMeter meter) {
    this.keys = keys;
    this.fleet = fleet;
    this.ledger = new MasonLedger(fleet);
    this.paging = paging;
    this.fleetName = fleetName;
    this.meter = meter;
  }

  /** Writes a row. */
  @FunctionalInterface
  private interface RowWriter {
    void write(MasonRow row, JsonWriter writer) throws IOException;
  }

  Optional<MasonCall> find(RecordedRequest request) {
    return request.getMethod().equals("GET")
        ? MasonCall.find(request.getUrl().pathSegments(), fleetName)
        : Optional.empty();
  }

  @Override
  public void authorize(RecordedRequest request) throws ProviderError {
    keys.require(request);
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws ProviderError {
    MasonCall call = find(request).orElseThrow();
    MasonParameters parameters = new MasonParameters(request.getUrl());
    List<MasonRow> rows = call.isSeries() ? days(call, parameters) : month(call, parameters);
    return answer(
        paging.page(parameters, rows), call.isSeries() ? MasonRow::writeDay : MasonRow::writeMonth);
  }

  private List<MasonRow> month(MasonCall call, MasonParameters parameters) throws ProviderError {
    MasonMonthQuery query = MasonMonthQuery.read(parameters);
    return switch (call.subject()) {
      case ACCOUNT -> ledger.account(query);
      case ALL_SIMS -> ledger.sims(query);
      case SIM -> ledger.sim(member(call), query);
    };
  }

  private List<MasonRow> days(MasonCall call, MasonParameters parameters) throws ProviderError {
    MasonSeriesQuery query = MasonSeriesQuery.read(parameters);
    return call.subject() == MasonCall.Subject.ACCOUNT
        ? ledger.days(query)
        : ledger.days(member(call), query);
  }

  private MasonMember member(MasonCall call) throws ProviderError {
    return fleet
        .find(call.iccid())
        .orElseThrow(() -> MasonError.NOT_FOUND.error("No SIM has this ICCID."));
  }

  private MockResponse answer(MasonPaging.Page page, RowWriter rowWriter) {
    ByteString json =
        JsonText.of(
            writer -> {
              writer.beginObject();
              // A writer leaves out members whose value is null.
              writer.name("nextPage").value(page.next().orElse(null));
              writer.name("prevPage").value(page.previous().orElse(null));
              writer.name("data").beginArray();
              for (MasonRow row : page.rows()) {
                rowWriter.write(row, writer);
              }
              writer.endArray();
              writer.endObject();
            });
    return AnswerBody.response(
        200, JsonText.CONTENT_TYPE, json, meter.answer(page.rows().size(), json.size()));
  }
}
