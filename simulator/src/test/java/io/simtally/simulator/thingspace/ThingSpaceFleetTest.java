package io.simtally.simulator.thingspace;

import static io.simtally.simulator.thingspace.ThingSpaceCalls.byDevice;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Answer;
import io.simtally.simulator.January;
import io.simtally.simulator.JsonObject;
import io.simtally.simulator.SimulatorTest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ThingSpaceFleetTest extends SimulatorTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 2, 1);
  private static final LocalDate LAST = LocalDate.of(2026, 2, 28);

  @Test
  void theSameSeedGivesTheSameBytesInWhateverOrderTheyAreAskedFor() throws Exception {
    ThingSpaceSimulator one = fleet(40, 7).build();
    ThingSpaceSimulator two = fleet(40, 7).build();
    List<String> forwards = bodies(one, one.devices());
    List<SimulatedDevice> reversed = new ArrayList<>(two.devices());
    Collections.reverse(reversed);
    List<String> backwards = bodies(two, reversed);
    Collections.reverse(backwards);

    assertThat(two.devices()).isEqualTo(one.devices());
    assertThat(backwards).isEqualTo(forwards);
  }

  @Test
  void anotherSeedGivesOtherDevicesAndOtherUsage() {
    ThingSpaceSimulator one = fleet(40, 7).build();
    ThingSpaceSimulator two = fleet(40, 8).build();

    assertThat(two.devices()).doesNotContainAnyElementsOf(one.devices());
    assertThat(histories(two)).doesNotContainAnyElementsOf(histories(one));
  }

  @Test
  void aLargerFleetBeginsWithTheSmaller() throws Exception {
    ThingSpaceSimulator small = fleet(10, 7).build();
    ThingSpaceSimulator large = fleet(1_000, 7).build();

    assertThat(large.devices().subList(0, 10)).isEqualTo(small.devices());
    assertThat(bodies(large, small.devices())).isEqualTo(bodies(small, small.devices()));
  }

  @Test
  void theIdentifiersOfALargeFleetAreDistinctAndCarryTheirCheckDigits() {
    ThingSpaceSimulator simulator = fleet(10_000, 7).build();
    Set<String> seen = new HashSet<>();
    for (SimulatedDevice device : simulator.devices()) {
      String imei = String.valueOf(device.idOf("IMEI"));
      assertThat(device.kind()).isEqualTo("iccid");
      assertThat(device.id()).matches("89[0-9]{18}");
      assertThat(imei).matches("[0-9]{15}");
      assertThat(luhnSum(device.id()) % 10).isZero();
      assertThat(luhnSum(imei) % 10).isZero();
      assertThat(seen.add(device.id())).isTrue();
      assertThat(seen.add(imei)).isTrue();
      assertThat(seen.add(String.valueOf(device.idOf("mdn")))).isTrue();
      assertThat(seen.add(String.valueOf(device.label()))).isTrue();
    }
  }

  @Test
  void theDeviceAfterTheLastIsNotFound() throws Exception {
    SimulatedDevice eleventh = fleet(11, 7).build().devices().get(10);
    ThingSpaceSimulator ten = fleet(10, 7).build();

    start(ten).logIn().usage(byDevice(eleventh)).isM2mError("REQUEST_FAILED.DeviceNotFound");
  }

  @Test
  void anIdentifierWithAWrongCheckDigitIsNotFound() throws Exception {
    ThingSpaceSimulator simulator = fleet(10, 7).build();
    String good = simulator.devices().get(3).id();
    String wrong = good.substring(0, 19) + (good.charAt(19) == '0' ? '1' : '0');

    start(simulator)
        .logIn()
        .usage(byDevice("iccid", wrong))
        .isM2mError("REQUEST_FAILED.DeviceNotFound");
  }

  @Test
  void rowsLookLikeThoseOfThePagesSample() {
    for (List<JsonObject> history : histories(fleet(100, 7).build())) {
      for (JsonObject row : history) {
        assertThat(row.names())
            .containsExactly(
                "bytesUsed", "extendedAttributes", "servicePlan", "smsUsed", "source", "timestamp");
        assertThat(row.text("timestamp")).matches("2026-02-[0-2][0-9]T00:00:00Z");
        assertThat(row.number("bytesUsed")).isPositive();
        assertThat(attribute(row, "MoSms") + attribute(row, "MtSms"))
            .isEqualTo(row.number("smsUsed"));
        if (isRoaming(row)) {
          assertThat(attribute(row, "domesticUsage") + attribute(row, "internationalUsage"))
              .isEqualTo(row.number("bytesUsed"));
        }
      }
    }
  }

  @Test
  void aRangeWithinTheDaysGivesTheRowsOfThatRange() throws Exception {
    ThingSpaceSimulator simulator = fleet(1, 7).build();
    SimulatedDevice device = simulator.devices().get(0);
    ThingSpaceCalls.Tokens calls = start(simulator).logIn();
    List<JsonObject> all = calls.usage(byDevice(device)).rows();

    String query =
        """
        {"deviceId": {"kind": "iccid", "id": "%s"},
         "earliest": "2026-02-05T00:00:00Z", "latest": "2026-02-14T00:00:00Z"}
        """
            .formatted(device.id());
    assertThat(calls.usage(query).rows())
        .isNotEmpty()
        .isEqualTo(
            all.stream()
                .filter(row -> row.text("timestamp").compareTo("2026-02-05T00:00:00Z") >= 0)
                .filter(row -> row.text("timestamp").compareTo("2026-02-14T00:00:00Z") <= 0)
                .toList());
  }

  @Test
  void aFleetHasSilentDaysRoamersAndDevicesWithTwoRowsADay() {
    List<List<JsonObject>> histories = histories(fleet(100, 7).build());

    assertThat(histories).allSatisfy(history -> assertThat(days(history)).isBetween(15L, 28L));
    assertThat(histories).anySatisfy(history -> assertThat(days(history)).isLessThan(28));
    assertThat(histories)
        .filteredOn(history -> history.size() == 2 * days(history))
        .hasSize(10)
        .allSatisfy(
            history ->
                assertThat(history)
                    .extracting(row -> row.text("source"))
                    .contains("Raw Usage", "Usage Feed"));
    assertThat(histories).filteredOn(history -> isRoaming(history.get(0))).hasSizeBetween(33, 34);
  }

  @Test
  void oneDeviceInAHundredRunsAwayOnTheLastDay() {
    List<List<JsonObject>> histories = histories(fleet(300, 7).build());

    assertThat(histories).filteredOn(ThingSpaceFleetTest::runsAway).hasSize(3);
  }

  @Test
  void aFewDevicesAreHeavy() {
    List<Long> medians =
        histories(fleet(300, 7).build()).stream()
            .map(ThingSpaceFleetTest::median)
            .sorted()
            .toList();

    assertThat(medians.get(298)).isGreaterThan(20 * medians.get(150));
  }

  private static ThingSpaceSimulator.Builder fleet(int devices, long seed) {
    return January.of(ThingSpaceSimulator.builder()).devices(devices).seed(seed).days(FIRST, LAST);
  }

  private List<String> bodies(ThingSpaceSimulator simulator, List<SimulatedDevice> devices)
      throws IOException {
    ThingSpaceCalls.Tokens calls = start(simulator).logIn();
    List<String> bodies = new ArrayList<>();
    for (SimulatedDevice device : devices) {
      Answer answer = calls.usage(byDevice(device));
      assertThat(answer.status()).isEqualTo(200);
      bodies.add(answer.body());
    }
    return bodies;
  }

  private List<List<JsonObject>> histories(ThingSpaceSimulator simulator) {
    try {
      return bodies(simulator, simulator.devices()).stream()
          .map(body -> JsonObject.of(Answer.json(body)).objects("usageHistory"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isRoaming(JsonObject row) {
    return row.objects("extendedAttributes").size() == 4;
  }

  private static long attribute(JsonObject row, String key) {
    return Long.parseLong(row.attribute(key));
  }

  private static boolean runsAway(List<JsonObject> history) {
    JsonObject last = history.get(history.size() - 1);
    return last.text("timestamp").startsWith(LAST.toString())
        && last.number("bytesUsed") > 10 * median(history);
  }

  private static long median(List<JsonObject> history) {
    return history.stream()
        .map(row -> row.number("bytesUsed"))
        .sorted()
        .toList()
        .get(history.size() / 2);
  }

  private static long days(List<JsonObject> history) {
    return history.stream().map(row -> row.text("timestamp")).distinct().count();
  }

  /** Sums the digits from the right, every second doubled, as in ISO/IEC 7812. */
  private static int luhnSum(String digits) {
    int sum = 0;
    boolean isDoubled = false;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = digits.charAt(i) - '0';
      sum += isDoubled ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
      isDoubled = !isDoubled;
    }
    return sum;
  }
}
