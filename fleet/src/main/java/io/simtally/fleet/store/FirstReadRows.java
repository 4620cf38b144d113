package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.SubjectDay;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The moments from which days are known: the first part of the ledger, which corrections continue.
 *
 * <p>A sync reads all devices of an account with one moment, so one row per day is enough for most
 * of them: the row with the subject {@link #OTHERS}, which counts for each device that has read the
 * day and has no row of its own. A row of the whole account counts for the readings of the account.
 */
final class FirstReadRows {
  /** The subject of rows about all devices without a row of their own. No device has this name. */
  static final String OTHERS = "";

  private record Row(String subject, DayRange days, Instant moment) {}

  /** The days of a reading that no reading before has read. */
  private record Unread(Reading reading, List<DayRange> days) {}

  private final Database database;
  private final Connection connection;
  private final ReadingBatch batch;
  private final LedgerTime time;
  private final Map<String, List<Coverage>> before;
  private final Map<LocalDate, Instant> others = new TreeMap<>();
  private final List<Row> added = new ArrayList<>();

  /** The days and moments that {@link #OTHERS} has: the same for most devices of a batch. */
  private final Map<Row, List<Row>> ownRows = new HashMap<>();

  FirstReadRows(
      Database database,
      Connection connection,
      ReadingBatch batch,
      LedgerTime time,
      Map<String, List<Coverage>> before) {
    this.database = database;
    this.connection = connection;
    this.batch = batch;
    this.time = time;
    this.before = before;
  }

  /** Adds rows for the days of the batch that no reading before has read. */
  void add() throws SQLException {
    var unread = new ArrayList<Unread>();
    for (var reading : batch.readings()) {
      var days = unread(reading.subject(), reading.days());
      if (!days.isEmpty()) {
        unread.add(new Unread(reading, days));
      }
    }
    if (unread.isEmpty()) {
      return;
    }
    readOthers();
    for (var each : unread) {
      if (ReadingBatch.isOfAccount(each.reading())) {
        addAccount(each.reading(), each.days());
      } else {
        each.days().forEach(days -> addDevice(each.reading(), days));
      }
    }
    write();
  }

  private List<DayRange> unread(String subject, DayRange days) {
    var read = new ArrayList<DayRange>();
    days(subject, read);
    if (!subject.equals(UsageStore.ACCOUNT)) {
      days(UsageStore.ACCOUNT, read);
    }
    return days.without(read);
  }

  private void days(String subject, Collection<DayRange> into) {
    before.getOrDefault(subject, List.of()).forEach(each -> into.add(each.days()));
  }

  private void readOthers() throws SQLException {
    for (var row : rows(List.of(OTHERS))) {
      row.days().each().forEach(day -> others.merge(day, row.moment(), FirstReadRows::earlier));
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private List<Row> rows(@Nullable Collection<String> subjects) throws SQLException {
    var sql =
        "select subject, from_day, to_day, read_at from first_read where provider = ?"
            + " and account = ? and from_day <= ? and to_day >= ?"
            + (subjects == null ? "" : " and " + database.subjectIsAmong());
    var rows = new ArrayList<Row>();
    try (var query = database.prepare(connection, sql)) {
      query.setString(1, batch.key().provider());
      query.setString(2, batch.key().account());
      query.setObject(3, batch.span().to());
      query.setObject(4, batch.span().from());
      if (subjects != null) {
        database.setSubjects(query, 5, subjects);
      }
      try (var row = query.executeQuery()) {
        while (row.next()) {
          rows.add(new Row(row.getString(1), RowMapper.dayRange(row, 2), database.moment(row, 4)));
        }
      }
    }
    return rows;
  }

  private void addDevice(Reading reading, DayRange days) {
    time.of(reading.readAt(), days)
        .forEach(
            (range, moment) ->
                ownRows
                    .computeIfAbsent(new Row(OTHERS, range, moment), this::exceptions)
                    .forEach(
                        own -> added.add(new Row(reading.subject(), own.days(), own.moment()))));
  }

  /** Adds the days to those of {@link #OTHERS}, and returns the days with another moment there. */
  private List<Row> exceptions(Row known) {
    var exceptions = new ArrayList<Row>();
    for (var day : known.days().each()) {
      var moment = others.putIfAbsent(day, known.moment());
      if (moment == null) {
        append(added, OTHERS, day, known.moment());
      } else if (!moment.equals(known.moment())) {
        append(exceptions, OTHERS, day, known.moment());
      }
    }
    return exceptions;
  }

  /** Adds a day to the last row if it is the next one. */
  private static void append(List<Row> rows, String subject, LocalDate day, Instant moment) {
    var last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
    if (last != null
        && last.subject().equals(subject)
        && last.moment().equals(moment)
        && last.days().to().plusDays(1).equals(day)) {
      rows.set(rows.size() - 1, new Row(subject, new DayRange(last.days().from(), day), moment));
    } else {
      rows.add(new Row(subject, DayRange.of(day), moment));
    }
  }

  private void addAccount(Reading reading, List<DayRange> unread) throws SQLException {
    for (var days : unread) {
      time.of(reading.readAt(), days)
          .forEach((range, moment) -> added.add(new Row(UsageStore.ACCOUNT, range, moment)));
    }
    if (unread.stream().flatMap(days -> days.each().stream()).anyMatch(others::containsKey)) {
      addDevicesBeforeTheAccount(reading, unread);
    }
  }

  /**
   * Adds a row for each device of an account that had been read device by device. The coverage of
   * these devices becomes that of the account, and the row of the others would count for devices
   * that the account is the first to name.
   */
  private void addDevicesBeforeTheAccount(Reading reading, List<DayRange> unread)
      throws SQLException {
    var own = new HashMap<String, List<DayRange>>();
    for (var row : rows(null)) {
      own.computeIfAbsent(row.subject(), key -> new ArrayList<>()).add(row.days());
    }
    for (var days : unread) {
      before.forEach(
          (subject, covered) -> {
            if (!subject.equals(UsageStore.ACCOUNT)) {
              covered.stream()
                  .flatMap(each -> each.days().overlap(days).stream())
                  .flatMap(each -> each.without(own.getOrDefault(subject, List.of())).stream())
                  .flatMap(each -> each.each().stream())
                  .filter(others::containsKey)
                  .forEach(
                      day -> append(added, subject, day, others.getOrDefault(day, Instant.MAX)));
            }
          });
    }
    reading.records().stream()
        .map(usage -> new SubjectDay(usage.subject(), DayRange.dayOf(usage.start())))
        .distinct()
        .filter(each -> others.containsKey(each.day()))
        .filter(each -> !unread(each.subject(), DayRange.of(each.day())).isEmpty())
        .forEach(
            each ->
                append(added, each.subject(), each.day(), time.of(reading.readAt(), each.day())));
  }

  private void write() throws SQLException {
    if (added.isEmpty()) {
      return;
    }
    try (var rows = database.into(connection, "first_read")) {
      for (var each : added) {
        rows.beginRow()
            .text(batch.key().provider())
            .text(batch.key().account())
            .text(each.subject())
            .day(each.days().from())
            .day(each.days().to())
            .moment(each.moment())
            .endRow();
      }
    }
  }
}
