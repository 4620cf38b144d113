package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keeps what the carriers said: usage records, which days have been read, and what could not be
 * read. Each row belongs to one provider of one account, and no write about one account changes a
 * row of another. Thread-safe: the threads of several accounts may share one store. Implement it to
 * use another database.
 *
 * <p>A write replaces days: writing the same days again changes nothing. All times are kept to the
 * microsecond.
 */
public interface UsageStore extends UsageReader {
  /** The subject of a reading of a whole account. */
  String ACCOUNT = "*";

  /**
   * Opens a DuckDB file. Creates it if it does not exist, and migrates it if its schema is older.
   *
   * @param file the path of the file
   * @return the store, to be closed
   * @throws StoreException if it cannot be opened: it is open in another process, of another
   *     program or of a newer version, or the database's driver is missing
   */
  static UsageStore open(Path file) {
    return open(Preconditions.present("file", file).toString(), Map.of());
  }

  /**
   * Opens a store. Creates it if it does not exist, and migrates it if its schema is older.
   *
   * @param store the path of a DuckDB file, or a {@code jdbc:postgresql:} URL
   * @param environment the source of {@code SIMTALLY_STORE_USER} and {@code
   *     SIMTALLY_STORE_PASSWORD} for PostgreSQL, in most programs {@code System.getenv()}
   * @return the store, to be closed
   * @throws StoreException if it cannot be opened: it is unreachable, open in another process, of
   *     another program or of a newer version, or the database's driver is missing
   */
  static UsageStore open(String store, Map<String, String> environment) {
    return StoreLocation.open(store, environment);
  }

  /**
   * Opens an existing store for reading. Needs read rights only: a DuckDB file that cannot be
   * written, or a PostgreSQL role with {@code select} on the tables. Every write fails.
   *
   * @param store the path of a DuckDB file, or a {@code jdbc:postgresql:} URL
   * @param environment the source of {@code SIMTALLY_STORE_USER} and {@code
   *     SIMTALLY_STORE_PASSWORD} for PostgreSQL
   * @return the store, to be closed
   * @throws StoreException if it cannot be opened: it does not exist, is open in another process,
   *     of another program, of a newer version, or of an older one that must be migrated first
   */
  static UsageStore openReadOnly(String store, Map<String, String> environment) {
    return StoreLocation.openReadOnly(store, environment);
  }

  /**
   * Returns whether the figures of the store are real or simulated. The default is for stores that
   * take real figures only.
   *
   * @return the origin, or empty if the store holds no figures yet
   * @throws StoreException if the store cannot be read
   */
  default Optional<Origin> origin() {
    return Optional.of(Origin.REAL);
  }

  /**
   * Declares the origin of all figures that this object writes from now on. The first claim marks
   * the store for good, also if several processes make one at the same time. A store of {@link
   * #open} that is written without a claim claims real figures. The default refuses simulated
   * figures, because it cannot mark the store.
   *
   * @param origin the origin
   * @throws StoreException if the store holds figures of the other origin, or cannot be written
   */
  default void claim(Origin origin) {
    if (origin != Origin.REAL) {
      throw new StoreException("the store takes real figures only; use another store", null);
    }
  }

  /**
   * Begins a run over an account, or resumes the latest run if that run has not {@linkplain #end
   * ended}. Keeps all failures.
   *
   * @param provider the provider, as in usage records
   * @param account the account
   * @param at the time of the call
   * @throws StoreException if the store cannot be written
   */
  void begin(String provider, String account, Instant at);

  /**
   * Ends a run over an account that has sent all its requests.
   *
   * @param provider the provider, as in usage records
   * @param account the account
   * @param at the time of the call
   * @throws StoreException if the store cannot be written
   */
  void end(String provider, String account, Instant at);

  /**
   * Counts the subjects that lack nothing: all of the days have been read and are settled. The
   * count may leave out a subject that has its settled days in several ranges. A run calls this
   * where it expects the count to be complete, and reads the coverage otherwise.
   *
   * @param provider the provider, as in usage records
   * @param account the account
   * @param subjects the subjects, each once
   * @param days the days
   * @param settleAfterDays how many days after its end a day must have been read to count as
   *     settled
   * @return the number of subjects
   * @throws StoreException if the store cannot be read
   */
  default long settled(
      String provider,
      String account,
      Collection<String> subjects,
      DayRange days,
      int settleAfterDays) {
    return coverage(provider, account, subjects, days).stream()
        .filter(each -> each.settled(settleAfterDays).filter(days::equals).isPresent())
        .map(Coverage::subject)
        .distinct()
        .count();
  }

  /**
   * Writes all readings or none. Each reading replaces the records of its subject that start in its
   * days, adds a correction for each day whose stored total changes, and removes these days from
   * the failures of its subject. A reading of the {@linkplain #ACCOUNT whole account} does so for
   * all subjects of its account. If several readings include one day of one subject, the last of
   * them counts.
   *
   * @param readings any number of readings
   * @param settleAfterDays how many days after its end a day must be read to count as settled:
   *     neighbouring days may be joined in the coverage if all of them are settled, or none
   * @throws StoreException if the store cannot be written; it is then unchanged
   */
  void write(List<Reading> readings, int settleAfterDays);

  /**
   * Writes readings as {@link #write(List, int)} does, except for those that lower stored usage. A
   * reading of a device that removes all usage that the store has of the device in its days is held
   * back, as is a day of a reading of the {@linkplain #ACCOUNT whole account} that removes more
   * than half of the account's devices or bytes: the stored rows stay, and the days get a failure
   * of kind {@link Failure#HELD}. Other readings of devices that lower stored usage are returned: a
   * caller passes all of them to {@link #writeLosses} when it has read all devices.
   *
   * @param readings any number of readings
   * @param settleAfterDays as in {@link #write(List, int)}
   * @param accepted whether all readings of a subject are written, even if they remove usage
   * @return what was not written. The default writes all readings
   * @throws StoreException if the store cannot be written; it is then unchanged
   */
  default GuardedWrite write(
      List<Reading> readings, int settleAfterDays, Predicate<String> accepted) {
    write(readings, settleAfterDays);
    return new GuardedWrite(List.of(), List.of());
  }

  /**
   * Writes the readings of all devices of an account that lower stored usage. Of a day on which
   * they remove more than half of the devices or bytes that the store has of the account, nothing
   * is written, and the account gets a failure of kind {@link Failure#HELD}. The other days are
   * written, in one transaction.
   *
   * @param losses the readings that {@link #write(List, int, Predicate)} returned
   * @param settleAfterDays as in {@link #write(List, int)}
   * @return the failures, one for each day of an account. The default writes all readings
   * @throws StoreException if the store cannot be written; it is then unchanged
   */
  default List<Failure> writeLosses(List<GuardedWrite.Losing> losses, int settleAfterDays) {
    write(losses.stream().map(GuardedWrite.Losing::reading).toList(), settleAfterDays);
    return List.of();
  }

  /**
   * Writes failures. They replace earlier failures of the same subjects and days.
   *
   * @param failures any number of failures
   * @throws StoreException if the store cannot be written; it is then unchanged
   */
  void writeFailures(List<Failure> failures);

  /**
   * Removes days from the failures of the {@linkplain #ACCOUNT whole account}. A run calls this
   * after it has asked all devices for these days: each device that it could not read has a failure
   * of its own.
   *
   * @param provider the provider, as in usage records
   * @param account the account
   * @param days the days
   * @throws StoreException if the store cannot be written; it is then unchanged
   */
  void removeAccountFailures(String provider, String account, List<DayRange> days);

  /**
   * Gives an account another name, in all rows of all its providers, or in none. The default
   * refuses every name.
   *
   * @param from the name of the account; nothing changes if the store has no such account
   * @param to the new name, of which the store has no rows
   * @throws StoreException if the store has rows of the new name, or cannot be written; it is then
   *     unchanged
   */
  default void renameAccount(String from, String to) {
    throw new StoreException("the store cannot rename accounts", null);
  }

  /**
   * Closes periods, in one transaction that excludes other writes of their accounts. A program
   * calls {@code PeriodClose} instead, which checks that the days are final.
   *
   * @param accounts the accounts
   * @param decision returns the periods to close and their gaps, from a reader of the state that
   *     they will have; an exception leaves the store unchanged
   * @throws StoreException if the store cannot be written, which is the default; or if a closed
   *     period of the same account has one of the days
   */
  default void closePeriods(
      Collection<String> accounts,
      Function<UsageReader, Map<ClosedPeriod, List<ClosedPeriod.Gap>>> decision) {
    throw new StoreException("the store does not close periods", null);
  }

  /**
   * Writes the labels and groups of devices. A device that is in the store gets the new label and
   * group. A device that is not given keeps its own: a device that left the devices file keeps its
   * usage, and the usage its name. The default keeps no labels.
   *
   * @param account the account
   * @param devices devices of this account
   * @throws IllegalArgumentException if a device is of another account
   * @throws StoreException if the store cannot be written; it is then unchanged
   */
  default void writeDevices(String account, List<StoredDevice> devices) {}

  /**
   * Returns a reader of the store as it is now. All methods of the reader see this one state,
   * whatever is written meanwhile. Reads with one connection, in one transaction; use it in one
   * thread, without nesting its methods, and close it before the store.
   *
   * @return the reader, to be closed
   * @throws StoreException if the store cannot be read
   */
  UsageReader snapshot();

  /** Closes the store. Written rows are kept. */
  @Override
  void close();

  /**
   * What a write left unwritten because it would remove stored usage.
   *
   * @param held a failure of kind {@link Failure#HELD} for each range of days that was held back
   * @param losing readings of devices that lower the usage of stored days. Whether they may be
   *     written depends on the other devices of their account: see {@link #writeLosses}
   */
  record GuardedWrite(List<Failure> held, List<Losing> losing) {
    /** Copies the lists. */
    public GuardedWrite {
      held = List.copyOf(held);
      losing = List.copyOf(losing);
    }

    /**
     * A reading of one device that lowers the usage of stored days.
     *
     * @param reading the reading
     * @param lostBytes the bytes that each lowered day loses
     * @param emptied the lowered days that have no usage left
     */
    public record Losing(Reading reading, Map<LocalDate, Long> lostBytes, Set<LocalDate> emptied) {
      /** Copies the collections. */
      public Losing {
        lostBytes = Map.copyOf(lostBytes);
        emptied = Set.copyOf(emptied);
      }
    }
  }
}
