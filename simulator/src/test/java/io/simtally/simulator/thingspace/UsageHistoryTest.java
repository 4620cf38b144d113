package io.simtally.simulator.thingspace;

import static io.simtally.simulator.thingspace.ThingSpaceCalls.byDevice;
import static io.simtally.simulator.thingspace.ThingSpaceCalls.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.Answer;
import io.simtally.simulator.January;
import io.simtally.simulator.JsonObject;
import io.simtally.simulator.SimulatorTest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class UsageHistoryTest extends SimulatorTest {
  private static final String EID = "50684915885088839315521399821675";
  private static final Instant DAY = Instant.parse("2026-01-05T00:00:00Z");

  @Test
  void answersTheSampleByDeviceAsThePageDoes() throws Exception {
    ThingSpaceSimulator simulator =
        January.of(ThingSpaceSimulator.builder())
            .clock(January.at("2020-12-31T12:00:00Z"))
            .device(
                SimulatedDevice.of("eid", EID),
                roaming("2020-12-01", 4096, "2048"),
                roaming("2020-12-02", 8192, "4096"),
                roaming("2020-12-09", 4096, "2048"))
            .build();

    Answer answer = start(simulator).logIn().usage(fixture("usage-by-device.request.json"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json()).isEqualTo(Answer.json(fixture("usage-by-device.response.json")));
  }

  @Test
  void keepsTwelveMonths() throws Exception {
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder()
            .clock(January.at("2026-01-31T12:00:00Z"))
            .device(
                SimulatedDevice.of("eid", EID),
                SimulatedUsage.of(Instant.parse("2025-01-30T23:59:59Z"), 1),
                SimulatedUsage.of(Instant.parse("2025-01-31T00:00:00Z"), 2))
            .build();

    Answer answer =
        start(simulator)
            .logIn()
            .usage(
                "{'deviceId':{'kind':'eid','id':'%s'},'earliest':'2020-01-01T00:00:00Z','latest':'2026-01-31T00:00:00Z'}"
                    .formatted(EID)
                    .replace('\'', '"'));

    assertThat(answer.rows()).extracting(row -> row.number("bytesUsed")).containsExactly(2L);
  }

  @Test
  void answersTheSampleByLabelAsThePageDoes() throws Exception {
    ThingSpaceSimulator simulator =
        January.of(ThingSpaceSimulator.builder())
            .clock(January.at("2020-12-31T12:00:00Z"))
            .device(
                SimulatedDevice.of("eid", EID).withLabel("VIN", "VINMwertty9"),
                SimulatedUsage.of(Instant.parse("2020-12-01T00:00:00Z"), 4096),
                SimulatedUsage.of(Instant.parse("2020-12-02T00:00:00Z"), 8192),
                SimulatedUsage.of(Instant.parse("2020-12-09T00:00:00Z"), 4096))
            .build();

    Answer answer = start(simulator).logIn().usage(fixture("usage-by-label.request.json"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(Answer.json(fixture("usage-by-label.response.json")));
  }

  @Test
  void servesFiveHundredRecordsAPageAndTellsThatThereIsMore() throws Exception {
    List<SimulatedUsage> history = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      history.add(SimulatedUsage.of(DAY.plusSeconds(i), i));
    }
    ThingSpaceCalls.Tokens calls =
        start(January.of(ThingSpaceSimulator.builder()).device(anyDevice(), history).build())
            .logIn();

    Answer first = calls.usage(from(DAY));
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.object().value("hasMoreData")).isEqualTo(true);
    assertThat(bytes(first)).hasSize(500).startsWith(0L, 1L, 2L).endsWith(499L);

    Answer second = calls.usage(from(DAY.plusSeconds(499)));
    assertThat(second.status()).isEqualTo(202);
    assertThat(bytes(second)).hasSize(500).startsWith(499L).endsWith(998L);

    Answer third = calls.usage(from(DAY.plusSeconds(998)));
    assertThat(third.status()).isEqualTo(200);
    assertThat(third.object().value("hasMoreData")).isEqualTo(false);
    assertThat(bytes(third)).hasSize(202).startsWith(998L).endsWith(1_199L);
  }

  @Test
  void aPageThatIsJustFullIsTheLast() throws Exception {
    List<SimulatedUsage> history = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      history.add(SimulatedUsage.of(DAY.plusSeconds(i), i));
    }
    Answer answer =
        start(January.of(ThingSpaceSimulator.builder()).device(anyDevice(), history).build())
            .logIn()
            .usage(from(DAY));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.object().value("hasMoreData")).isEqualTo(false);
    assertThat(answer.rows()).hasSize(500);
  }

  @Test
  void smallerPagesCanBeAskedFor() throws Exception {
    Answer answer =
        start(
                January.of(ThingSpaceSimulator.builder())
                    .pageSize(2)
                    .device(anyDevice(), at(DAY, 1), at(DAY, 2), at(DAY, 3))
                    .build())
            .logIn()
            .usage(from(DAY));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(bytes(answer)).containsExactly(1L, 2L);
    assertThatThrownBy(() -> January.of(ThingSpaceSimulator.builder()).pageSize(501))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pageSize must be 1 to 500, was 501");
  }

  @Test
  void bothEndsOfTheRangeAreIncludedAndTheOldestRowComesFirst() throws Exception {
    Instant next = DAY.plusSeconds(86_400);
    ThingSpaceCalls.Tokens calls =
        start(
                January.of(ThingSpaceSimulator.builder())
                    .device(
                        anyDevice(),
                        at(next.plusSeconds(1), 4),
                        at(next, 3),
                        at(DAY, 2),
                        at(DAY.minusSeconds(1), 1))
                    .build())
            .logIn();

    assertThat(bytes(calls.usage(between(DAY, next)))).containsExactly(2L, 3L);
    assertThat(bytes(calls.usage(between(DAY, DAY)))).containsExactly(2L);
    assertThat(bytes(calls.usage(between(next.plusSeconds(2), next.plusSeconds(3))))).isEmpty();
  }

  @Test
  void rowsOfOneTimestampKeepTheirOrderEvenWhenTheyAreEqual() throws Exception {
    Answer answer =
        start(
                January.of(ThingSpaceSimulator.builder())
                    .device(anyDevice(), at(DAY, 7), at(DAY, 9), at(DAY, 7), at(DAY, 8))
                    .build())
            .logIn()
            .usage(from(DAY));

    assertThat(bytes(answer)).containsExactly(7L, 9L, 7L, 8L);
    assertThat(answer.rows().get(0)).isEqualTo(answer.rows().get(2));
  }

  @Test
  void aRowTellsItsServicePlanAndSourceOnlyIfItHasThem() throws Exception {
    Answer answer =
        start(
                January.of(ThingSpaceSimulator.builder())
                    .device(
                        anyDevice(),
                        at(DAY, 1).withServicePlan("4G 2GB").withSource("Usage Feed"),
                        at(DAY, 2).withSource(null))
                    .build())
            .logIn()
            .usage(from(DAY));

    JsonObject planned = answer.rows().get(0);
    assertThat(planned.text("servicePlan")).isEqualTo("4G 2GB");
    assertThat(planned.text("source")).isEqualTo("Usage Feed");
    JsonObject plain = answer.rows().get(1);
    assertThat(plain.names()).doesNotContain("servicePlan", "source");
  }

  @Test
  void aDeviceIsFoundByEachOfItsNames() throws Exception {
    ThingSpaceSimulator simulator =
        January.of(ThingSpaceSimulator.builder())
            .devices(300)
            .device(
                anyDevice().withId("MEID", "A10000009296F2").withLabel("asset", "pump 12"),
                at(DAY, 1))
            .build();
    ThingSpaceCalls.Tokens calls = start(simulator).logIn();

    assertThat(bytes(calls.usage(byDevice("meid", "a10000009296f2")))).containsExactly(1L);
    assertThat(bytes(calls.usage(byLabel("asset", "pump 12")))).containsExactly(1L);
    for (int index : new int[] {1, 2, 150, 300}) {
      SimulatedDevice device = simulator.devices().get(index);
      List<JsonObject> rows = calls.usage(byDevice(device)).rows();
      assertThat(rows).isNotEmpty();
      assertThat(device.otherIds()).containsOnlyKeys("imei", "mdn", "msisdn");
      device
          .otherIds()
          .forEach((kind, id) -> assertThat(usage(calls, kind, id).rows()).isEqualTo(rows));
      SimulatedDevice.Label label = Objects.requireNonNull(device.label());
      assertThat(calls.usage(byLabel(label.name(), label.value())).rows()).isEqualTo(rows);
    }
  }

  @Test
  void kindsCompareIgnoringCase() throws Exception {
    ThingSpaceSimulator simulator = January.of(ThingSpaceSimulator.builder()).build();
    ThingSpaceCalls.Tokens calls = start(simulator).logIn();
    String id = simulator.devices().get(0).id();

    for (String kind : List.of("iccid", "ICCID", "iccId", "Iccid")) {
      Answer answer = calls.usage(byDevice(kind, id));
      assertThat(answer.status()).isEqualTo(200);
      JsonObject deviceId = answer.object().object("deviceId");
      assertThat(deviceId.text("kind")).isEqualTo(kind.toLowerCase(Locale.ROOT));
      assertThat(deviceId.text("id")).isEqualTo(id);
    }
  }

  @Test
  void twoDevicesCannotShareAName() {
    ThingSpaceSimulator.Builder builder =
        January.of(ThingSpaceSimulator.builder())
            .device(anyDevice())
            .device(SimulatedDevice.of("eid", EID).withId("imei", anyDevice().id()));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two devices with the imei 356306954819003");
  }

  @Test
  void aDeviceOfAnUnknownKindOrAMalformedIdCannotBeMade() {
    assertThatThrownBy(() -> SimulatedDevice.of("imsi", "310150123456789"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown device kind imsi");
    assertThatThrownBy(() -> anyDevice().withId("mdn", "123"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("123 is no MDN");
    assertThatThrownBy(() -> anyDevice().withLabel("123456789012345678901", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Answer usage(ThingSpaceCalls.Tokens calls, String kind, String id) {
    try {
      return calls.usage(byDevice(kind, id));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SimulatedDevice anyDevice() {
    return SimulatedDevice.of("imei", "356306954819003");
  }

  private static SimulatedUsage at(Instant timestamp, long bytes) {
    return SimulatedUsage.of(timestamp, bytes);
  }

  private static SimulatedUsage roaming(String day, long bytes, String half) {
    return SimulatedUsage.of(Instant.parse(day + "T00:00:00Z"), bytes)
        .withExtendedAttribute("domesticUsage", half)
        .withExtendedAttribute("internationalUsage", half);
  }

  private static String from(Instant earliest) {
    return between(earliest, DAY.plusSeconds(1_000_000));
  }

  private static String between(Instant earliest, Instant latest) {
    return """
    {"deviceId": {"kind": "imei", "id": "356306954819003"}, "earliest": "%s", "latest": "%s"}
    """
        .formatted(earliest, latest);
  }

  private static String byLabel(String name, String value) {
    return "{\"label\":{\"name\":\"%s\",\"value\":\"%s\"},%s}"
        .formatted(name, value, ThingSpaceCalls.WHOLE_TIME);
  }

  private static List<Long> bytes(Answer answer) {
    return answer.rows().stream().map(row -> row.number("bytesUsed")).toList();
  }
}
