package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps what the carriers said: usage records, which days have been read, and what could not be
 * read. Thread-safe: the threads of several carriers may share one store. Implement it to keep them
 * in another database.
 *
 * <p>Days are replaced, never added to: writing the same days again changes nothing. All moments
 * are kept to the microsecond.
 */
public interface UsageStore extends AutoCloseable {
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
   * Which of some days of some subjects have been read, in one query.
   *
   * @param provider which carrier, as in its records
   * @param subjects whose days; a chunk of a large fleet
   * @param days which days
   * @return the days read, cut to those asked for, ordered by subject and day, without overlaps
   * @throws StoreException if the store cannot be read
   */
  List<Coverage> coverage(String provider, Collection<String> subjects, DayRange days);

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
   * The records that start in some days, ordered by provider, subject and start. They are handed
   * over as they are read, so that memory does not grow with them.
   *
   * @param days which days
   * @param taker takes each record; what it throws ends the reading and comes out of this method
   * @throws StoreException if the store cannot be read
   */
  void records(DayRange days, Consumer<? super UsageRecord> taker);

  /**
   * The bytes of each subject on each day that has a record, ordered by provider, subject and day,
   * handed over as they are read.
   *
   * @param days which days
   * @param taker takes each day; what it throws ends the reading and comes out of this method
   * @throws StoreException if the store cannot be read
   */
  void dailyUsage(DayRange days, Consumer<? super DailyUsage> taker);

  /**
   * The bytes of each carrier in each month, ordered by provider and month.
   *
   * @param days which days; a month that they cut is counted for the days in them
   * @return the months that have a record
   * @throws StoreException if the store cannot be read
   */
  List<MonthlyUsage> monthlyUsage(DayRange days);

  /**
   * What has been read of some days, cut to them, ordered by provider, subject and day, handed over
   * as it is read.
   *
   * @param days which days
   * @param taker takes each; what it throws ends the reading and comes out of this method
   * @throws StoreException if the store cannot be read
   */
  void coverage(DayRange days, Consumer<? super Coverage> taker);

  /**
   * What the latest run of each carrier could not read and no later one has, ordered by provider,
   * subject and day, handed over as it is read.
   *
   * @param taker takes each; what it throws ends the reading and comes out of this method
   * @throws StoreException if the store cannot be read
   */
  void failures(Consumer<? super Failure> taker);

  /**
   * The days whose figures the latest run of each carrier found changed, ordered by provider,
   * subject and day, handed over as they are read.
   *
   * @param taker takes each; what it throws ends the reading and comes out of this method
   * @throws StoreException if the store cannot be read
   */
  void corrections(Consumer<? super Correction> taker);

  /**
   * The days from the first to the last that has been read of any subject.
   *
   * @return the days, or empty if nothing has been read
   * @throws StoreException if the store cannot be read
   */
  Optional<DayRange> days();

  /** Closes the store. What was written stays. */
  @Override
  void close();
}
