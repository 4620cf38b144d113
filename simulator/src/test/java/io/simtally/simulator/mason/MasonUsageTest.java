package io.simtally.simulator.mason;

import static io.simtally.simulator.mason.MasonCalls.rows;
import static io.simtally.simulator.mason.MasonCalls.sampleRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.January;
import io.simtally.simulator.JsonObject;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MasonUsageTest {
  private static final String AUGUST = "?date=2020-08-01T00:00:00Z";
  private static final String FIVE_DAYS = "?start=2020-08-01T00:00:00Z&end=2020-08-06T00:00:00Z";
  private static final List<MasonDay> SERIES =
      List.of(
          day(1, 34331131, 24523510),
          day(2, 34331131, 24523510),
          day(3, 23093636, 24655370),
          day(4, 28140132, 22649580),
          day(5, 28140132, 22649580));

  @Test
  void answersTheSampleOfAnAccount() throws Exception {
    try (MasonCalls calls = calls(none().sim("iccid1", day(12, 94866194, 81203673)))) {
      assertThat(rows(calls.get("aggregate/usage" + AUGUST)))
          .isEqualTo(sampleRows("aggregate-account.json"));
    }
  }

  @Test
  void answersTheSampleOfAnAccountByMarker() throws Exception {
    MasonSimulator.Builder builder =
        none()
            .sim("1", day(12, 94866190, 81203670).withMarker("device-type", "D450"))
            .sim("2", day(13, 4, 3).withMarker("device-type", "D450"), day(14, 1_000_000, 0))
            .sim("3", day(31, 94866194, 81203673).withMarker("device-type", "G450"))
            .sim("4", day(1, 7, 7).withMarker("imei", "1"));
    try (MasonCalls calls = calls(builder)) {
      assertThat(rows(calls.get("aggregate/usage" + AUGUST + "&marker=device-type")))
          .isEqualTo(sampleRows("aggregate-account-by-marker.json"));
    }
  }

  @Test
  void answersTheSampleOfAllSims() throws Exception {
    MasonSimulator.Builder builder =
        none()
            .sim("iccid1", day(1, 94866000, 673), day(31, 194, 81203000))
            .sim("iccid2", day(12, 94866194, 81203673))
            .sim("silent");
    try (MasonCalls calls = calls(builder)) {
      assertThat(rows(calls.get("aggregate/usage/sim" + AUGUST)))
          .isEqualTo(sampleRows("aggregate-sims.json"));
    }
  }

  @Test
  void answersTheSampleOfAllSimsByMarker() throws Exception {
    MasonDay inMay = MasonDay.of(LocalDate.of(2020, 5, 9), 94866194, 81203673);
    MasonSimulator.Builder builder =
        none()
            .sim("iccid1", inMay.withMarker("device-type", "G450"))
            .sim("iccid2", inMay.withMarker("device-type", "D450"), day(1, 1, 1));
    try (MasonCalls calls = calls(builder)) {
      assertThat(
              rows(calls.get("aggregate/usage/sim?date=2020-05-31T23:59:59Z&marker=device-type")))
          .isEqualTo(sampleRows("aggregate-sims-by-marker.json"));
    }
  }

  @Test
  void answersTheSampleOfOneSim() throws Exception {
    MasonSimulator.Builder builder =
        none().sim("iccid0", day(1, 5, 5)).sim("iccid1", day(12, 94866194, 81203673));
    try (MasonCalls calls = calls(builder)) {
      assertThat(rows(calls.get("aggregate/usage/sim/iccid1" + AUGUST)))
          .isEqualTo(sampleRows("aggregate-sim.json"));
    }
  }

  @Test
  void answersTheSampleOfOneSimByMarker() throws Exception {
    MasonDay day = day(12, 94866194, 81203673);
    MasonSimulator.Builder builder =
        none()
            .sim(
                "iccid1",
                day.withMarker("device-type", "G450"),
                day.withMarker("device-type", "D450"));
    try (MasonCalls calls = calls(builder)) {
      assertThat(rows(calls.get("aggregate/usage/sim/iccid1" + AUGUST + "&marker=device-type")))
          .isEqualTo(sampleRows("aggregate-sim-by-marker.json"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"series/usage", "series/usage/sim/iccid1", "series/usage/iccid1"})
  void answersTheSamplesOfSeries(String path) throws Exception {
    try (MasonCalls calls = calls(none().sim("iccid1", SERIES))) {
      assertThat(rows(calls.get(path + "?start=2020-08-01T00:00:00Z&end=2020-08-05T00:00:00Z")))
          .isEqualTo(sampleRows("series-account.json"));
      assertThat(rows(calls.get(path + FIVE_DAYS))).isEqualTo(sampleRows("series-sim.json"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "series/usage,            series-account-with-marker.json",
    "series/usage/sim/iccid1, series-sim-with-marker.json",
  })
  void answersTheSamplesOfSeriesWithAMarker(String path, String sample) throws Exception {
    List<MasonDay> marked =
        SERIES.stream().map(day -> day.withMarker("device-type", "D450")).toList();
    MasonSimulator.Builder builder =
        none()
            .sim("iccid1", marked)
            .sim("iccid2", day(3, 1, 1).withMarker("device-type", "G450"), day(4, 1, 1));
    try (MasonCalls calls = calls(builder)) {
      assertThat(rows(calls.get(path + FIVE_DAYS + "&marker=device-type&markerValue=D450")))
          .isEqualTo(sampleRows(sample));
    }
  }

  @Test
  void addsUpTheDaysOfAnAccount() throws Exception {
    MasonSimulator.Builder builder =
        none().sim("1", day(4, 1, 2), day(2, 3, 4)).sim("2", day(4, 10, 20), day(4, 100, 200));
    try (MasonCalls calls = calls(builder)) {
      List<JsonObject> days = rows(calls.get("series/usage" + FIVE_DAYS));
      assertThat(days)
          .extracting(row -> row.text("day"))
          .containsExactly("2020-08-02T00:00:00Z", "2020-08-04T00:00:00Z");
      assertThat(days).extracting(row -> row.number("upload")).containsExactly(3L, 111L);
      assertThat(days).extracting(row -> row.number("download")).containsExactly(4L, 222L);
      assertThat(days).extracting(row -> row.number("total")).containsExactly(7L, 333L);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2020-08-02T00:00:00Z,      2020-08-04T00:00:00Z, 2, 3",
    "2020-08-02T00:00:01Z,      2020-08-04T00:00:01Z, 3, 4",
    "2020-08-02T02:00:00%2B02:00, 2020-08-02T19:00:00-05:00, 2, 2",
    "2020-08-02T00:00:00Z,      2020-08-02T00:00:00Z, 0, 0",
  })
  void takesTheStartInclusiveAndTheEndExclusive(String start, String end, int first, int last)
      throws Exception {
    try (MasonCalls calls = calls(none().sim("iccid1", SERIES))) {
      List<JsonObject> days = rows(calls.get("series/usage?start=" + start + "&end=" + end));
      assertThat(days).hasSize(first == 0 ? 0 : last - first + 1);
      if (first > 0) {
        assertThat(days.get(0).text("day")).isEqualTo("2020-08-0" + first + "T00:00:00Z");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2020-08-01T0:00:00-00:00,      2020-08",
    "2020-08-31T23:59:59.999Z,      2020-08",
    "2020-08-31T23:00:00-02:00,     2020-09",
    "2020-08-01T01:00:00%2B02:00,   2020-07",
  })
  void countsTheMonthOfTheDateInUtc(String date, String month) throws Exception {
    try (MasonCalls calls = calls(none())) {
      JsonObject usage = rows(calls.get("aggregate/usage?date=" + date)).get(0).object("usage");
      assertThat(usage.text("date")).isEqualTo(month + "-01T00:00:00Z");
    }
  }

  @Test
  void givesAnAccountOneRowAlsoWithoutUsageAndASimNone() throws Exception {
    try (MasonCalls calls = calls(none().sim("iccid1"))) {
      JsonObject usage = rows(calls.get("aggregate/usage" + AUGUST)).get(0).object("usage");
      assertThat(usage.number("total")).isZero();
      assertThat(rows(calls.get("aggregate/usage" + AUGUST + "&marker=mcc"))).isEmpty();
      assertThat(rows(calls.get("aggregate/usage/sim" + AUGUST))).isEmpty();
      assertThat(rows(calls.get("aggregate/usage/sim/iccid1" + AUGUST))).isEmpty();
      assertThat(rows(calls.get("series/usage" + FIVE_DAYS))).isEmpty();
    }
  }

  @Test
  void listsASimOutsideOfMasonDevicesWithoutAMarkerAndLeavesItOutOfTheAccount() throws Exception {
    MasonSimulator.Builder builder =
        none().sim("in", day(1, 1, 1).withMarker("mcc", "310")).sim("out", day(1, 5, 5));
    try (MasonCalls calls = calls(builder)) {
      List<JsonObject> sims = rows(calls.get("aggregate/usage/sim" + AUGUST + "&marker=mcc"));
      assertThat(sims).extracting(MasonUsageTest::iccid).containsExactly("out", "in");
      assertThat(sims.get(0).names()).containsExactly("sim", "usage");
      assertThat(sims.get(1).object("marker").text("value")).isEqualTo("310");
      assertThat(rows(calls.get("aggregate/usage" + AUGUST + "&marker=mcc"))).hasSize(1);
      assertThat(rows(calls.get("aggregate/usage/sim/out" + AUGUST + "&marker=mcc")))
          .extracting(JsonObject::names)
          .containsExactly(List.of("sim", "usage"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                     | b c a",
        "&orderBy=desc                        | b c a",
        "&orderBy=asc                         | a c b",
        "&orderByColumn=total&orderBy=asc     | a c b",
        "&orderByColumn=upload                | c b a",
        "&orderByColumn=upload&orderBy=asc    | a b c",
        "&orderByColumn=download              | b a c",
        "&orderByColumn=download&orderBy=asc  | c a b",
      })
  void ordersByTheColumnAndInTheDirectionAskedFor(String order, String expected) throws Exception {
    MasonSimulator.Builder builder =
        none()
            .sim("a", day(1, 1, 10).withMarker("mcc", "a"))
            .sim("b", day(1, 10, 90).withMarker("mcc", "b"))
            .sim("c", day(1, 20, 5).withMarker("mcc", "c"));
    try (MasonCalls calls = calls(builder)) {
      String query = AUGUST + (order == null ? "" : order);
      assertThat(rows(calls.get("aggregate/usage/sim" + query)))
          .extracting(MasonUsageTest::iccid)
          .containsExactly(expected.split(" "));
      assertThat(rows(calls.get("aggregate/usage" + query + "&marker=mcc")))
          .extracting(row -> row.object("marker").text("value"))
          .containsExactly(expected.split(" "));
    }
  }

  @Test
  void servesNumbersBeyondTheRangeOfADouble() throws IOException {
    try (MasonCalls calls = calls(none().sim("1", day(1, 9007199254740993L, 1)))) {
      assertThat(calls.get("aggregate/usage" + AUGUST).body())
          .contains("\"upload\":9007199254740993,");
    }
  }

  private static String iccid(JsonObject row) {
    return row.object("sim").text("iccid");
  }

  private static MasonDay day(int dayOfAugust, long upload, long download) {
    return MasonDay.of(LocalDate.of(2020, 8, dayOfAugust), upload, download);
  }

  private static MasonSimulator.Builder none() {
    return January.of(MasonSimulator.builder()).sims(0);
  }

  private static MasonCalls calls(MasonSimulator.Builder builder) {
    return new MasonCalls(builder.build());
  }
}
