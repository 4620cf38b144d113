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
   * Begins a run over a carrier. Removes the {@linkplain #corrections corrections} of the previous
   * run if that run has {@linkplain #end ended}, and resumes that run otherwise. Keeps all
   * {@linkplain #failures failures}.
   *
   * @param provider the carrier, as in its records
   * @param at the time of the call
   * @throws StoreException if the store cannot be written
   */
  void begin(String provider, Instant at);

  /**
   * Ends a run over a carrier that has sent all its requests.
   *
   * @param provider the carrier, as in its records
   * @param at the time of the call
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
   * Writes all readings or none. Each reading replaces the records of its subject that start in its
   * days, and removes these days from the failures of its subject. A reading of the {@linkplain
   * #ACCOUNT account} does so for all subjects. If several readings include one day of one subject,
   * the last of them counts.
   *
   * @param readings any number of readings
   * @param settleAfterDays how many days after its end a day must be read to count as settled:
   *     neighbouring days may be joined in the coverage if all of them are settled, or none
   * @throws StoreException if the store cannot be written; it is then unchanged
   */
  void write(List<Reading> readings, int settleAfterDays);

  /**
   * Writes failures. They replace earlier failures of the same subjects and days.
   *
   * @param failures any number of failures
   * @throws StoreException if the store cannot be written; it is then unchanged
   */
  void writeFailures(List<Failure> failures);

  /**
   * Removes days from the failures of the {@linkplain #ACCOUNT account}. A run calls this after it
   * has asked all devices for these days: each device that it could not read has a failure of its
   * own.
   *
   * @param provider the carrier, as in its records
   * @param days the days
   * @throws StoreException if the store cannot be written; it is then unchanged
   */
  void removeAccountFailures(String provider, List<DayRange> days);

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
   * What could not be read and no later reading has brought, ordered by provider, subject and day,
   * handed over as it is read.
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
