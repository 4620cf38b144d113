package io.simtally.fleet.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForecastTest {
  private static final int POOLS = 1_000;
  private static final LocalDate FIRST = LocalDate.parse("2026-06-01");
  private static final DayRange CYCLE = DayRange.of(FIRST, FIRST.plusDays(29));

  /**
   * 1,000 pools of devices with a weekly rhythm, growth, days that resemble each other, and runaway
   * devices in a quarter of the pools.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 28})
  void holdsTheEndInEightOfTenCasesAtTheMiddleOfTheCycle(int daysBefore) {
    var random = new Random(80);
    var held = 0;
    for (var i = 0; i < POOLS; i++) {
      var usage = pool(random, daysBefore);
      var end = usage.entrySet().stream().filter(day -> CYCLE.contains(day.getKey()));
      var total = end.mapToLong(Map.Entry::getValue).sum();
      var known = new HashMap<>(usage);
      known.keySet().removeIf(day -> !day.isBefore(FIRST.plusDays(15)));

      var forecast = Forecast.of(known, CYCLE).orElseThrow();

      assertThat(forecast.bytes()).isBetween(forecast.lowBytes(), forecast.highBytes());
      if (forecast.lowBytes() <= total && total <= forecast.highBytes()) {
        held++;
      }
    }
    assertThat(held).isBetween(POOLS * 75 / 100, POOLS * 85 / 100);
  }

  private static Map<LocalDate, Long> pool(Random random, int daysBefore) {
    var level = 1e9 * (1 + random.nextInt(1_000));
    var weekend = 0.3 + 0.7 * random.nextDouble();
    var growth = Math.pow(0.95 + 0.30 * random.nextDouble(), 1.0 / 30);
    var noise = 0.03 + 0.12 * random.nextDouble();
    var resemblance = 0.3;
    var runaways = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0;
    var burst = new double[daysBefore + 30];
    for (var i = 0; i < runaways; i++) {
      var from = random.nextInt(burst.length);
      var extra = level * (0.1 + 0.7 * random.nextDouble());
      for (var day = from; day < Math.min(burst.length, from + 1 + random.nextInt(7)); day++) {
        burst[day] += extra;
      }
    }
    var usage = new HashMap<LocalDate, Long>();
    var deviation = 0.0;
    for (var day = 0; day < burst.length; day++) {
      var date = FIRST.plusDays(day - daysBefore);
      deviation =
          resemblance * deviation
              + noise * Math.sqrt(1 - resemblance * resemblance) * random.nextGaussian();
      var rhythm = date.getDayOfWeek().getValue() > 5 ? weekend : 1;
      usage.put(
          date,
          Math.round(level * Math.pow(growth, day) * rhythm * Math.exp(deviation) + burst[day]));
    }
    return usage;
  }

  @Test
  void followsTheWeeklyRhythmAndTheTrendExactly() {
    var usage = new HashMap<LocalDate, Long>();
    var total = 0L;
    for (var day = 0; day < 30; day++) {
      var date = FIRST.plusDays(day);
      var bytes = 1_000_000L + 10_000L * day + (date.getDayOfWeek().getValue() > 5 ? 0 : 500_000);
      total += bytes;
      if (day < 15) {
        usage.put(date, bytes);
      }
    }

    var forecast = Forecast.of(usage, CYCLE).orElseThrow();

    assertThat(forecast.bytes()).isEqualTo(total);
    assertThat(forecast.highBytes() - forecast.lowBytes()).isLessThan(10);
  }

  @Test
  void isTheExactUsageOfAKnownCycle() {
    var usage = new HashMap<LocalDate, Long>();
    CYCLE.each().forEach(day -> usage.put(day, (long) day.getDayOfMonth()));

    assertThat(Forecast.of(usage, CYCLE)).contains(new Forecast(465, 465, 465));
  }

  @Test
  void needsTwoKnownWeeks() {
    var usage = new HashMap<LocalDate, Long>();
    for (var day = 0; day < 13; day++) {
      usage.put(FIRST.plusDays(day), 5L);
    }
    assertThat(Forecast.of(Map.of(), CYCLE)).isEmpty();
    assertThat(Forecast.of(usage, CYCLE)).isEmpty();

    usage.put(FIRST.plusDays(13), 5L);
    assertThat(Forecast.of(usage, CYCLE)).contains(new Forecast(150, 150, 150));
  }

  @Test
  void doesNotTakeAnUnknownWeekdayForZero() {
    var usage = new HashMap<LocalDate, Long>();
    for (var day = 0; day < 24; day++) {
      var date = FIRST.plusDays(day);
      if (date.getDayOfWeek().getValue() != 7) {
        usage.put(date, 5L);
      }
    }

    assertThat(usage).hasSizeGreaterThan(14);
    assertThat(Forecast.of(usage, CYCLE)).isEmpty();
  }
}
