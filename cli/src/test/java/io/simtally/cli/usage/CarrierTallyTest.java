package io.simtally.cli.usage;

import static io.simtally.cli.usage.Usages.TERMS;
import static io.simtally.cli.usage.Usages.coverage;
import static io.simtally.cli.usage.Usages.failure;
import static io.simtally.cli.usage.Usages.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Coverage;
import io.simtally.fleet.store.UsageStore;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CarrierTallyTest {

  private final DayRange period =
      new DayRange(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-06"));
  private final StoredTally tally = new StoredTally(TERMS, period);

  @Test
  void sumsByDeviceAndByDay() {
    tally.add(usage("a", "2026-03-01T00:00:00Z", 10));
    tally.add(usage("a", "2026-03-01T12:00:00Z", 5));
    tally.add(usage("b", "2026-03-06T23:59:59Z", 100));

    tally.add(coverage(UsageStore.ACCOUNT, period));
    CarrierUsage usage = tally.result();

    assertThat(usage.devices()).isEqualTo(2);
    assertThat(usage.records()).isEqualTo(3);
    assertThat(usage.totalBytes()).isEqualTo(115);
    assertThat(usage.bytesByDay())
        .extracting(BigInteger::longValueExact)
        .containsExactly(15L, 0L, 0L, 0L, 0L, 100L);
    assertThat(usage.top())
        .containsExactly(
            new DeviceTotal("b", BigInteger.valueOf(100), 0),
            new DeviceTotal("a", BigInteger.valueOf(15), 0));
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

    assertThat(tally.result().top())
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
  void countsBeyondTheGreatestLong() {
    tally.add(usage("a", "2026-03-01T00:00:00Z", Long.MAX_VALUE));
    tally.add(usage("a", "2026-03-02T00:00:00Z", Long.MAX_VALUE));
    tally.add(usage("b", "2026-03-02T00:00:00Z", 3));

    CarrierUsage usage = tally.result();

    assertThat(usage.totalBytes()).isEqualTo("18446744073709551617");
    assertThat(usage.bytesByDay().get(1)).isEqualTo("9223372036854775810");
    assertThat(usage.top().get(0).bytes()).isEqualTo("18446744073709551614");
  }

  @Test
  void namesTheDeviceWhoseDayCannotBeCounted() {
    tally.add(usage("a", "2026-03-01T00:00:00Z", Long.MAX_VALUE));

    tally.add(usage("a", "2026-03-01T01:00:00Z", 1));

    assertThatThrownBy(tally::result)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Fake: the records of device a on 2026-03-01 add up to more than"
                + " 9,223,372,036,854,775,807 bytes; correct or delete them");
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

    tally.add(month);

    assertThatThrownBy(tally::result)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PT744H")
        .hasMessageContaining("device a");
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

    assertThat(tally.result().runaways())
        .containsExactly(
            new Runaway("Fake", "runs", LocalDate.parse("2026-03-06"), 30_000_000, 3_000_000));
  }

  @Test
  void aDayWithoutARecordIsNotZero() {
    tally.add(usage("sparse", "2026-03-01T00:00:00Z", 20_000_000));
    tally.add(usage("sparse", "2026-03-02T00:00:00Z", 20_000_000));
    tally.add(usage("sparse", "2026-03-06T00:00:00Z", 20_000_000));

    assertThat(tally.result().runaways()).isEmpty();
  }

  @Test
  void judgesEachDeviceByItsOwnLastDay() {
    for (int day = 1; day <= 4; day++) {
      tally.add(usage("early", "2026-03-0" + day + "T00:00:00Z", 0));
    }
    tally.add(usage("early", "2026-03-05T00:00:00Z", 10_000_000));
    tally.add(usage("other", "2026-03-06T00:00:00Z", 1));

    List<Runaway> runaways = tally.result().runaways();

    assertThat(runaways).extracting(Runaway::day).containsExactly(LocalDate.parse("2026-03-05"));
    assertThat(runaways).extracting(Runaway::times).containsExactly("from 0");
  }

  @Test
  void namesTheMissingDevices() {
    for (String device : List.of("a", "b", "c")) {
      tally.add(coverage(device, period));
    }
    tally.list("imei 1");
    tally.add(failure("imei 1", period, "no such device"));
    tally.add(usage("a", "2026-03-01T00:00:00Z", 1));

    CarrierUsage usage = tally.result();

    assertThat(usage.refusals())
        .isEqualTo("1 of 4 devices could not be read; the figures lack them.");
    assertThat(usage.reasons()).containsExactly("imei 1: no such device");
    assertThat(usage.notes()).containsExactly("2 of 4 devices have no record in this period.");
  }

  @Test
  void countsADeviceOnceForManyFailedRanges() {
    var days = period.each();
    for (var day : days) {
      tally.add(failure("imei-1", DayRange.of(day), "gone: imei-1"));
      tally.add(failure("imei-2", DayRange.of(day), "gone: imei-2"));
    }
    tally.add(coverage("imei-3", period));

    CarrierUsage usage = tally.result();

    assertThat(usage.refusals())
        .isEqualTo("2 of 3 devices could not be read; the figures lack them.");
    assertThat(usage.reasons()).containsExactly("2 devices (imei-1, imei-2): gone: (device)");
    assertThat(usage.unknown().inWords()).isEqualTo("12 of 18 days of devices are unknown");
  }

  @Test
  void doesNotCountADeviceWhoseFailedDaysWereReadSince() {
    tally.add(failure("a", period, "gone"));
    tally.add(failure("b", period, "gone"));
    tally.add(coverage("a", period));
    // Read before the failure.
    tally.add(new Coverage("fake", "lab", "b", period, Instant.parse("2026-03-31T00:00:00Z")));

    CarrierUsage usage = tally.result();

    assertThat(usage.failedDevices()).isEqualTo(1);
    assertThat(usage.reasons()).containsExactly("b: gone");
    assertThat(usage.unknown().isNone()).isTrue();
  }

  @Test
  void distinguishesDroppedDaysFromUnreadDays() {
    var kept =
        new StoredTally(
            new CarrierTerms(
                "Fake", new AccountRow("fake", "lab"), 3, LocalDate.parse("2026-03-03"), true),
            period);
    kept.add(coverage("a", days("2026-03-05", "2026-03-06")));

    var ranges = new ArrayList<UnknownRange>();

    CarrierUsage usage = kept.result((carrier, device) -> ranges.addAll(device.unknown()));

    assertThat(usage.unknown().days()).isEqualTo(4);
    assertThat(usage.unknown().noLongerAvailable()).isEqualTo(2);
    assertThat(usage.unknown().readable()).isEqualTo(days("2026-03-03", "2026-03-04"));
    assertThat(ranges)
        .containsExactly(
            new UnknownRange(days("2026-03-01", "2026-03-02"), true),
            new UnknownRange(days("2026-03-03", "2026-03-04"), false));
    assertThat(usage.unknown().sentence())
        .isEqualTo(
            "4 of 6 days of devices are unknown, not zero (1 of 1 device). 2 of them are no longer"
                + " available: the carrier does not keep days that old.");
  }

  @Test
  void countsADayReadByTheDeviceOrTheAccount() {
    tally.add(coverage(UsageStore.ACCOUNT, days("2026-03-01", "2026-03-02")));
    tally.add(coverage("a", days("2026-03-03", "2026-03-04")));
    tally.add(usage("a", "2026-03-01T00:00:00Z", 5));

    CarrierUsage usage = tally.result();

    // Two days of the device, four of the account.
    assertThat(usage.unknown().days()).isEqualTo(6);
    assertThat(usage.top()).containsExactly(new DeviceTotal("a", BigInteger.valueOf(5), 2));
    assertThat(usage.unknownByDay()).containsExactly(0L, 0L, 1L, 1L, 2L, 2L);
  }

  @Test
  void requestsListedDevicesOnlyWhereThereIsAList() {
    tally.requestOnlyListed();
    tally.list("listed");
    tally.add(failure("unlisted", period, "gone"));
    tally.add(coverage("unlisted", days("2026-03-01", "2026-03-01")));
    tally.add(usage("unlisted", "2026-03-01T00:00:00Z", 7));

    CarrierUsage usage = tally.result();

    assertThat(usage.totalBytes()).isEqualTo(7);
    assertThat(usage.unknown().inWords()).isEqualTo("6 of 6 days of devices are unknown");
    assertThat(usage.failedDevices()).isZero();
  }

  private static DayRange days(String from, String to) {
    return new DayRange(LocalDate.parse(from), LocalDate.parse(to));
  }
}
