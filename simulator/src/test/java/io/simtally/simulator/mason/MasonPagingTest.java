package io.simtally.simulator.mason;

import static io.simtally.simulator.mason.MasonCalls.isError;
import static io.simtally.simulator.mason.MasonCalls.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Answer;
import io.simtally.simulator.January;
import io.simtally.simulator.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MasonPagingTest {
  private static final String SIMS = "aggregate/usage/sim?date=2026-01-01T00:00:00Z";

  private final MasonSimulator simulator =
      January.of(MasonSimulator.builder()).sims(25).pageSize(10).build();
  @AutoClose private final MasonCalls calls = new MasonCalls(simulator);

  @Test
  void leadsThroughAllRowsOnceAndEndsWithoutANextPage() throws Exception {
    List<JsonObject> all = calls.all(SIMS);

    assertThat(all)
        .extracting(row -> row.object("sim").text("iccid"))
        .containsExactlyInAnyOrderElementsOf(simulator.iccids());
    assertThat(all)
        .extracting(row -> row.object("usage").number("total"))
        .isSortedAccordingTo((one, other) -> Long.compare(other, one));
    assertThat(simulator.requests()).hasSize(3);
  }

  @Test
  void leadsBackToTheFirstPage() throws Exception {
    Answer first = calls.get(SIMS + "&limit=7");
    Answer second = calls.page(SIMS + "&limit=7", "after", first.text("nextPage"));
    Answer back = calls.page(SIMS + "&limit=7", "before", second.text("prevPage"));

    assertThat(first.object().names()).containsExactly("nextPage", "data");
    assertThat(second.object().names()).containsExactly("nextPage", "prevPage", "data");
    assertThat(rows(second)).hasSize(7).doesNotContainAnyElementsOf(rows(first));
    assertThat(back.body()).isEqualTo(first.body());
  }

  @Test
  void pagesDaysToo() throws Exception {
    String days = "series/usage?start=2026-01-01T00:00:00Z&end=2026-01-31T00:00:00Z";

    assertThat(calls.all(days))
        .hasSize(30)
        .isEqualTo(calls.all(days + "&limit=1"))
        .extracting(row -> row.text("day"))
        .isSorted();
    assertThat(simulator.requests()).hasSize(3 + 30);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 11, 25, 1000})
  void neverGivesMoreThanAPage(int limit) throws Exception {
    assertThat(rows(calls.get(SIMS + "&limit=" + limit))).hasSize(Math.min(limit, 10));
  }

  @Test
  void takesAnotherLimitOnAnotherPage() throws Exception {
    Answer first = calls.get(SIMS + "&limit=3");

    assertThat(rows(calls.page(SIMS + "&limit=8", "after", first.text("nextPage")))).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aggregate/usage/sim?date=2026-01-02T00:00:00Z",
        "aggregate/usage/sim?date=2026-01-01T00:00:00Z&orderBy=asc",
        "aggregate/usage/sim?date=2026-01-01T00:00:00Z&orderByColumn=upload",
        "aggregate/usage/sim?date=2026-01-01T00:00:00Z&marker=mcc",
        "aggregate/usage?date=2026-01-01T00:00:00Z",
        "series/usage?start=2026-01-01T00:00:00Z&end=2026-02-01T00:00:00Z",
      })
  void refusesAKeyOfAnotherQuery(String path) throws Exception {
    String key = calls.get(SIMS).text("nextPage");

    isError(calls.page(path, "after", key), 400, "invalid_request_error");
  }

  @Test
  void refusesAKeyThatIsNotEncodedAndBothKeysAtOnce() throws Exception {
    int withPlus = 0;
    for (long seed = 0; seed < 20; seed++) {
      MasonSimulator other =
          January.of(MasonSimulator.builder()).seed(seed).sims(2).pageSize(1).build();
      try (MasonCalls otherCalls = new MasonCalls(other)) {
        String key = otherCalls.get(SIMS).text("nextPage");
        assertThat(rows(otherCalls.page(SIMS, "after", key))).hasSize(1);
        isError(
            otherCalls.page(SIMS + "&before=" + key.replace("+", "%2B"), "after", key),
            400,
            "invalid_request_error");
        if (key.contains("+")) {
          // A plus in a query means a space.
          isError(otherCalls.get(SIMS + "&after=" + key), 400, "invalid_request_error");
          withPlus++;
        }
      }
    }
    assertThat(withPlus).isPositive();
  }

  @Test
  void knowsItsKeysAgainAfterARestart() throws Exception {
    String key = calls.get(SIMS).text("nextPage");
    List<JsonObject> second = rows(calls.page(SIMS, "after", key));

    try (MasonCalls restarted =
        new MasonCalls(January.of(MasonSimulator.builder()).sims(25).pageSize(10).build())) {
      assertThat(rows(restarted.page(SIMS, "after", key))).isEqualTo(second);
    }
  }
}
