package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Keeps what the carriers said: usage records, which days have been read, and what could not be
 * read. Thread-safe: the threads of several carriers may share one store. Implement it to keep them
 * in another database.
 *
 * <p>Days are replaced, never added to: writing the same days again changes nothing. All moments
 * are kept to the microsecond.
 */
public interface UsageStore extends UsageReader {
  /** The subject of a reading that holds all of a carrier's account. */
  String ACCOUNT = "*";

  /**
   * Opens a store, and creates it where there is none.
   *
   * @param store the path of a DuckDB file, or a {@code jdbc:postgresql:} URL
   * @param environment where {@code SIMTALLY_STORE_USER} and {@code SIMTALLY_STORE_PASSWORD} are
   *     looked up for PostgreSQL, in most programs {@code System.getenv()}
   * @return the store, to be closed
   * @throws StoreException if it cannot be opened: it is not there, open in another process, of
   *     another program or of a newer version, or the database's driver is missing
   */
  static UsageStore open(String store, Map<String, String> environment) {
    return StoreLocation.open(store, environment);
  }

  /**
   * Begins a run over a carrier. {@linkplain #failures Failures} and {@linkplain #corrections
   * corrections} of the run before are forgotten if that run came to its {@linkplain #end end}; a
   * run that did not is gone on with.
   *
   * @param provider which carrier, as in its records
   * @param at when
   * @throws StoreException if the store cannot be written
   */
  void begin(String provider, Instant at);

  /**
   * Ends a run over a carrier that has asked for all it was to ask for.
   *
   * @param provider which carrier, as in its records
   * @param at when
   * @throws StoreException if the store cannot be written
   */
  void end(String provider, Instant at);

  /**
   * How many of some subjects lack nothing: all of the days have been read, so late that the
   * carrier has corrected them for the last time. A run asks for this where it expects all of them,
   * and for the {@linkplain #coverage(String, Collection, DayRange) coverage} if it is not so; a
   * subject may be left out whose settled days lie in several pieces.
   *
   * @param provider which carrier, as in its records
   * @param subjects whose days, each once
   * @param days which days
   * @param settleAfterDays how many days after its end a day must have been read to count as
   *     settled
   * @return how many
   * @throws StoreException if the store cannot be read
   */
  default long settled(
      String provider, Collection<String> subjects, DayRange days, int settleAfterDays) {
    return coverage(provider, subjects, days).stream()
        .filter(each -> each.settled(settleAfterDays).filter(days::equals).isPresent())
        .map(Coverage::subject)
        .distinct()
        .count();
  }

  /**
   * Writes what has been read, all of it or nothing: each reading replaces the records of its
   * subject that start in its days, and the failures of these days are forgotten. A reading of the
   * {@linkplain #ACCOUNT account} replaces the records of all subjects. Of days that come twice in
   * the list the last reading counts.
   *
   * @param readings what has been read, in any number
   * @param settleAfterDays how many days after its end a day must be read to count as settled:
   *     neighbouring days may be joined in the coverage if all of them are settled, or none
   * @throws StoreException if the store cannot be written; it is then as before
   */
  void write(List<Reading> readings, int settleAfterDays);

  /**
   * Writes what could not be read; replaces earlier failures of the same subjects and days.
   *
   * @param failures what could not be read, in any number
   * @throws StoreException if the store cannot be written; it is then as before
   */
  void writeFailures(List<Failure> failures);

  /**
   * Returns a reader of the store as it is now. All methods of the reader see this one state,
   * whatever is written meanwhile. Reads with one connection, in one transaction; use it in one
   * thread, without nesting its methods, and close it before the store.
   *
   * @return the reader, to be closed
   * @throws StoreException if the store cannot be read
   */
  UsageReader snapshot();

  /** Closes the store. What was written stays. */
  @Override
  void close();
}
