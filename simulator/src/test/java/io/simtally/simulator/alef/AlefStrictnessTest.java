package io.simtally.simulator.alef;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.January;
import io.simtally.simulator.Traffic;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlefStrictnessTest {
  private static final String DAY =
      "'start_date_time':'2026-01-01T00:00:00+00:00','end_date_time':'2026-01-02T00:00:00+00:00'";
  private static final String NOW = "'start_date_time':'NOW','end_date_time':'NOW'";
  private static final String ACCOUNT =
      "{'dimension_name':'account_id','operator':'EXACT','expressions':['the-account']}";
  private static final String FILTERS =
      "'dimension_filter_clauses':[{'filters':[" + ACCOUNT + "]}]";
  private static final String BYTES = "{'name':'uplink_bytes','aggregation_type':'COUNT'}";
  private static final String METRICS = "'metrics':[" + BYTES + "]";

  private final AlefSimulator simulator =
      January.of(AlefSimulator.builder()).account("the-account", "the-key").build();
  private final AlefCalls calls = new AlefCalls(simulator);

  @AfterEach
  void stop() {
    calls.close();
  }

  @Test
  void theRequestThatTheRefusedOnesVaryIsGood() throws IOException {
    assertThat(calls.report(good()).status()).isEqualTo(200);
    assertThat(simulator.traffic().refusedRequests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?apikey=",
        "?apikey=another",
        "?apikey=THE-KEY",
        "?Authorization=the-key",
        "?apikey=another&apikey=the-key",
      })
  void refusesEveryOtherKey(String query) throws IOException {
    AlefCalls.isError(calls.send("POST", "/connectivity/v1/report" + query, good()), 401, "apikey");
    assertThat(simulator.traffic()).isEqualTo(new Traffic(0, 0, 0, 0, 0, 1, 0, 1, 0, 0));
  }

  @Test
  void refusesFurtherQueryParameters() throws IOException {
    AlefCalls.isError(
        calls.send("POST", "/connectivity/v1/report?apikey=the-key&page=2", good()), 400, "query");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /connectivity/v1/report?apikey=the-key",
    "PUT, /connectivity/v1/report?apikey=the-key",
    "POST, /connectivity/v2/report?apikey=the-key",
    "POST, /connectivity/v1/report/?apikey=the-key",
    "POST, /reporting/v2/reporting-service/core?apikey=the-key",
  })
  void knowsNoOtherPathOrVerb(String method, String target) throws IOException {
    AlefCalls.isError(
        calls.send(method, target, method.equals("GET") ? null : good()), 404, "nothing at");
    assertThat(simulator.traffic()).isEqualTo(new Traffic(0, 0, 0, 0, 0, 0, 1, 1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "text/json", "application/json; charset=utf-16", "application/xml"})
  void refusesOtherContentTypes(String contentType) throws IOException {
    ByteString body = ByteString.encodeUtf8(good().replace('\'', '"'));
    AlefCalls.isError(
        calls.send(
            calls.reportRequest("").post(RequestBody.create(body, MediaType.get(contentType)))),
        400,
        "content type");
    AlefCalls.isError(
        calls.send(calls.reportRequest("").post(RequestBody.create(body, null))),
        400,
        "content type");
  }

  @ParameterizedTest
  @CsvSource({"text/csv, 406", "application/json, 200", "*/*, 200"})
  void answersNothingButJson(String accept, int status) throws IOException {
    assertThat(calls.send(calls.reportRequest(good()).header("Accept", accept)).status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "null",
        "'text'",
        "{",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",}",
        "{" + DAY + "," + FILTERS + "," + METRICS + "}}",
        "{" + DAY + "," + FILTERS + "," + METRICS + "} {}",
        "{" + DAY + "," + FILTERS + "," + METRICS + "," + METRICS + "}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'granularity':null}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'granularity':true}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'granularity':24}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'granularity':1e99999999999}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'granularity':'WEEK'}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'granularity':'hour'}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'more':1}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'dimensions':[]}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'dimensions':'account_id'}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'dimensions':[1]}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'dimensions':['account_id','account_id']}",
        "{" + DAY + "," + FILTERS + "," + METRICS + ",'dimensions':['msisdn']}",
      })
  void refusesWhatIsNotTheDocumentedObject(String body) throws IOException {
    AlefCalls.isError(calls.report(body), 400, "");
    assertThat(simulator.traffic().refusedRequests()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      value = {
        "2026-01-02T00:00:00+00:00, 2026-01-01T00:00:00+00:00",
        "2026-01-01T00:00:00, 2026-01-02T00:00:00",
        "2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z",
        "2026-01-01T00:00:00.0+00:00, 2026-01-02T00:00:00.0+00:00",
        "2026-01-01T00:00+00:00, 2026-01-02T00:00+00:00",
        "2026-02-30T00:00:00+00:00, 2026-03-02T00:00:00+00:00",
        "2026-01-01, 2026-01-02",
        "NOW, LAST HOUR",
        "LAST HOUR, NOW",
        "2026-01-01T00:00:00+00:00, NOW",
        "NOW, 2026-01-01T00:00:00+00:00",
        "now, now",
        "LAST YEAR, LAST YEAR",
      })
  void refusesTimesThatAreNotAsOnThePage(String start, String end) throws IOException {
    String range = "'start_date_time':'" + start + "','end_date_time':'" + end + "'";

    AlefCalls.isError(
        calls.report("{" + range + "," + FILTERS + "," + METRICS + "}"), 400, "date_time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FILTERS + "," + METRICS,
        "'start_date_time':'NOW'," + FILTERS + "," + METRICS,
        "'start_date_time':1,'end_date_time':2," + FILTERS + "," + METRICS,
        DAY + "," + METRICS,
        DAY + "," + FILTERS,
        DAY + "," + FILTERS + ",'metrics':[]",
        DAY + "," + FILTERS + ",'metrics':" + BYTES,
        DAY + "," + FILTERS + ",'metrics':['uplink_bytes']",
      })
  void refusesARequestWithoutOneOfItsParts(String members) throws IOException {
    AlefCalls.isError(calls.report("{" + members + "}"), 400, "m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{}]",
        "[{'filters':[]}]",
        "[{'filters':[" + ACCOUNT + "]},{'filters':[" + ACCOUNT + "]}]",
        "[{'filters':[" + ACCOUNT + "," + ACCOUNT + "]}]",
        "[{'filters':[" + ACCOUNT + "],'operator':'OR'}]",
        "[{'filters':[{'dimension_name':'msisdn','operator':'EXACT','expressions':[1]}]}]",
        "[{'filters':[{'dimension_name':'account_id','operator':'EXACT','expressions':[1]}]}]",
        "[{'filters':[{'dimension_name':'account_id','operator':'EXACT','expressions':['x']}]}]",
        "[{'filters':[{'dimension_name':'account_id','operator':'EXACT','expressions':[]}]}]",
        "[{'filters':[{'dimension_name':'account_id','operator':'EXACT'}]}]",
        "[{'filters':[{'dimension_name':'account_id','operator':'EXACT','expressions':"
            + "['the-account','x']}]}]",
        "[{'filters':[{'dimension_name':'account_id','operator':'REGEXP','expressions':"
            + "['the-account']}]}]",
        "[{'filters':[{'dimension_name':'account_id','expressions':['the-account']}]}]",
      })
  void refusesOtherFilters(String clauses) throws IOException {
    AlefCalls.isError(
        calls.report("{" + DAY + ",'dimension_filter_clauses':" + clauses + "," + METRICS + "}"),
        400,
        "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'dimension_name':'msisdn','operator':'EXACT','expressions':['abc']",
        "'dimension_name':'msisdn','operator':'EXACT','expressions':[-1]",
        "'dimension_name':'msisdn','operator':'EXACT','expressions':[1.5]",
        "'dimension_name':'imsi','operator':'EXACT','expressions':[[1]]",
        "'dimension_name':'customer_site_id','operator':'EXACT','expressions':[1]",
        "'dimension_name':'enodeb_ip','operator':'EXACT','expressions':[10]",
      })
  void refusesValuesThatTheDimensionDoesNotHave(String filter) throws IOException {
    AlefCalls.isError(
        calls.report(
            "{"
                + DAY
                + ",'dimension_filter_clauses':[{'filters':["
                + ACCOUNT
                + ",{"
                + filter
                + "}]}],"
                + METRICS
                + "}"),
        400,
        "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'uplink_bytes'}",
        "{'aggregation_type':'COUNT'}",
        "{'name':'uplink','aggregation_type':'COUNT'}",
        "{'name':'UPLINK_BYTES','aggregation_type':'COUNT'}",
        "{'name':'sim','aggregation_type':'COUNT'}",
        "{'name':'uplink_bytes','aggregation_type':'SUM'}",
        "{'name':'uplink_bytes','aggregation_type':'EXISTS'}",
        "{'name':'ue_online_status','aggregation_type':'COUNT'}",
        "{'name':'uplink_bytes','aggregation_type':'COUNT','more':1}",
        BYTES + "," + BYTES,
        "{'name':'ue_connections','aggregation_type':'MIN'}",
        "{'name':'uplink_bandwidth','aggregation_type':'AVG','metric_filter_clauses':[{'filters':["
            + "{'operator':'PERCENTILE','comparison_value':95}]}]}",
      })
  void refusesOtherMetrics(String metrics) throws IOException {
    AlefCalls.isError(
        calls.report("{" + DAY + "," + FILTERS + ",'metrics':[" + metrics + "]}"), 400, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'operator':'PERCENTILE','comparison_value':0}",
        "{'operator':'PERCENTILE','comparison_value':100.5}",
        "{'operator':'PERCENTILE','comparison_value':'95'}",
        "{'operator':'PERCENTILE'}",
        "{'operator':'GREATER_THAN','comparison_value':95}",
        "{'comparison_value':95}",
        "{'operator':'PERCENTILE','comparison_value':95},{'operator':'PERCENTILE',"
            + "'comparison_value':99}",
      })
  void refusesOtherPercentiles(String filter) throws IOException {
    String metric =
        "{'name':'uplink_bandwidth','metric_filter_clauses':[{'filters':[" + filter + "]}]}";

    AlefCalls.isError(
        calls.report("{" + DAY + "," + FILTERS + ",'metrics':[" + metric + "]}"), 400, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'uplink_bandwidth','aggregation_type':'AVG'},"
            + "{'name':'uplink_bandwidth','aggregation_type':'MAX'}",
        "{'name':'uplink_bandwidth','metric_filter_clauses':[{'filters':["
            + "{'operator':'PERCENTILE','comparison_value':95}]}]}",
      })
  void refusesWhatASnapshotCannotHold(String metrics) throws IOException {
    AlefCalls.isError(
        calls.report("{" + NOW + "," + FILTERS + ",'metrics':[" + metrics + "]}"), 400, "NOW");
    assertThat(calls.report("{" + DAY + "," + FILTERS + ",'metrics':[" + metrics + "]}").status())
        .isEqualTo(200);
  }

  private static String good() {
    return "{" + DAY + "," + FILTERS + "," + METRICS + ",'granularity':'HOUR'}";
  }
}
