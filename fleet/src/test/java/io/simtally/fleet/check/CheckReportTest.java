package io.simtally.fleet.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.fleet.source.Device;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of a check contains shapes and nothing that identifies a customer. */
class CheckReportTest {
  private static final String NUMBER = "8944500987654321";

  private final MockWebServer server = new MockWebServer();
  private final List<String> printed = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401, 404})
  void containsNoTextOfAService(int status) throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request.getUrl().encodedPath(), status);
          }
        });
    server.start();

    var report = check().run(line -> printed.add(line.toString()));

    assertThat(report.findings()).hasSize(5);
    assertThat(report.json())
        .doesNotContain("MARK")
        .doesNotContain("mark1")
        .doesNotContain(NUMBER)
        .doesNotContain("127.0.0.1")
        .doesNotContain(":" + server.getPort());
    if (status == 200) {
      // It is not empty.
      assertThat(report.json())
          .contains("\"x-ratelimit-remaining\": \"17\"")
          .contains("\"x-ratelimit-policy\": \"(not a number)\"")
          .contains("\"requestId\": \"(not shown)\"")
          .contains("\"present\": \"MASON_API_KEY, MASON_BASE_URL\"")
          .containsPattern("\"simtally\": \"\\d+\\.\\d+[^\"]*\"")
          .contains("\"id\": \"mason-cursor\"")
          .contains("\"path\": \"data[].usage.unit\"");
    }
  }

  @Test
  void containsARequestIdWithoutCustomerData() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder()
                .addHeader("X-Request-Id", "4f1c-77")
                .addHeader("Content-Type", "application/json")
                .body("{\"data\":[]}")
                .build();
          }
        });
    server.start();

    var report = check().run(line -> printed.add(line.toString()));

    assertThat(report.json()).contains("\"requestId\": \"4f1c-77\"");
    assertThat(printed)
        .anyMatch(
            line ->
                line.matches(
                    "mason-usage             ok     call       GET"
                        + " /beta/\\{fleet}/data/series/usage: 200, \\d+ ms, HTTP/1.1, request id"
                        + " 4f1c-77"));
  }

  private ServiceCheck check() {
    var url = server.url("").toString();
    var environment = new HashMap<String, String>();
    for (var name :
        List.of(
            "IOTX_TOKEN",
            "MASON_API_KEY",
            "MASON_FLEET",
            "ALEF_API_KEY",
            "ALEF_ACCOUNT_ID",
            "THINGSPACE_TOKEN",
            "THINGSPACE_M2M_TOKEN")) {
      environment.put(name, "MARK-" + name);
    }
    for (var name : List.of("IOTX", "MASON", "ALEF", "THINGSPACE")) {
      environment.put(name + "_BASE_URL", url);
    }
    return ServiceCheck.of(environment, new OkHttpClient(), Clock.systemUTC())
        .devices(
            Map.of(
                "iotx-analytics", new Device("iccid", NUMBER, null),
                "mason-usage", new Device("iccid", NUMBER, null),
                "alef-connectivity", new Device("msisdn", NUMBER, null),
                "thingspace-m2m", new Device("imei", NUMBER, null),
                "thingspace-hyperprecise", new Device("imei", NUMBER, "MARK-account")));
  }

  private static MockResponse answer(String path, int status) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json; name=MARK")
        .addHeader("X-Request-Id", "req-" + NUMBER)
        .addHeader("X-RateLimit-Remaining", "17")
        .addHeader("X-RateLimit-Policy", "MARK;w=60")
        .addHeader("X-RateLimit-MARK1", "5")
        .addHeader("Server", "MARK")
        .body(body(path, status).replace('\'', '"').replace("NUMBER", NUMBER))
        .build();
  }

  private static String body(String path, int status) {
    if (status >= 400) {
      return "{'errorCode':'MARK.CODE','errorMessage':'MARK NUMBER','type':'MARK','message':'MARK',"
          + "'error':{'code':'MARK','message':'MARK'}}";
    }
    if (path.contains("/analytics/")) {
      return "{'MARK7':1,'content':{'MARK-name':{'2026-01-02T10:00:00+00:00':'NUMBER'},"
          + "'mobileOriginated':{'MARK':'NUMBER'},'mobileTerminated':{'NUMBER':'MARK'},"
          + "'subscriberDataUsage':{'NUMBER':{'MARK':'NUMBER'}},"
          + "'dataUsageByIp':{'MARK':{'bytes':'NUMBER','lastSeen':'MARK'}},'totalData':'MARK'}}";
    }
    if (path.contains("/aggregate/")) {
      return "{'nextPage':'https://MARK/NUMBER','data':[{'sim':{'iccid':'NUMBER'},"
          + "'marker':{'key':'MARK','value':'MARK'},'usage':{'total':3,'unit':'MARK','upload':1,"
          + "'date':'MARK','download':2}}]}";
    }
    if (path.contains("/series/")) {
      return "{'nextPage':'MARK','data':[{'day':'2026-01-02T00:00:00Z','total':'NUMBER',"
          + "'unit':'MARK','upload':1,'download':2,'NUMBER':'MARK'}]}";
    }
    if (path.contains("/report/sessions")) {
      return "{'id':'NUMBER','txid':'MARK','sessions':[{'startTime':'MARK','endTime':'MARK',"
          + "'numBytes':'NUMBER'}]}";
    }
    if (path.contains("/connectivity/")) {
      return "{'MARK2':{'NUMBER':'MARK'},'account_id':'MARK','msisdn':NUMBER,'result':[[{"
          + "'time_stamp':'MARK','name':'MARK','value':'NUMBER','aggregation_type':'MARK'}]]}";
    }
    return "{'hasMoreData':'MARK','deviceId':{'id':'NUMBER','kind':'MARK'},'usageHistory':[{"
        + "'bytesUsed':'NUMBER','extendedAttributes':[{'key':'MARK','value':'MARK'}],"
        + "'smsUsed':'NUMBER','source':'MARK','servicePlan':'MARK','timestamp':'MARK'}]}";
  }
}
