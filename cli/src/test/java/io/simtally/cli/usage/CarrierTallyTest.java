package io.simtally.cli.usage;

import static io.simtally.cli.usage.Usages.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CarrierTallyTest {

  private static final FleetCoverage UNKNOWN = new FleetCoverage(null, List.of());

  private final Period period =
      new Period(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-06"));
  private final CarrierTally tally = new CarrierTally("Fake", "fake", period);

  @Test
  void addsUpByDeviceAndByDay() {
    tally.add(usage("a", "2026-03-01T00:00:00Z", 10));
    tally.add(usage("a", "2026-03-01T12:00:00Z", 5));
    tally.add(usage("b", "2026-03-06T23:59:59Z", 100));

    CarrierUsage usage = tally.result(UNKNOWN, List.of(), Overlap.NONE);

    assertThat(usage.devices()).isEqualTo(2);
    assertThat(usage.records()).isEqualTo(3);
    assertThat(usage.totalBytes()).isEqualTo(115);
    assertThat(usage.bytesByDay()).containsExactly(15L, 0L, 0L, 0L, 0L, 100L);
    assertThat(usage.top()).containsExactly(new DeviceTotal("b", 100), new DeviceTotal("a", 15));
    assertThat(usage.share(usage.top().get(1))).isEqualTo("13.0 %");
    assertThat(usage.notes()).isEmpty();
  }

  @Test
  void namesTheTenGreatestDevicesInAFixedOrder() {
    IntStream.range(0, 30)
        .forEach(
            i ->
                tally.add(
                    usage(
                        String.format(Locale.ROOT, "device-%02d", i),
                        "2026-03-02T00:00:00Z",
                        i / 2)));

    assertThat(tally.result(UNKNOWN, List.of(), Overlap.NONE).top())
        .extracting(DeviceTotal::subject)
        .containsExactly(
            "device-28",
            "device-29",
            "device-26",
            "device-27",
            "device-24",
            "device-25",
            "device-22",
            "device-23",
            "device-20",
            "device-21");
  }

  @Test
  void saysWhatCannotBeCounted() {
    tally.add(usage("a", "2026-03-01T00:00:00Z", Long.MAX_VALUE));

    assertThatThrownBy(() -> tally.add(usage("b", "2026-03-02T00:00:00Z", 1)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "the bytes add up to more than 9,223,372,036,854,775,807 bytes, which cannot be counted");
  }

  @Test
  void countsUpToTheGreatestLong() {
    tally.add(usage("a", "2026-03-01T00:00:00Z", Long.MAX_VALUE - 1));
    tally.add(usage("b", "2026-03-02T00:00:00Z", 1));

    assertThat(tally.result(UNKNOWN, List.of(), Overlap.NONE).totalBytes())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refusesARecordThatSpansDays() {
    UsageRecord month =
        new UsageRecord(
            "fake",
            "a",
            Instant.parse("2026-03-01T00:00:00Z"),
            Duration.ofDays(31),
            1,
            null,
            null,
            null);

    assertThatThrownBy(() -> tally.add(month))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT744H");
  }

  @Test
  void findsADeviceThatRanAwayOnItsLastDayAndOnlyThat() {
    for (int day = 1; day <= 5; day++) {
      tally.add(usage("steady", "2026-03-0" + day + "T00:00:00Z", 40_000_000));
      tally.add(usage("runs", "2026-03-0" + day + "T00:00:00Z", 3_000_000));
      tally.add(usage("ran", "2026-03-0" + day + "T00:00:00Z", day == 3 ? 900_000_000 : 3_000_000));
    }
    tally.add(usage("steady", "2026-03-06T00:00:00Z", 40_000_000));
    tally.add(usage("runs", "2026-03-06T08:00:00Z", 20_000_000));
    tally.add(usage("runs", "2026-03-06T09:00:00Z", 10_000_000));

    assertThat(tally.result(UNKNOWN, List.of(), Overlap.NONE).runaways())
        .containsExactly(
            new Runaway("Fake", "runs", LocalDate.parse("2026-03-06"), 30_000_000, 3_000_000));
  }

  @Test
  void doesNotTakeADayWithoutARecordForADayWithoutUsage() {
    tally.add(usage("sparse", "2026-03-01T00:00:00Z", 20_000_000));
    tally.add(usage("sparse", "2026-03-02T00:00:00Z", 20_000_000));
    tally.add(usage("sparse", "2026-03-06T00:00:00Z", 20_000_000));

    assertThat(tally.result(UNKNOWN, List.of(), Overlap.NONE).runaways()).isEmpty();
  }

  @Test
  void judgesEachDeviceByItsOwnLastDay() {
    for (int day = 1; day <= 4; day++) {
      tally.add(usage("early", "2026-03-0" + day + "T00:00:00Z", 0));
    }
    tally.add(usage("early", "2026-03-05T00:00:00Z", 10_000_000));
    tally.add(usage("other", "2026-03-06T00:00:00Z", 1));

    List<Runaway> runaways = tally.result(UNKNOWN, List.of(), Overlap.NONE).runaways();

    assertThat(runaways).extracting(Runaway::day).containsExactly(LocalDate.parse("2026-03-05"));
    assertThat(runaways).extracting(Runaway::times).containsExactly("from 0");
  }

  @Test
  void saysWhichDevicesAreMissing() {
    tally.add(usage("a", "2026-03-01T00:00:00Z", 1));

    CarrierUsage usage =
        tally.result(
            new FleetCoverage(4, List.of("imei 1: no such device")), List.of(), Overlap.NONE);

    assertThat(usage.refusals())
        .isEqualTo("1 of 4 devices could not be read; the figures lack them.");
    assertThat(usage.refused()).containsExactly("imei 1: no such device");
    assertThat(usage.notes()).containsExactly("2 of 4 devices have no record in this period.");
  }
}
