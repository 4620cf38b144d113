package io.simtally.simulator.mason;

import static io.simtally.simulator.mason.MasonCalls.isError;
import static io.simtally.simulator.mason.MasonCalls.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Answer;
import io.simtally.simulator.January;
import io.simtally.simulator.JsonObject;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MasonFleetTest {
  private static final String FEBRUARY = "?date=2026-02-01T00:00:00Z";
  private static final String DAYS = "?start=2026-02-01T00:00:00Z&end=2026-03-01T00:00:00Z";

  @Test
  void theSameSeedGivesTheSameBytesInWhateverOrderTheyAreAskedFor() throws Exception {
    List<String> paths =
        List.of(
            "aggregate/usage" + FEBRUARY,
            "aggregate/usage/sim" + FEBRUARY,
            "aggregate/usage/sim" + FEBRUARY + "&marker=device-uuid",
            "series/usage" + DAYS);
    List<String> forwards = bodies(fleet(40, 7), paths);
    List<String> backwards = bodies(fleet(40, 7), reversed(paths));

    assertThat(reversed(backwards)).isEqualTo(forwards);
  }

  @Test
  void anotherSeedGivesOtherSimsAndOtherUsage() throws Exception {
    MasonSimulator one = fleet(40, 7);
    MasonSimulator two = fleet(40, 8);

    assertThat(two.iccids()).doesNotContainAnyElementsOf(one.iccids());
    assertThat(bodies(one, List.of("aggregate/usage" + FEBRUARY)))
        .isNotEqualTo(bodies(two, List.of("aggregate/usage" + FEBRUARY)));
  }

  @Test
  void aLargerFleetBeginsWithTheSmaller() throws Exception {
    MasonSimulator small = fleet(10, 7);
    MasonSimulator large = fleet(1_000, 7);
    List<String> paths =
        small.iccids().stream().map(iccid -> "series/usage/sim/" + iccid + DAYS).toList();

    assertThat(large.iccids().subList(0, 10)).isEqualTo(small.iccids());
    assertThat(bodies(large, paths)).isEqualTo(bodies(small, paths));
  }

  @Test
  void theIccidsOfALargeFleetAreDistinctAndFound() throws Exception {
    MasonSimulator simulator = fleet(1_000_000, 7);

    assertThat(simulator.iccids()).hasSize(1_000_000);
    Set<String> seen = new HashSet<>();
    for (String iccid : simulator.iccids().subList(990_000, 1_000_000)) {
      assertThat(iccid).matches("89[0-9]{18}");
      assertThat(seen.add(iccid)).isTrue();
    }
    try (MasonCalls calls = new MasonCalls(simulator)) {
      String last = simulator.iccids().get(999_999);
      assertThat(rows(calls.get("aggregate/usage/sim/" + last + FEBRUARY))).hasSize(1);
    }
  }

  @Test
  void aSimBehindTheLastOrWithAWrongCheckDigitIsNotFound() throws Exception {
    String eleventh = fleet(11, 7).iccids().get(10);
    MasonSimulator ten = fleet(10, 7);
    String good = ten.iccids().get(3);
    String wrong = good.substring(0, 19) + (good.charAt(19) == '0' ? '1' : '0');

    try (MasonCalls calls = new MasonCalls(ten)) {
      assertThat(rows(calls.get("aggregate/usage/sim/" + good + FEBRUARY))).hasSize(1);
      for (String unknown : List.of(eleventh, wrong, "1", "89012600000000000x00")) {
        isError(calls.get("aggregate/usage/sim/" + unknown + FEBRUARY), 404, "not_found_error");
      }
    }
  }

  @Test
  void allCallsTellOfTheSameUsage() throws Exception {
    MasonSimulator simulator = fleet(120, 7);
    try (MasonCalls calls = new MasonCalls(simulator)) {
      List<JsonObject> sims = calls.all("aggregate/usage/sim" + FEBRUARY);
      long upload = sum(sims, "upload");
      long download = sum(sims, "download");
      for (JsonObject sim : sims) {
        String iccid = sim.object("sim").text("iccid");
        assertThat(rows(calls.get("aggregate/usage/sim/" + iccid + FEBRUARY))).containsExactly(sim);
        List<JsonObject> days = rows(calls.get("series/usage/" + iccid + DAYS));
        assertThat(days.stream().mapToLong(day -> day.number("upload")).sum())
            .isEqualTo(sim.object("usage").number("upload"));
      }

      JsonObject account = rows(calls.get("aggregate/usage" + FEBRUARY)).get(0).object("usage");
      assertThat(account.number("upload")).isEqualTo(upload);
      assertThat(account.number("download")).isEqualTo(download);
      assertThat(account.number("total")).isEqualTo(upload + download);
      List<JsonObject> days = rows(calls.get("series/usage" + DAYS));
      assertThat(days.stream().mapToLong(day -> day.number("total")).sum())
          .isEqualTo(upload + download);
    }
  }

  @Test
  void aMarkerSplitsTheSameUsage() throws Exception {
    MasonSimulator simulator = fleet(200, 7);
    try (MasonCalls calls = new MasonCalls(simulator)) {
      Map<String, Long> plain = totals(calls.all("aggregate/usage/sim" + FEBRUARY));
      List<JsonObject> split = calls.all("aggregate/usage/sim" + FEBRUARY + "&marker=device-type");
      List<JsonObject> account =
          rows(calls.get("aggregate/usage" + FEBRUARY + "&marker=device-type"));

      assertThat(totals(split)).isEqualTo(plain);
      assertThat(split).hasSize(200 + 20);
      List<JsonObject> unmarked =
          split.stream().filter(row -> !row.names().contains("marker")).toList();
      assertThat(unmarked).hasSize(20);
      assertThat(account).extracting(row -> row.object("marker").text("value")).hasSize(3);
      assertThat(sum(account, "total")).isEqualTo(sum(split, "total") - sum(unmarked, "total"));
    }
  }

  @Test
  void rowsLookLikeThoseOfThePagesSamples() throws Exception {
    try (MasonCalls calls = new MasonCalls(fleet(100, 7))) {
      for (JsonObject row : calls.all("aggregate/usage/sim" + FEBRUARY + "&marker=imei")) {
        JsonObject usage = row.object("usage");
        assertThat(usage.names()).containsExactly("total", "unit", "upload", "date", "download");
        assertThat(usage.text("unit")).isEqualTo("bytes");
        assertThat(usage.text("date")).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(usage.number("upload")).isPositive();
        assertThat(usage.number("download")).isPositive();
        assertThat(usage.number("total"))
            .isEqualTo(usage.number("upload") + usage.number("download"));
      }
      for (JsonObject day : calls.all("series/usage" + DAYS)) {
        assertThat(day.names()).containsExactly("day", "download", "total", "unit", "upload");
        assertThat(day.text("day")).matches("2026-02-[0-2][0-9]T00:00:00Z");
      }
    }
  }

  @Test
  void oneSimInAHundredRunsAwayOnTheLastDayAndSomeDaysAreSilent() throws Exception {
    MasonSimulator simulator = fleet(300, 7);
    int runaways = 0;
    int silent = 0;
    try (MasonCalls calls = new MasonCalls(simulator)) {
      for (String iccid : simulator.iccids()) {
        List<JsonObject> days = rows(calls.get("series/usage/sim/" + iccid + DAYS));
        silent += 28 - days.size();
        JsonObject last = days.get(days.size() - 1);
        List<Long> totals = days.stream().map(day -> day.number("total")).sorted().toList();
        if (last.number("total") > 10 * totals.get(totals.size() / 2)) {
          assertThat(last.text("day")).isEqualTo("2026-02-28T00:00:00Z");
          runaways++;
        }
      }
    }
    assertThat(runaways).isEqualTo(3);
    assertThat(silent).isBetween(300 * 28 / 24, 300 * 28 / 6);
  }

  private static MasonSimulator fleet(int sims, long seed) {
    return January.of(MasonSimulator.builder())
        .sims(sims)
        .seed(seed)
        .days(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 2, 28))
        .build();
  }

  private static List<String> bodies(MasonSimulator simulator, List<String> paths)
      throws IOException {
    try (MasonCalls calls = new MasonCalls(simulator)) {
      List<String> bodies = new ArrayList<>();
      for (String path : paths) {
        Answer answer = calls.get(path);
        assertThat(answer.status()).isEqualTo(200);
        bodies.add(answer.body());
      }
      return bodies;
    }
  }

  private static List<String> reversed(List<String> list) {
    List<String> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  private static long sum(List<JsonObject> rows, String column) {
    return rows.stream().mapToLong(row -> row.object("usage").number(column)).sum();
  }

  private static Map<String, Long> totals(List<JsonObject> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.object("sim").text("iccid"),
                Collectors.summingLong(row -> row.object("usage").number("total"))));
  }
}
