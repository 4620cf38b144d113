package io.simtally.simulator.iotx;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.SimulatorEndpoint;
import io.simtally.simulator.internal.ServedMeter;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/** The calls of the page "4.0 Analytics". */
record IotxEndpoint(
    IotxTokens tokens, IotxFleet fleet, IotxShape shape, boolean includesEndDate, ServedMeter meter)
    implements SimulatorEndpoint.Handler {
  static Optional<IotxCall> find(RecordedRequest request) {
    return request.getMethod().equals("GET")
        ? IotxCall.find(request.getUrl().pathSegments())
        : Optional.empty();
  }

  @Override
  public void authorize(RecordedRequest request) throws ProviderError {
    tokens.require(request);
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws ProviderError {
    HttpUrl url = request.getUrl();
    IotxCall call = find(request).orElseThrow();
    if (call.physicalId().isEmpty()) {
      return answer(call, fleet.members(), IotxQuery.ofCompany(url, includesEndDate));
    }
    String physicalId = call.physicalId().get();
    IotxQuery query = IotxQuery.ofSubscriber(url, physicalId, includesEndDate);
    IotxMember member =
        fleet
            .find(physicalId)
            .orElseThrow(() -> IotxError.NOT_FOUND.error("The subscriber was not found."));
    return answer(call, List.of(member), query);
  }

  private MockResponse answer(IotxCall call, List<IotxMember> members, IotxQuery query) {
    IotxReport report = new IotxReport(members, query, shape, call.physicalId().isPresent());
    return meter.answer(200, writer -> report.write(call.kind(), writer), report::rows);
  }
}
