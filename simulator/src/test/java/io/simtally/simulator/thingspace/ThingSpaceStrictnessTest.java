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

final class ThingSpaceStrictnessTest extends SimulatorTest {
  private static final String DATES =
      "'earliest':'2026-01-01T00:00:00Z','latest':'2026-01-31T00:00:00Z'";
  private static final String DEVICE = "'deviceId':{'kind':'imei','id':'356306954819003'}";
  private static final String LABEL = "'label':{'name':'VIN','value':'abc'}";

  private final ThingSpaceSimulator simulator =
      January.of(ThingSpaceSimulator.builder())
          .device(SimulatedDevice.of("imei", "356306954819003").withLabel("VIN", "abc"))
          .build();
  private ThingSpaceCalls calls;
  private ThingSpaceCalls.Tokens tokens;

  @BeforeEach
  void logIn() throws Exception {
    calls = start(simulator);
    tokens = calls.logIn();
  }

  @Test
  void theRequestsThatTheRefusedOnesVaryAreGood() throws Exception {
    assertThat(usage("{" + DEVICE + "," + DATES + "}").status()).isEqualTo(200);
    assertThat(usage("{" + LABEL + "," + DATES + "}").status()).isEqualTo(200);
    assertThat(simulator.traffic().refusedRequests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "; charset=utf-8",
      })
  void takesJsonWithOrWithoutACharset(String parameter) throws Exception {
    String json = quoted("{" + DEVICE + "," + DATES + "}");
    assertThat(sendAs("application/json" + parameter, json).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "text/json",
        "application/json; charset=utf-16"
      })
  void refusesOtherContentTypes(String contentType) throws Exception {
    sendAs(contentType, quoted("{" + DEVICE + "," + DATES + "}"))
        .isM2mError("DeserializationFailed");
  }

  @Test
  void refusesAMissingContentType() throws Exception {
    String json = quoted("{" + DEVICE + "," + DATES + "}");
    calls
        .send(tokens.usageRequest("").post(RequestBody.create(ByteString.encodeUtf8(json), null)))
        .isM2mError("DeserializationFailed");
  }

  @Test
  void refusesAnEmptyBody() throws Exception {
    usage("").isM2mError("INPUT_INVALID.RequestUndefined");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[]",
        "null",
        "'text'",
        "{",
        "{" + DEVICE + "," + DATES + ",}",
        "{" + DEVICE + "," + DATES + "} {}",
        "{" + DEVICE + "," + DEVICE + "," + DATES + "}",
        "{" + DEVICE + "," + DATES + ",'more':1}",
        "{" + DEVICE + "," + DATES + ",'accountName':'0000123456-00001'}",
        "{'deviceId':{'kind':'imei','id':'356306954819003','more':1}," + DATES + "}",
        "{'deviceId':{'kind':'imei'}," + DATES + "}",
        "{'deviceId':{'id':'356306954819003'}," + DATES + "}",
        "{'deviceId':{'kind':'imei','id':356306954819003}," + DATES + "}",
        "{'deviceId':[{'kind':'imei','id':'356306954819003'}]," + DATES + "}",
        "{'deviceId':null," + DATES + "}",
        "{'label':[{'name':'VIN','value':'abc'}]," + DATES + "}",
        "{'label':{'name':'VIN'}," + DATES + "}",
        "{'label':{'value':'abc'}," + DATES + "}",
        "{'label':{'name':'VIN','value':'abc','id':'1'}," + DATES + "}",
        "{" + DEVICE + ",'latest':'2026-01-31T00:00:00Z'}",
        "{" + DEVICE + ",'earliest':'2026-01-01T00:00:00Z'}",
        "{" + DEVICE + ",'earliest':1767225600,'latest':'2026-01-31T00:00:00Z'}",
        "{" + DEVICE + ",'earliest':null,'latest':'2026-01-31T00:00:00Z'}",
      })
  void refusesWhatIsNotTheDocumentedObject(String body) throws Exception {
    usage(body).isM2mError("DeserializationFailed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{" + DATES + "}", "{" + DEVICE + "," + LABEL + "," + DATES + "}"})
  void refusesNeitherDeviceNorLabelAndBoth(String body) throws Exception {
    usage(body).isM2mError("REQUEST_FAILED.UnexpectedError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-01T00:00:00.000Z", "2026-01-01T02:00:00+02:00"})
  void takesOffsetsAndFractions(String date) throws Exception {
    Answer answer =
        usage("{" + DEVICE + ",'earliest':'" + date + "','latest':'2026-01-31T00:00:00Z'}");
    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00+0000",
        "2026-01-01 00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-01T25:00:00Z",
        "1767225600",
        "",
      })
  void refusesDatesThatLeaveTheMomentOpen(String date) throws Exception {
    usage("{" + DEVICE + ",'earliest':'" + date + "','latest':'2026-01-31T00:00:00Z'}")
        .isM2mError("REQUEST_FAILED.UnexpectedError");
    usage("{" + DEVICE + ",'earliest':'2020-01-31T00:00:00Z','latest':'" + date + "'}")
        .isM2mError("REQUEST_FAILED.UnexpectedError");
  }

  @Test
  void refusesARangeThatEndsBeforeItStarts() throws Exception {
    usage("{" + DEVICE + ",'earliest':'2026-01-01T00:00:01Z','latest':'2026-01-01T00:00:00Z'}")
        .isM2mError("REQUEST_FAILED.UnexpectedError");
  }

  @Test
  void refusesALabelThatIsTooLongOrEmpty() throws Exception {
    label("n".repeat(20), "v".repeat(50)).isM2mError("REQUEST_FAILED.DeviceNotFound");
    label("n".repeat(21), "v").isM2mError("REQUEST_FAILED.UnexpectedError");
    label("n", "v".repeat(51)).isM2mError("REQUEST_FAILED.UnexpectedError");
    label("", "v").isM2mError("REQUEST_FAILED.UnexpectedError");
    label("n", "").isM2mError("REQUEST_FAILED.UnexpectedError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"imsi", "serial", "", "imei "})
  void refusesOtherKinds(String kind) throws Exception {
    device(kind, "356306954819003").isM2mError("INPUT_INVALID.Device.Kind.Invalid");
  }

  @ParameterizedTest
  @CsvSource({
    "esn, 1234567890",
    "esn, 123456789012",
    "esn, 1234567890a",
    "iccid, 891480000000000000001",
    "iccid, 8914800000000000000a",
    "imei, 12345678901234567",
    "imei, 35630695481900x",
    "imei, ''",
    "mdn, 123456789",
    "mdn, 12345678901",
    "meid, A1000000929",
    "meid, G10000009296F2",
    "msisdn, 1234567890",
    "msisdn, +1234567890",
    "eid, 5068491588508883931552139982167",
    "eid, 506849158850888393155213998216755",
  })
  void refusesIdentifiersThatAreNotOfTheirKindsLength(String kind, String id) throws Exception {
    device(kind, id).isM2mError("INPUT_INVALID.Device.Identifier.Invalid");
  }

  @ParameterizedTest
  @CsvSource({
    "esn, 12345678901",
    "iccid, 89148000000000000001",
    "iccid, 8914800000000000001",
    "imei, 3563069548190031",
    "mdn, 1234567890",
    "meid, a10000009296F2",
    "msisdn, 12345678901",
    "eid, 50684915885088839315521399821675",
  })
  void looksForIdentifiersOfTheDocumentedLength(String kind, String id) throws Exception {
    device(kind, id).isM2mError("REQUEST_FAILED.DeviceNotFound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"o\u2032neill's", "a<b", "a\\\\b"})
  void refusesIllegalCharacters(String value) throws Exception {
    calls
        .send(
            tokens.usageRequest(
                "{\"label\":{\"name\":\"n\",\"value\":\"" + value + "\"}," + quoted(DATES) + "}"))
        .isM2mError("INPUT_INVALID.Request.InvalidCharacter");
  }

  @Test
  void refusesQueryParameters() throws Exception {
    Request good = tokens.usageRequest(quoted("{" + DEVICE + "," + DATES + "}")).build();
    calls
        .send(good.newBuilder().url(good.url().newBuilder().addQueryParameter("a", "b").build()))
        .isM2mError("REQUEST_FAILED.UnexpectedError");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /m2m/v1/devices/usage/actions/list",
    "PUT, /m2m/v1/devices/usage/actions/list",
    "POST, /m2m/v1/devices/usage/actions/list/",
    "POST, /m2m/v1/devices/usage/actions/list/aggregate",
    "POST, /m2m/v2/devices/usage/actions/list",
    "POST, /v1/devices/usage/actions/list",
    "GET, /ts/v1/oauth2/token",
    "GET, /m2m/v1/session/login",
  })
  void knowsNoOtherPathOrVerb(String method, String path) throws Exception {
    calls
        .send(method, path, method.equals("GET") ? null : "{}")
        .isGatewayError(
            404, "900906", "No matching resource found in the API for the given request");
    assertThat(simulator.traffic().unknownRequests()).isEqualTo(1);
    assertThat(simulator.traffic().refusedRequests()).isEqualTo(1);
  }

  @Test
  void aRefusedRequestServesNothing() throws Exception {
    device("imsi", "1");
    assertThat(simulator.traffic().usageRequests()).isEqualTo(1);
    assertThat(simulator.traffic().refusedRequests()).isEqualTo(1);
    assertThat(simulator.traffic().bytesServed()).isZero();
  }

  private Answer device(String kind, String id) throws Exception {
    return usage("{'deviceId':{'kind':'" + kind + "','id':'" + id + "'}," + DATES + "}");
  }

  private Answer label(String name, String value) throws Exception {
    return usage("{'label':{'name':'" + name + "','value':'" + value + "'}," + DATES + "}");
  }

  private Answer usage(String json) throws Exception {
    return tokens.usage(quoted(json));
  }

  private Answer sendAs(String contentType, String body) throws Exception {
    RequestBody typed = RequestBody.create(ByteString.encodeUtf8(body), MediaType.get(contentType));
    return calls.send(tokens.usageRequest("").post(typed));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
