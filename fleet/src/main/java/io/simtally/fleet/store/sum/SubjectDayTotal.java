package io.simtally.fleet.store.sum;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;

/**
 * The usage of one subject on one day, with the sources that counted it.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param subject the subject
 * @param day the day in UTC
 * @param totalBytes bytes in both directions, which may exceed a {@code long} if rows are wrong
 * @param sources the names of the sources if there are several, in order; else none
 */
public record SubjectDayTotal(
    String provider,
    String account,
    String subject,
    LocalDate day,
    BigInteger totalBytes,
    List<String> sources) {
  /** Copies the sources. */
  public SubjectDayTotal {
    sources = List.copyOf(sources);
  }
}
