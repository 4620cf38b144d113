package io.simtally.reliability.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.reliability.paging.HistoryModel.Cut;
import io.simtally.reliability.paging.HistoryModel.Manner;
import io.simtally.reliability.paging.HistoryModel.Order;
import io.simtally.reliability.paging.HistoryModel.Size;
import io.simtally.thingspace.m2m.DailyUsage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of a ThingSpace usage history arrives once, for any division into pages. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UsageHistoryPagingPropertiesTest {
  private static final int CASES = 40;

  private static Carrier carrier;
  private static Tally tally;

  @BeforeAll
  static void start() {
    carrier = new Carrier();
    tally = new Tally("ThingSpace M2M");
  }

  @AfterAll
  static void stop() {
    tally.print(carrier);
    carrier.close();
  }

  @ParameterizedTest(name = "by label: {0}")
  @ValueSource(booleans = {false, true})
  void deliversEveryRowOnceAndInOrder(boolean byLabel) {
    property(
            "every row arrives once",
            byLabel,
            UsageHistoryPagingPropertiesTest::documented,
            UsageHistoryPagingPropertiesTest::readsAllRows)
        .holdsFor(CASES);
  }

  @ParameterizedTest(name = "by label: {0}")
  @ValueSource(booleans = {false, true})
  void resumesAfterEveryCursor(boolean byLabel) {
    property(
            "every cursor goes on where it was taken",
            byLabel,
            UsageHistoryPagingPropertiesTest::documented,
            UsageHistoryPagingPropertiesTest::resumesFromEveryCursor)
        .holdsFor(CASES / 2);
  }

  @ParameterizedTest(name = "by label: {0}")
  @ValueSource(booleans = {false, true})
  void losesNoRowBetweenSecondsIfTheServerExcludesTheRequestedSecond(boolean byLabel) {
    property(
            "an earliest that is exclusive does no harm between seconds",
            byLabel,
            (random, rows) ->
                new Manner(
                    Order.STABLE,
                    Cut.SECOND_INCLUDED,
                    Size.WHOLE_SECONDS,
                    1 + random.nextInt(8),
                    false,
                    false),
            UsageHistoryPagingPropertiesTest::readsAllRows)
        .holdsFor(CASES / 4);
  }

  @ParameterizedTest(name = "by label: {0}")
  @ValueSource(booleans = {false, true})
  void stallsInsteadOfEndingShortIfNextRowsCannotBeRequested(boolean byLabel) {
    property(
            "it is complete or stalled",
            byLabel,
            UsageHistoryPagingPropertiesTest::hostile,
            UsageHistoryPagingPropertiesTest::readsAllRowsOrStalls)
        .holdsFor(CASES);
  }

  private static Property<HistoryCase> property(
      String name,
      boolean byLabel,
      BiFunction<Random, List<HistoryRow>, Manner> manner,
      Property.Check<HistoryCase> check) {
    return new Property<>(
        name, random -> HistoryCase.draw(byLabel, random, manner), HistoryCase::smaller, check);
  }

  /** Draws documented behavior, with pages large enough to continue from. */
  private static Manner documented(Random random, List<HistoryRow> rows) {
    var size = random.nextBoolean() ? Size.FIXED : Size.VARYING;
    var repeated = size == Size.FIXED ? HistoryCase.mostOfOneSecond(rows) : 0;
    return new Manner(
        random.nextBoolean() ? Order.STABLE : Order.TIES_SHUFFLED,
        Cut.MOMENT,
        size,
        repeated + 1 + random.nextInt(5),
        size == Size.FIXED && random.nextBoolean(),
        false);
  }

  /** Draws a server that cannot be paged, or that always promises more rows. */
  private static Manner hostile(Random random, List<HistoryRow> rows) {
    var order = Order.values()[random.nextInt(4)];
    var size = order == Order.NEWEST_FIRST || random.nextBoolean() ? Size.FIXED : Size.ANY;
    var most =
        order == Order.NEWEST_FIRST
            ? HistoryCase.mostOfOneSecond(rows) + 1 + random.nextInt(3)
            : 1 + random.nextInt(6);
    return new Manner(
        order,
        new Cut[] {Cut.MOMENT, Cut.DAY, Cut.NOTHING}[random.nextInt(3)],
        size,
        most,
        random.nextBoolean(),
        random.nextInt(3) == 0);
  }

  private static void readsAllRows(HistoryCase drawn) {
    var model = drawn.model();
    var rows = new ArrayList<DailyUsage>();
    try (var session = drawn.new Session(carrier, model)) {
      drawn.reading().read(session::request, rows::add);
    }
    assertThat(model.violations()).isEmpty();
    assertComplete(drawn, model, rows);
    tally.count(rows.size());
  }

  private static void resumesFromEveryCursor(HistoryCase drawn) {
    var model = drawn.model();
    try (var session = drawn.new Session(carrier, model)) {
      model.endFaults();
      for (var bookmark : Reading.bookmarks(session.request())) {
        var rows = new ArrayList<DailyUsage>();
        bookmark.delivered().forEach(row -> rows.add((DailyUsage) row));
        var rest = bookmark.rest(session.request());
        rows.addAll(rest);
        assertComplete(drawn, model, rows);
        tally.count(rest.size());
      }
    }
    assertThat(model.violations()).isEmpty();
  }

  private static void assertComplete(
      HistoryCase drawn, HistoryModel model, List<DailyUsage> received) {
    var rows = received.stream().map(HistoryRow::inKeyOrder).toList();
    var expected = model.rows().stream().map(HistoryRow::typed).toList();
    switch (drawn.manner().order()) {
      case STABLE -> assertThat(rows).isEqualTo(expected);
      case TIES_SHUFFLED -> {
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rows)
            .extracting(UsageHistoryPagingPropertiesTest::second)
            .isSortedAccordingTo(Comparator.naturalOrder());
      }
      default -> assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static Instant second(DailyUsage row) {
    return row.timestamp().toInstant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static void readsAllRowsOrStalls(HistoryCase drawn) {
    var model = drawn.model();
    var rows = new ArrayList<DailyUsage>();
    var left = new ArrayList<>(model.rows().stream().map(HistoryRow::typed).toList());
    try (var session = drawn.new Session(carrier, model)) {
      drawn.reading().read(session::request, row -> take(left, row, rows));
      assertThat(drawn.manner().isAlwaysMore()).as("ended before the server did").isFalse();
      assertThat(left).as("rows that were lost").isEmpty();
    } catch (ApiException e) {
      assertThat(e.kind()).isEqualTo(Kind.PAGING_STALLED);
    }
    assertThat(model.violations()).isEmpty();
    assertThat(model.answers())
        .isLessThanOrEqualTo(model.rows().size() + 1 + drawn.faults().size());
    tally.count(rows.size());
  }

  private static void take(List<DailyUsage> left, DailyUsage row, List<DailyUsage> rows) {
    assertThat(left.remove(HistoryRow.inKeyOrder(row))).as("not delivered before: " + row).isTrue();
    rows.add(row);
  }
}
