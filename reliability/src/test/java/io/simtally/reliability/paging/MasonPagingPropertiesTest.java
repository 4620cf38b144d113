package io.simtally.reliability.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each row of Mason arrives once and in its place, for any division into pages. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MasonPagingPropertiesTest {
  private static final int CASES = 24;

  private static Carrier carrier;
  private static Tally tally;

  @BeforeAll
  static void start() {
    carrier = new Carrier();
    tally = new Tally("Mason");
  }

  @AfterAll
  static void stop() {
    tally.print(carrier);
    carrier.close();
  }

  @ParameterizedTest
  @EnumSource
  void deliversEveryRowOnceAndInOrder(MasonCall call) {
    new Property<>(
            "every row arrives once, " + call,
            random -> MasonCase.draw(call, random),
            MasonCase::smaller,
            MasonPagingPropertiesTest::readsAllRows)
        .holdsFor(CASES);
  }

  @ParameterizedTest
  @EnumSource
  void resumesAfterEveryCursor(MasonCall call) {
    new Property<>(
            "every cursor goes on where it was taken, " + call,
            random -> MasonCase.draw(call, random),
            MasonCase::smaller,
            MasonPagingPropertiesTest::resumesFromEveryCursor)
        .holdsFor(CASES / 2);
  }

  @ParameterizedTest
  @EnumSource
  void reportsACycleOfPagesAsStalled(MasonCall call) {
    new Property<>(
            "a way that leads back ends as stalled, " + call,
            random -> {
              var honest = MasonCase.draw(call, random).iterated();
              return honest.leadingTo(random.nextInt(honest.sheets().size()));
            },
            MasonCase::smaller,
            MasonPagingPropertiesTest::endsAsStalled)
        .holdsFor(CASES / 2);
  }

  private static void readsAllRows(MasonCase drawn) {
    var model = drawn.model();
    var rows = new ArrayList<Object>();
    try (var session = drawn.new Session(carrier, model)) {
      session.read(rows::add);
    }
    assertThat(model.violations()).isEmpty();
    assertThat(rows).isEqualTo(drawn.call().typed(drawn.rows()));
    tally.count(rows.size());
  }

  private static void resumesFromEveryCursor(MasonCase drawn) {
    var model = drawn.model();
    var expected = drawn.call().typed(drawn.rows());
    try (var session = drawn.new Session(carrier, model)) {
      session.read(row -> {}); // consumes the faults
      var bookmarks = session.bookmarks();
      assertThat(bookmarks).hasSize(drawn.sheets().size() - 1);
      for (var bookmark : bookmarks) {
        var rest = session.from(bookmark);
        assertThat(rest).isEqualTo(expected.subList(bookmark.delivered().size(), expected.size()));
        tally.count(rest.size());
      }
    }
    assertThat(model.violations()).isEmpty();
  }

  private static void endsAsStalled(MasonCase drawn) {
    var model = drawn.model();
    var rows = new ArrayList<Object>();
    try (var session = drawn.new Session(carrier, model)) {
      var failure =
          catchThrowableOfType(ApiException.class, () -> session.read(bounded(rows::add, 1_000)));
      assertThat(failure).isNotNull();
      assertThat(failure.kind()).isEqualTo(Kind.PAGING_STALLED);
    }
    assertThat(model.violations()).isEmpty();
    assertThat(rows).isEqualTo(drawn.call().typed(rowsBeforeTheStall(drawn)));
    assertThat(model.answers()).isLessThanOrEqualTo(mostAnswers(drawn));
    tally.count(rows.size());
  }

  /** Ends a test if the protection against cycles does not work. */
  private static Consumer<Object> bounded(Consumer<Object> rows, int most) {
    var count = new AtomicInteger();
    return row -> {
      assertThat(count.incrementAndGet()).as("rows before the stall").isLessThan(most);
      rows.accept(row);
    };
  }

  /**
   * Returns the rows before the stall. The first page has no cursor, so only the page after it is
   * recognized.
   */
  private static List<MasonRow> rowsBeforeTheStall(MasonCase drawn) {
    var sheets = drawn.sheets();
    var last = sheets.size() - 1;
    if (drawn.lastLeadsTo() == last && last > 0) {
      return sheets.subList(0, last).stream().flatMap(sheet -> sheet.rows().stream()).toList();
    }
    return drawn.lastLeadsTo() > 0 || last == 0
        ? drawn.rows()
        : Stream.concat(drawn.rows().stream(), sheets.get(0).rows().stream()).toList();
  }

  private static int mostAnswers(MasonCase drawn) {
    return drawn.sheets().stream().mapToInt(sheet -> 1 + sheet.faults().size()).sum() + 1;
  }
}
