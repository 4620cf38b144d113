package io.simtally.simulator.thingspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Answer;
import io.simtally.simulator.January;
import io.simtally.simulator.SimulatorTest;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionReportStrictnessTest extends SimulatorTest {
  private static final String ACCOUNT = "'accountNumber':'0844021539-00001'";
  private static final String DEVICE = "'imei':'354658090356210'";
  private static final String GOOD = ACCOUNT + "," + DEVICE;

  private final ThingSpaceSimulator simulator =
      January.of(ThingSpaceSimulator.builder()).sessions("354658090356210").build();
  private ThingSpaceCalls calls;
  private ThingSpaceCalls.Tokens tokens;

  @BeforeEach
  void logIn() throws Exception {
    calls = start(simulator);
    tokens = calls.logIn();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{" + GOOD + "}",
        "{" + GOOD + ",'startDate':'2022-12-09T22:01:06.217Z'}",
        "{" + GOOD + ",'endDate':'2022-12-09T22:01:06Z'}",
        "{" + GOOD + ",'startDate':'2022-12-09T22:01:06-08:00'}",
        "{" + GOOD + ",'durationLow':0,'durationHigh':0}",
        "{" + GOOD + ",'durationLow':1}",
      })
  void theRequestsThatTheRefusedOnesVaryAreGood(String body) throws Exception {
    assertThat(report(body).status()).isEqualTo(200);
    assertThat(simulator.traffic().refusedRequests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "null",
        "{",
        "{}",
        "{" + GOOD + ",}",
        "{" + GOOD + "} {}",
        "{" + GOOD + "," + DEVICE + "}",
        "{" + GOOD + ",'more':1}",
        "{" + GOOD + ",'accountName':'0844021539-00001'}",
        "{" + ACCOUNT + "}",
        "{" + DEVICE + "}",
        "{'accountNumber':null," + DEVICE + "}",
        "{'accountNumber':''," + DEVICE + "}",
        "{'accountNumber':844021539," + DEVICE + "}",
        "{" + ACCOUNT + ",'imei':354658090356210}",
        "{" + ACCOUNT + ",'imei':null}",
        "{" + ACCOUNT + ",'imei':''}",
        "{" + ACCOUNT + ",'imei':'35465809035621x'}",
        "{" + ACCOUNT + ",'imei':'35465809035621012'}",
        "{" + ACCOUNT + ",'imei':['354658090356210']}",
        "{" + GOOD + ",'startDate':null}",
        "{" + GOOD + ",'endDate':null}",
        "{" + GOOD + ",'startDate':1670623266}",
        "{" + GOOD + ",'durationLow':null}",
        "{" + GOOD + ",'durationLow':'0'}",
        "{" + GOOD + ",'durationLow':1.5}",
        "{" + GOOD + ",'durationLow':1.00000000000000000001}",
        "{" + GOOD + ",'durationLow':1e99999999999}",
        "{" + GOOD + ",'durationLow':-1}",
        "{" + GOOD + ",'durationHigh':-1}",
        "{" + GOOD + ",'durationHigh':true}",
        "{" + GOOD + ",'durationLow':2,'durationHigh':1}",
        "{" + GOOD + ",'startDate':'2022-12-09T22:01:07Z','endDate':'2022-12-09T22:01:06Z'}",
      })
  void refusesWhatIsNotTheDocumentedObject(String body) throws Exception {
    report(body).isInvalidParameter();
    assertThat(simulator.traffic().refusedRequests()).isEqualTo(1);
    assertThat(simulator.sessionReportTraffic()).isEqualTo(new SessionReportTraffic(1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2022-12-09T22:01:06",
        "20221209T220106",
        "2022-12-09 22:01:06Z",
        "2022-12-09T22:01:06+0000",
        "2022-02-30T22:01:06Z",
        "2022-12-09T25:01:06Z",
        "LAST_MONTH",
      })
  void refusesDatesThatLeaveTheMomentOpen(String date) throws Exception {
    report("{" + GOOD + ",'startDate':'" + date + "'}").isInvalidParameter();
    report("{" + GOOD + ",'endDate':'" + date + "'}").isInvalidParameter();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "text/json", "application/json; charset=utf-16"})
  void refusesOtherContentTypes(String contentType) throws Exception {
    ByteString body = ByteString.encodeUtf8(quoted("{" + GOOD + "}"));
    calls
        .send(
            tokens
                .sessionReportRequest("")
                .post(RequestBody.create(body, MediaType.get(contentType))))
        .isInvalidParameter();
  }

  @Test
  void refusesQueryParameters() throws Exception {
    Request good = tokens.sessionReportRequest(quoted("{" + GOOD + "}")).build();
    calls
        .send(good.newBuilder().url(good.url().newBuilder().addQueryParameter("a", "b").build()))
        .isInvalidParameter();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /hyper-precise/v1/report/sessions",
    "PUT, /hyper-precise/v1/report/sessions",
    "POST, /hyper-precise/v1/report/sessions/",
    "POST, /hyper-precise/v1/report/session",
    "POST, /hyper-precise/v1/report/usage",
    "POST, /hyper-precise/v2/report/sessions",
    "POST, /m2m/v1/report/sessions",
  })
  void knowsNoOtherPathOrVerb(String method, String path) throws Exception {
    calls
        .send(method, path, method.equals("GET") ? null : "{}")
        .isGatewayError(
            404, "900906", "No matching resource found in the API for the given request");
    assertThat(simulator.traffic().unknownRequests()).isEqualTo(1);
    assertThat(simulator.sessionReportTraffic().requests()).isZero();
  }

  private Answer report(String json) throws Exception {
    return tokens.sessionReport(quoted(json));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
