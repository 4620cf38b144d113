package io.simtally.iotx;

import static io.simtally.iotx.AnalyticsServer.buckets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountsByTimeTest {
  private static final OffsetDateTime FIRST = OffsetDateTime.parse("2026-01-01T00:00:00Z");

  private final TreeMap<OffsetDateTime, Long> expected = new TreeMap<>();
  private final SortedMap<OffsetDateTime, Long> hours;

  CountsByTimeTest() {
    for (int i = 0; i < 100; i++) {
      expected.put(FIRST.plusHours(i), (long) i * i);
    }
    hours = CountsByTime.copyOf(expected);
  }

  @Test
  void isEqualToAnyMapOfTheSame() {
    assertThat(hours).isEqualTo(expected).hasSameHashCodeAs(expected).hasToString("" + expected);
    assertThat(expected).isEqualTo(hours);
    assertThat(hours.entrySet()).containsExactlyElementsOf(expected.entrySet());
    assertThat(hours).isNotEqualTo(expected.tailMap(FIRST.plusHours(1)));
  }

  @Test
  void findsWhatATreeMapFinds() {
    for (var time : new OffsetDateTime[] {FIRST, FIRST.plusHours(99), FIRST.plusHours(42)}) {
      assertThat(hours.get(time)).isEqualTo(expected.get(time));
      assertThat(hours).containsKey(time);
      assertThat(hours.get(time.plusSeconds(1))).isNull();
      assertThat(hours).doesNotContainKey(time.minusSeconds(1));
    }
    assertThat(hours.get("2026-01-01T00:00:00Z")).isNull();
    assertThat(hours.get(null)).isNull();
    assertThat(hours.firstKey()).isEqualTo(FIRST);
    assertThat(hours.lastKey()).isEqualTo(FIRST.plusHours(99));
  }

  @Test
  void cutsWhatATreeMapCuts() {
    for (var minutes : new int[] {-60, 0, 30, 60, 90, 99 * 60, 99 * 60 + 1, 120 * 60}) {
      var time = FIRST.plusMinutes(minutes);
      assertThat(hours.headMap(time)).isEqualTo(expected.headMap(time));
      assertThat(hours.tailMap(time)).isEqualTo(expected.tailMap(time));
      assertThat(hours.subMap(time, time.plusHours(3)))
          .isEqualTo(expected.subMap(time, time.plusHours(3)));
      assertThat(hours.subMap(time, time)).isEmpty();
    }
    assertThatThrownBy(() -> hours.subMap(FIRST, FIRST.minusHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsAKeyByItsInstantWithAnyOffset() {
    var elsewhere = FIRST.withOffsetSameInstant(ZoneOffset.ofHours(5));

    assertThat(hours).containsEntry(elsewhere, 0L);
    assertThat(hours.tailMap(elsewhere)).hasSize(100);
    assertThat(CountsByTime.copyOf(Map.of(elsewhere, 1L)).firstKey()).isEqualTo(elsewhere);
    assertThat(CountsByTime.copyOf(Map.of(elsewhere, 1L, FIRST, 1L))).hasSize(1);
    assertThatThrownBy(() -> CountsByTime.copyOf(Map.of(elsewhere, 1L, FIRST, 2L)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sortsKeys() {
    assertThat(CountsByTime.copyOf(expected.descendingMap()).keySet())
        .containsExactlyElementsOf(expected.keySet());
  }

  @Test
  void isNotCopiedTwice() {
    assertThat(CountsByTime.copyOf(hours)).isSameAs(hours);
    assertThat(new SessionCount(hours).content()).isSameAs(hours);
    var names = new DataUsageByNetworkProtocol(Map.of("TCP", hours)).content();
    assertThat(new DataUsageByNetworkProtocol(names).content()).isSameAs(names);
  }

  @Test
  void cannotBeChanged() {
    assertThatThrownBy(() -> hours.put(FIRST, 1L))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> hours.remove(FIRST)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> hours.entrySet().iterator().next().setValue(1L))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> hours.headMap(FIRST.plusHours(1)).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void hasNoEndsWhereItIsEmpty() {
    var none = CountsByTime.copyOf(buckets());

    assertThat(none).isEmpty();
    assertThatThrownBy(none::firstKey).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(none::lastKey).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> none.entrySet().iterator().next())
        .isInstanceOf(NoSuchElementException.class);
  }
}
