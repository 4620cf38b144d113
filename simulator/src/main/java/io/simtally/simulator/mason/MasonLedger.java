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
 * The usage of a fleet, added up in the ways that the calls ask for. Thread-safe.
 *
 * <p>All but one are worked out anew each time, from all days of all SIMs that are asked for. Of
 * the rows of all SIMs the order is kept until others are asked for: their next pages need it.
 */
final class MasonLedger {
  private final MasonFleet fleet;
  private @Nullable SortedRows latest;

  MasonLedger(MasonFleet fleet) {
    this.fleet = fleet;
  }

  /**
   * One row, also if nothing was used; with a marker a row for each of its values, without the
   * usage that has none.
   */
  List<MasonRow> account(MasonMonthQuery query) {
    LocalDate start = query.month().atDay(1);
    MasonTally<Optional<String>> tally = new MasonTally<>();
    if (query.marker().isEmpty()) {
      tally.add(Optional.empty(), 0, 0);
    }
    for (int i = 0; i < fleet.size(); i++) {
      addMonth(fleet.member(i), query, tally);
    }
    return tally
        .rows((group, up, down) -> row(Optional.empty(), query, group, start, up, down))
        .stream()
        .filter(row -> query.marker().isEmpty() || row.marker().isPresent())
        .sorted(Comparator.comparing(row -> row.value(query.column()), query.order()))
        .toList();
  }

  /** One row, or none if nothing was used; with a marker a row for each of its values. */
  List<MasonRow> sim(MasonMember member, MasonMonthQuery query) {
    return rowsOf(member, Optional.of(member.iccid()), query).stream()
        .sorted(Comparator.comparing(row -> row.value(query.column()), query.order()))
        .toList();
  }

  /** The rows of all SIMs, made as they are asked for. */
  synchronized List<MasonRow> sims(MasonMonthQuery query) {
    SortedRows rows = latest;
    if (rows == null || !rows.query.equals(query)) {
      rows = new SortedRows(query, places(query));
      latest = rows;
    }
    return rows;
  }

  List<MasonRow> days(MasonSeriesQuery query) {
    MasonTally<LocalDate> tally = new MasonTally<>();
    for (int i = 0; i < fleet.size(); i++) {
      addDays(fleet.member(i), query, tally);
    }
    return days(tally);
  }

  List<MasonRow> days(MasonMember member, MasonSeriesQuery query) {
    MasonTally<LocalDate> tally = new MasonTally<>();
    addDays(member, query, tally);
    return days(tally);
  }

  private static List<MasonRow> days(MasonTally<LocalDate> tally) {
    return tally
        .rows((day, up, down) -> new MasonRow(Optional.empty(), Optional.empty(), day, up, down))
        .stream()
        .sorted(Comparator.comparing(MasonRow::start))
        .toList();
  }

  private static void addDays(
      MasonMember member, MasonSeriesQuery query, MasonTally<LocalDate> tally) {
    member.days(
        query.first(),
        query.last(),
        (day, upload, download, markers) -> {
          if (query.asksFor(markers)) {
            tally.add(day, upload, download);
          }
        });
  }

  private static void addMonth(
      MasonMember member, MasonMonthQuery query, MasonTally<Optional<String>> tally) {
    member.days(
        query.month().atDay(1),
        query.month().atEndOfMonth(),
        (day, upload, download, markers) ->
            tally.add(
                query.marker().flatMap(key -> Optional.ofNullable(markers.value(key))),
                upload,
                download));
  }

  private static List<MasonRow> rowsOf(
      MasonMember member, Optional<String> iccid, MasonMonthQuery query) {
    LocalDate start = query.month().atDay(1);
    MasonTally<Optional<String>> tally = new MasonTally<>();
    addMonth(member, query, tally);
    return tally.rows((group, up, down) -> row(iccid, query, group, start, up, down));
  }

  private static MasonRow row(
      Optional<String> iccid,
      MasonMonthQuery query,
      Optional<String> group,
      LocalDate start,
      long upload,
      long download) {
    Optional<MasonRow.Marker> marker =
        group.map(value -> new MasonRow.Marker(query.marker().orElseThrow().word(), value));
    return new MasonRow(iccid, marker, start, upload, download);
  }

  private List<Place> places(MasonMonthQuery query) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < fleet.size(); i++) {
      // Without their ICCIDs: those take longer to make than all the rest.
      List<MasonRow> rows = rowsOf(fleet.member(i), Optional.empty(), query);
      for (int part = 0; part < rows.size(); part++) {
        places.add(new Place(i, part, rows.get(part).value(query.column())));
      }
    }
    places.sort(Comparator.comparing(Place::value, query.order()));
    return places;
  }

  /**
   * Where a row comes from.
   *
   * @param member the number of the SIM
   * @param part which of the SIM's rows
   * @param value what the row is ordered by
   */
  private record Place(int member, int part, long value) {}

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
      MasonMember member = fleet.member(place.member());
      return rowsOf(member, Optional.of(member.iccid()), query).get(place.part());
    }

    @Override
    public int size() {
      return places.size();
    }
  }
}
