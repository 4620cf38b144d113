package io.simtally.simulator;

import static io.simtally.simulator.thingspace.ThingSpaceCalls.byDevice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.alef.AlefCalls;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.iotx.IotxCalls;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonCalls;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceCalls;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecordedCallTest extends SimulatorTest {
  private final ThingSpaceSimulator simulator = January.of(ThingSpaceSimulator.builder()).build();

  @Test
  void namesTheOperationsOfThingSpaceAndWhetherTheyWereAuthorized() throws Exception {
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();
    simulator.next(Fault.serviceUnavailable(), Fault.expiredToken());

    tokens.usage(byDevice(simulator.devices().get(0)));
    tokens.usage(byDevice(simulator.devices().get(0)));
    tokens.sessionReport("{}");
    calls.login(calls.token().text("access_token"), "wrong");
    calls.send(tokens.usageRequest("{}").url(simulator.url() + "/elsewhere"));

    assertThat(simulator.calls())
        .extracting(RecordedCall::toString)
        .containsExactly(
            "TOKEN (POST /ts/v1/oauth2/token)",
            "LOGIN (POST /m2m/v1/session/login)",
            "USAGE_HISTORY (POST /m2m/v1/devices/usage/actions/list)",
            "USAGE_HISTORY (POST /m2m/v1/devices/usage/actions/list), not authorized",
            "SESSION_REPORT (POST /hyper-precise/v1/report/sessions), not authorized",
            "TOKEN (POST /ts/v1/oauth2/token)",
            "LOGIN (POST /m2m/v1/session/login)",
            "POST of something unknown, not authorized");
    assertThat(simulator.calls(Operation.USAGE_HISTORY))
        .extracting(RecordedCall::isAuthorized)
        .containsExactly(true, false);
    assertThat(simulator.calls().get(7).operation()).isEmpty();
    assertThat(simulator.calls(Operation.LOGIN).get(1).field("password")).contains("wrong");
    assertThat(simulator.calls(Operation.TOKEN).get(0).field("grant_type"))
        .contains("client_credentials");
    assertThat(simulator.calls()).extracting(RecordedCall::request).isEqualTo(simulator.requests());
  }

  @Test
  void showsNoCredential() throws Exception {
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();
    tokens.usage("{}");
    AlefSimulator alef = January.of(AlefSimulator.builder()).build();
    try (AlefCalls alefCalls = new AlefCalls(alef)) {
      alefCalls.report("{}");
      alefCalls.send("GET", "/connectivity/elsewhere?apikey=" + alef.apiKey(), null);
    }

    String shown = simulator.calls().toString() + alef.calls();
    assertThat(alef.calls()).hasSize(2);
    assertThat(shown)
        .doesNotContain(
            simulator.password(), simulator.secret(), tokens.bearer, tokens.session, alef.apiKey());
  }

  @Test
  void readsPathAndQuery() throws Exception {
    IotxSimulator iotx = January.of(IotxSimulator.builder()).build();
    MasonSimulator mason = January.of(MasonSimulator.builder()).fleet("default").build();
    try (IotxCalls iotxCalls = new IotxCalls(iotx);
        MasonCalls masonCalls = new MasonCalls(mason)) {
      iotxCalls.get("session-count/a%2Fb%20c?physicalId=a%2Fb%20c&startDate=x%2B00:00");
      iotxCalls.company("data-usage");
      masonCalls.get("series/usage/sim/8901?limit=7&limit=8");
      masonCalls.get("series/usage/8902");
      masonCalls.send(masonCalls.request("aggregate/usage").header("Authorization", "basic wrong"));
    }

    RecordedCall subscriber = iotx.calls(Operation.SUBSCRIBER_SESSION_COUNT).get(0);
    assertThat(subscriber.isAuthorized()).isTrue();
    assertThat(subscriber.pathValue("physicalId")).contains("a/b c");
    assertThat(subscriber.pathValue("iccid")).isEmpty();
    assertThat(subscriber.query("startDate")).contains("x+00:00");
    assertThat(subscriber.query("endDate")).isEmpty();
    assertThat(subscriber.field("anything")).isEmpty();
    assertThat(iotx.calls(Operation.DATA_USAGE)).hasSize(1);
    assertThat(mason.calls(Operation.SERIES_SIM_USAGE))
        .extracting(call -> call.pathValue("iccid").orElseThrow())
        .containsExactly("8901", "8902");
    assertThat(mason.calls().get(0).query("limit")).contains("7");
    assertThat(mason.calls().get(0).pathValue("fleet")).contains("default");
    assertThat(mason.calls(Operation.AGGREGATE_ACCOUNT_USAGE))
        .singleElement()
        .extracting(RecordedCall::isAuthorized)
        .isEqualTo(false);
  }

  @Test
  void readsTheBodyExactly() throws Exception {
    AlefSimulator alef = January.of(AlefSimulator.builder()).build();
    try (AlefCalls calls = new AlefCalls(alef)) {
      calls.report(
          """
          {'id': 89014103211118510720, 'imsi': 310550000010232, 'share': 0.1, 'on': true,
           'none': null, 'list': [{'name': 'a'}, 'b'], 'text': '7'}\
          """);
      calls.report("[1]");
      calls.report("{'a':1} {}");
      calls.report("{");
    }

    RecordedCall call = alef.calls().get(0);
    assertThat(call.field("id")).contains(new BigDecimal("89014103211118510720"));
    assertThat(call.field("imsi")).contains(310_550_000_010_232L);
    assertThat(call.field("share")).contains(new BigDecimal("0.1"));
    assertThat(call.field("on")).contains(true);
    assertThat(call.field("none")).isEmpty();
    assertThat(call.field("absent", "deeper")).isEmpty();
    assertThat(call.field("text")).contains("7");
    assertThat(call.field("text", "deeper")).isEmpty();
    assertThat(call.field("list", "0", "name")).contains("a");
    assertThat(call.field("list", "2")).isEmpty();
    assertThat(call.field("list", "-1")).isEmpty();
    assertThat(call.field("list")).contains(List.of(Map.of("name", "a"), "b"));
    assertThat(alef.calls().get(1).field()).contains(List.of(1L));
    for (int unreadable : new int[] {2, 3}) {
      assertThatThrownBy(() -> alef.calls().get(unreadable).field("a"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the body is no JSON");
    }
  }
}
