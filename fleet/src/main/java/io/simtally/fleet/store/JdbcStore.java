package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.store.UsageStore.GuardedWrite;
import io.simtally.fleet.store.sql.AccountKey;
import io.simtally.fleet.store.sql.AccountRename;
import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.RefusalException;
import io.simtally.fleet.store.sql.Schema;
import io.simtally.fleet.store.sql.SqlStore;
import io.simtally.fleet.store.sum.DayTotal;
import io.simtally.fleet.store.sum.SubjectDayTotal;
import io.simtally.fleet.store.sum.SubjectUsage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store in an SQL database. One connection writes, and each query has a connection of its own.
 */
final class JdbcStore implements UsageStore, SqlStore {
  private final Database database;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  /** Guarded by the lock of the database. */
  private @Nullable Connection writer;

  /** Whether a claim has been made through this store. Guarded by the lock of the database. */
  private boolean claimed;

  private volatile boolean closed;

  private JdbcStore(Database database) {
    this.database = database;
  }

  /** Opens a store to read and write it: creates or migrates its tables. */
  static UsageStore open(Database database) {
    var store = new JdbcStore(database);
    return store.opened(
        () ->
            store.transaction(
                "cannot be opened",
                Set.of(Schema.MARK),
                connection -> Schema.require(database, connection)));
  }

  /** Opens a store that must exist. It is never written. */
  static UsageStore openReadOnly(Database database) {
    var store = new JdbcStore(database);
    return store.opened(
        () ->
            store.read(
                (reader, connection) -> {
                  Schema.requireReadable(database, connection);
                  return true;
                }));
  }

  private UsageStore opened(Runnable opening) {
    try {
      opening.run();
      return this;
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private interface Work {
    void in(Connection connection) throws SQLException;
  }

  interface Parameters {
    void in(PreparedStatement query) throws SQLException;
  }

  private interface Query<T> {
    T with(JdbcReader reader, Connection connection) throws SQLException;
  }

  @Override
  public Optional<Origin> origin() {
    return read((reader, connection) -> new OriginMark(database, connection).read());
  }

  @Override
  public void claim(Origin origin) {
    Preconditions.present("origin", origin);
    database.writing().lock();
    try {
      transaction(
          "cannot be written",
          Set.of(Schema.MARK),
          connection -> new OriginMark(database, connection).claim(origin));
      claimed = true;
    } finally {
      database.writing().unlock();
    }
  }

  @Override
  public void begin(String provider, String account, Instant at) {
    var key = key(provider, account);
    Preconditions.present("at", at);
    write(
        Set.of(key),
        connection -> {
          var of = " sync_run where provider = ? and account = ?";
          update(connection, "delete from" + of + " and ended_at is not null", key);
          update(
              connection,
              "insert into sync_run (begun_at, provider, account) select ?, ?, ?"
                  + " where not exists (select 1 from"
                  + of
                  + ")",
              at,
              key,
              key);
        });
  }

  private static AccountKey key(String provider, String account) {
    return new AccountKey(
        Preconditions.text("provider", provider), Preconditions.text("account", account));
  }

  private void update(Connection connection, String sql, Object... values) throws SQLException {
    try (var update = database.prepare(connection, sql)) {
      int parameter = 1;
      for (var value : values) {
        if (value instanceof AccountKey key) {
          update.setString(parameter++, key.provider());
          update.setString(parameter++, key.account());
        } else {
          RowMapper.setMoment(update, parameter++, (Instant) value);
        }
      }
      update.executeUpdate();
    }
  }

  @Override
  public void end(String provider, String account, Instant at) {
    var key = key(provider, account);
    Preconditions.present("at", at);
    write(
        Set.of(key),
        connection ->
            update(
                connection,
                "update sync_run set ended_at = ? where provider = ? and account = ?",
                at,
                key));
  }

  @Override
  public List<Coverage> coverage(
      String provider, String account, Collection<String> subjects, DayRange days) {
    return read((reader, connection) -> reader.coverage(provider, account, subjects, days));
  }

  @Override
  public long settled(
      String provider,
      String account,
      Collection<String> subjects,
      DayRange days,
      int settleAfterDays) {
    return read(
        (reader, connection) -> reader.settled(provider, account, subjects, days, settleAfterDays));
  }

  @Override
  public void write(List<Reading> readings, int settleAfterDays) {
    writeBatches(readings, settleAfterDays, BatchWrite::run);
  }

  private interface OneBatch {
    void write(BatchWrite batch) throws SQLException;
  }

  private void writeBatches(List<Reading> readings, int settleAfterDays, OneBatch how) {
    var batches = ReadingBatch.of(List.copyOf(Preconditions.present("readings", readings)));
    if (settleAfterDays < 0) {
      throw new IllegalArgumentException("settleAfterDays is negative: " + settleAfterDays);
    }
    write(
        batches.stream().map(ReadingBatch::key).collect(Collectors.toSet()),
        connection -> {
          for (var batch : batches) {
            how.write(new BatchWrite(database, connection, batch, settleAfterDays));
          }
        });
  }

  @Override
  public GuardedWrite write(
      List<Reading> readings, int settleAfterDays, Predicate<String> accepted) {
    Preconditions.present("accepted", accepted);
    var held = new ArrayList<Failure>();
    var losing = new ArrayList<GuardedWrite.Losing>();
    writeBatches(
        readings,
        settleAfterDays,
        batch -> {
          var unwritten = batch.runGuarded(accepted);
          held.addAll(unwritten.held());
          losing.addAll(unwritten.losing());
        });
    return new GuardedWrite(held, losing);
  }

  @Override
  public List<Failure> writeLosses(List<GuardedWrite.Losing> losses, int settleAfterDays) {
    var byAccount =
        Preconditions.present("losses", losses).stream()
            .collect(Collectors.groupingBy(each -> ReadingBatch.keyOf(each.reading())));
    var held = new ArrayList<Failure>();
    write(
        byAccount.keySet(),
        connection -> {
          for (var account : byAccount.entrySet()) {
            held.addAll(
                new LossWrite(database, connection, account.getKey(), settleAfterDays)
                    .run(account.getValue()));
          }
        });
    return held;
  }

  @Override
  public void writeFailures(List<Failure> failures) {
    var given = List.copyOf(Preconditions.present("failures", failures));
    write(
        given.stream().map(FailureRows::keyOf).collect(Collectors.toSet()),
        connection -> new FailureRows(database, connection).write(given));
  }

  @Override
  public void removeAccountFailures(String provider, String account, List<DayRange> days) {
    var key = key(provider, account);
    var given = List.copyOf(Preconditions.present("days", days));
    if (!given.isEmpty()) {
      write(
          Set.of(key),
          connection -> new FailureRows(database, connection).removeOfAccount(key, given));
    }
  }

  @Override
  public void renameAccount(String from, String to) {
    Preconditions.text("from", from);
    Preconditions.text("to", to);
    var renamed =
        accounts().stream()
            .filter(each -> each.account().equals(from))
            .flatMap(
                each ->
                    Stream.of(
                        new AccountKey(each.provider(), from), new AccountKey(each.provider(), to)))
            .collect(Collectors.toSet());
    if (!renamed.isEmpty()) {
      write(renamed, connection -> new AccountRename(database, connection, from, to).run());
    }
  }

  @Override
  public void closePeriods(
      Collection<String> accounts,
      Function<UsageReader, Map<ClosedPeriod, List<ClosedPeriod.Gap>>> decision) {
    var names = Set.copyOf(Preconditions.present("accounts", accounts));
    Preconditions.present("decision", decision);
    var locks =
        accounts().stream()
            .filter(each -> names.contains(each.account()))
            .map(each -> new AccountKey(each.provider(), each.account()).lock())
            .collect(Collectors.toSet());
    transaction(
        "cannot be written",
        locks,
        connection ->
            new ClosedPeriodRows(database, connection)
                .add(decision.apply(new JdbcReader(database, connection, () -> {}))));
  }

  @Override
  public void writeDevices(String account, List<StoredDevice> devices) {
    Preconditions.text("account", account);
    var given = List.copyOf(Preconditions.present("devices", devices));
    for (var each : given) {
      if (!each.account().equals(account)) {
        throw new IllegalArgumentException(
            "device " + each.subject() + " is of account " + each.account() + ", not " + account);
      }
    }
    if (given.isEmpty()) {
      return;
    }
    write(
        given.stream().map(DeviceRows::keyOf).collect(Collectors.toSet()),
        connection -> new DeviceRows(database, connection).write(given));
  }

  @Override
  public UsageReader snapshot() {
    requireOpen();
    try {
      var connection = connect();
      try {
        return JdbcReader.snapshot(database, connection);
      } catch (SQLException | RuntimeException | Error e) {
        giveUp(connection);
        throw e;
      }
    } catch (SQLException e) {
      throw failure(database, "cannot be read", e);
    }
  }

  @Override
  public Stream<StoredRecord> usageRecords(UsageQuery query) {
    return stream(reader -> reader.usageRecords(query));
  }

  @Override
  public Stream<StoredRecord> uncountedRecords(UsageQuery query) {
    return stream(reader -> reader.uncountedRecords(query));
  }

  @Override
  public List<MonthlyUsage> uncountedUsage(UsageQuery query) {
    return read((reader, connection) -> reader.uncountedUsage(query));
  }

  @Override
  public Stream<DailyUsage> dailyUsage(UsageQuery query) {
    return stream(reader -> reader.dailyUsage(query));
  }

  @Override
  public Stream<DailyUsage> dailyUsage(
      String provider, String account, Collection<String> subjects, DayRange days) {
    return stream(reader -> reader.dailyUsage(provider, account, subjects, days));
  }

  @Override
  public Stream<String> subjects(UsageQuery query) {
    return stream(reader -> reader.subjects(query));
  }

  @Override
  public Stream<SubjectUsage> subjectUsage(UsageQuery query) {
    return stream(reader -> reader.subjectUsage(query));
  }

  @Override
  public List<DayTotal> dayTotals(UsageQuery query) {
    return read((reader, connection) -> reader.dayTotals(query));
  }

  @Override
  public Stream<SubjectDayTotal> subjectDays(UsageQuery query, Collection<String> subjects) {
    return stream(reader -> reader.subjectDays(query, subjects));
  }

  @Override
  public List<MonthlyUsage> monthlyUsage(UsageQuery query) {
    return read((reader, connection) -> reader.monthlyUsage(query));
  }

  @Override
  public Stream<Coverage> coverage(UsageQuery query) {
    return stream(reader -> reader.coverage(query));
  }

  @Override
  public Stream<Failure> failures(UsageQuery query) {
    return stream(reader -> reader.failures(query));
  }

  @Override
  public Stream<Correction> corrections(UsageQuery query) {
    return stream(reader -> reader.corrections(query));
  }

  @Override
  public List<ClosedPeriod> closedPeriods() {
    return read((reader, connection) -> reader.closedPeriods());
  }

  @Override
  public List<ClosedPeriod.Gap> gaps(ClosedPeriod period) {
    return read((reader, connection) -> reader.gaps(period));
  }

  @Override
  public Stream<Correction> lateCorrections(ClosedPeriod period) {
    return stream(reader -> reader.lateCorrections(period));
  }

  @Override
  public Stream<StoredDevice> devices(UsageQuery query) {
    return stream(reader -> reader.devices(query));
  }

  @Override
  public List<StoredAccount> accounts() {
    return read((reader, connection) -> reader.accounts());
  }

  @Override
  public Optional<DayRange> days() {
    return read((reader, connection) -> reader.days());
  }

  /** Writes within a transaction. Without a claim the figures count as real. */
  private void write(Set<AccountKey> serialized, Work work) {
    database.writing().lock();
    try {
      if (!claimed) {
        claim(Origin.REAL);
      }
      transaction(
          "cannot be written",
          serialized.stream().map(AccountKey::lock).collect(Collectors.toSet()),
          work);
    } finally {
      database.writing().unlock();
    }
  }

  @Override
  public void transaction(String lock, SqlStore.Work work) {
    transaction("cannot be written", Set.of(lock), connection -> work.in(database, connection));
  }

  private void transaction(String failing, Set<String> serialized, Work work) {
    database.writing().lock();
    try {
      requireOpen();
      if (database.isReadOnly()) {
        throw RefusalException.of(database.name(), "is open for reading only");
      }
      var connection = writer == null ? connect() : writer;
      // Set again at the end: after a failure the next transaction opens a new connection.
      writer = null;
      try {
        database.serialize(connection, serialized);
        work.in(connection);
        connection.commit();
        writer = connection;
      } finally {
        if (writer == null) {
          giveUp(connection);
        }
      }
    } catch (SQLException e) {
      throw failure(database, failing, e);
    } finally {
      database.writing().unlock();
    }
  }

  /** Closes a connection after a rollback. */
  private static void giveUp(Connection connection) {
    try (connection) {
      connection.rollback();
    } catch (SQLException lost) {
      // The first failure is thrown already, and the database rolls back a lost connection.
    }
  }

  private <T> T read(Query<T> query) {
    requireOpen();
    try {
      var connection = reading();
      try {
        return query.with(new JdbcReader(database, connection, () -> {}), connection);
      } finally {
        release(connection);
      }
    } catch (SQLException e) {
      throw failure(database, "cannot be read", e);
    }
  }

  /** Returns a stream that releases its connection with its last row, or when it is closed. */
  private <T> Stream<T> stream(Function<JdbcReader, Stream<T>> query) {
    requireOpen();
    try {
      var connection = reading();
      try {
        return query.apply(new JdbcReader(database, connection, () -> release(connection)));
      } catch (RuntimeException | Error e) {
        giveUp(connection);
        throw e;
      }
    } catch (SQLException e) {
      throw failure(database, "cannot be read", e);
    }
  }

  private Connection reading() throws SQLException {
    var connection = idle.poll();
    return connection == null ? connect() : connection;
  }

  /** Ends the transaction of a query, and keeps the connection for another query. */
  private void release(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      giveUp(connection);
      return;
    }
    if (closed) {
      giveUp(connection);
    } else {
      idle.add(connection);
    }
  }

  private Connection connect() throws SQLException {
    var connection = database.connect();
    connection.setAutoCommit(false);
    return connection;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
  }

  /** Returns an exception with one line for people, without SQL and credentials. */
  static StoreException failure(Database database, String failing, SQLException cause) {
    return StoreException.of(RefusalException.of(database, failing, cause));
  }

  /** Returns the name of the store, without a credential. */
  @Override
  public String toString() {
    return database.name();
  }

  @Override
  public void close() {
    database.writing().lock();
    try (database) {
      closed = true;
      for (var each = idle.poll(); each != null; each = idle.poll()) {
        each.close();
      }
      if (writer != null) {
        writer.close();
      }
    } catch (SQLException e) {
      // No transaction is open, and committed rows stay.
    } finally {
      writer = null;
      database.writing().unlock();
    }
  }
}
