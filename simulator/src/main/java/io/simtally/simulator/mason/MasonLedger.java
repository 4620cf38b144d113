package io.simtally.simulator.mason;

import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The usage of a fleet, summed in the ways that the calls ask for. Thread-safe.
 *
 * <p>Sums are computed for each request, from all days of all SIMs of the request. The order of the
 * rows of all SIMs is kept until another query: the following pages need it.
 */
final class MasonLedger {
  private final List<MasonMember> sims;
  private @Nullable SortedRows latest;

  MasonLedger(List<MasonMember> sims) {
    this.sims = sims;
  }

  /**
   * Returns one row, also without usage; with a marker one row for each of its values, without the
   * usage that lacks the marker.
   */
  List<MasonRow> account(MasonMonthQuery query) {
    MasonTally<Optional<String>> tally = new MasonTally<>();
    if (query.marker().isEmpty()) {
      tally.add(Optional.empty(), 0, 0);
    }
    sims.forEach(sim -> addMonth(sim, query, tally));
    return rows(tally, Optional.empty(), query).stream()
        .filter(row -> query.marker().isEmpty() || row.marker().isPresent())
        .sorted(order(query))
        .toList();
  }

  /** Returns one row, or none without usage; with a marker one row for each of its values. */
  List<MasonRow> sim(MasonMember sim, MasonMonthQuery query) {
    return rowsOf(sim, query).stream().sorted(order(query)).toList();
  }

  private static Comparator<MasonRow> order(MasonMonthQuery query) {
    return Comparator.comparing(row -> row.value(query.column()), query.order());
  }

  /** Returns the rows of all SIMs, each created on access. */
  synchronized List<MasonRow> sims(MasonMonthQuery query) {
    SortedRows rows = latest;
    if (rows == null || !rows.query.equals(query)) {
      rows = new SortedRows(query, places(query));
      latest = rows;
    }
    return rows;
  }

  /** Returns one row for each day with usage of any SIM. */
  List<MasonRow> days(MasonSeriesQuery query) {
    return days(sims, query);
  }

  /** Returns one row for each day with usage of these SIMs. */
  List<MasonRow> days(List<MasonMember> of, MasonSeriesQuery query) {
    MasonTally<LocalDate> tally = new MasonTally<>();
    for (MasonMember sim : of) {
      for (MasonMember.Usage usage : sim.days(query.first(), query.last())) {
        if (query.includes(usage)) {
          tally.add(usage.day(), usage.upload(), usage.download());
        }
      }
    }
    return tally
        .rows((day, up, down) -> new MasonRow(Optional.empty(), Optional.empty(), day, up, down))
        .stream()
        .sorted(Comparator.comparing(MasonRow::start))
        .toList();
  }

  private static void addMonth(
      MasonMember sim, MasonMonthQuery query, MasonTally<Optional<String>> tally) {
    for (MasonMember.Usage usage : sim.days(query.month().atDay(1), query.month().atEndOfMonth())) {
      Optional<String> group =
          query.marker().flatMap(key -> Optional.ofNullable(usage.marker(key)));
      tally.add(group, usage.upload(), usage.download());
    }
  }

  private static List<MasonRow> rowsOf(MasonMember sim, MasonMonthQuery query) {
    MasonTally<Optional<String>> tally = new MasonTally<>();
    addMonth(sim, query, tally);
    return rows(tally, Optional.of(sim.iccid()), query);
  }

  private static List<MasonRow> rows(
      MasonTally<Optional<String>> tally, Optional<String> iccid, MasonMonthQuery query) {
    return tally.rows(
        (group, upload, download) ->
            new MasonRow(
                iccid,
                group.map(value -> new MasonRow.Marker(query.marker().orElseThrow().word(), value)),
                query.month().atDay(1),
                upload,
                download));
  }

  private List<Place> places(MasonMonthQuery query) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < sims.size(); i++) {
      List<MasonRow> rows = rowsOf(sims.get(i), query);
      for (int part = 0; part < rows.size(); part++) {
        places.add(new Place(i, part, rows.get(part).value(query.column())));
      }
    }
    places.sort(Comparator.comparing(Place::value, query.order()));
    return places;
  }

  /**
   * The origin of a row.
   *
   * @param sim the number of the SIM
   * @param part the number of the row among the SIM's rows
   * @param value the value that rows are ordered by
   */
  private record Place(int sim, int part, long value) {}

  private final class SortedRows extends AbstractList<MasonRow> implements RandomAccess {
    private final MasonMonthQuery query;
    private final List<Place> places;

    SortedRows(MasonMonthQuery query, List<Place> places) {
      this.query = query;
      this.places = places;
    }

    @Override
    public MasonRow get(int index) {
      Place place = places.get(index);
      return rowsOf(sims.get(place.sim()), query).get(place.part());
    }

    @Override
    public int size() {
      return places.size();
    }
  }
}
