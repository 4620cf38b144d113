package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
   * How many of some subjects lack nothing: all of the days have been read, so late that the
   * carrier has corrected them for the last time. A run asks for this where it expects all of them,
   * and for the {@linkplain #coverage(String, Collection, DayRange) coverage} if it is not so; a
   * subject with settled days in several ranges may be left out.
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
