package io.simtally.simulator.mason;

import com.squareup.moshi.JsonWriter;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.SimulatorEndpoint;
import io.simtally.simulator.internal.ServedMeter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * The calls of the page "Usage API".
 *
 * @param apiKey a key with the scope {@code connect:read}
 * @param unscopedApiKey a key without it
 * @param fleetName the name of the fleet in the paths
 */
record MasonEndpoint(
    String apiKey,
    String unscopedApiKey,
    String fleetName,
    MasonFleet fleet,
    MasonLedger ledger,
    MasonPaging paging,
    ServedMeter meter)
    implements SimulatorEndpoint.Handler {
  /** Mason's scheme, in lower case as on all its pages; the key follows unencoded. */
  private static final String SCHEME = "basic ";

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
    List<String> headers = request.getHeaders().values("Authorization");
    if (headers.equals(List.of(SCHEME + unscopedApiKey))) {
      throw MasonError.PERMISSION.error("The API key lacks the scope connect:read.");
    }
    if (!headers.equals(List.of(SCHEME + apiKey))) {
      throw MasonError.AUTHENTICATION.error("No valid API key provided.");
    }
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
      case SIM -> ledger.sim(sim(call), query);
    };
  }

  private List<MasonRow> days(MasonCall call, MasonParameters parameters) throws ProviderError {
    MasonSeriesQuery query = MasonSeriesQuery.read(parameters);
    return call.subject() == MasonCall.Subject.ACCOUNT
        ? ledger.days(query)
        : ledger.days(List.of(sim(call)), query);
  }

  private MasonMember sim(MasonCall call) throws ProviderError {
    return fleet
        .find(call.iccid())
        .orElseThrow(() -> MasonError.NOT_FOUND.error("No SIM has this ICCID."));
  }

  private MockResponse answer(MasonPaging.Page page, RowWriter rowWriter) {
    return meter.answer(
        200,
        writer -> {
          writer.beginObject();
          // A writer omits members whose value is null.
          writer.name("nextPage").value(page.next().orElse(null));
          writer.name("prevPage").value(page.previous().orElse(null));
          writer.name("data").beginArray();
          for (MasonRow row : page.rows()) {
            rowWriter.write(row, writer);
          }
          writer.endArray();
          writer.endObject();
        },
        page.rows()::size);
  }
}
