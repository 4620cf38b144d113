package io.simtally.core.internal.usage;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Preconditions;
import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of a request's range, as its setters give them. Immutable.
 *
 * @param <T> the type of both ends, {@link Instant} or {@link java.time.OffsetDateTime}
 * @param startName the setter of the start, for messages
 * @param endName the setter of the end, for messages
 * @param start the start, or null if it is not set
 * @param end the end, or null if it is not set
 * @param days the whole days that both ends were made of, or null if they were set one by one
 */
public record RangeSetting<T extends TemporalAccessor>(
    String startName, String endName, @Nullable T start, @Nullable T end, @Nullable DayRange days) {

  /**
   * Makes a range without ends.
   *
   * @param <T> the type of both ends
   * @param startName the setter of the start
   * @param endName the setter of the end
   * @return the range
   */
  public static <T extends TemporalAccessor> RangeSetting<T> of(String startName, String endName) {
    return new RangeSetting<>(startName, endName, null, null, null);
  }

  /**
   * Sets the start.
   *
   * @param moment the start
   * @return a changed copy
   * @throws IllegalArgumentException if it is null
   */
  public RangeSetting<T> withStart(T moment) {
    return new RangeSetting<>(
        startName, endName, Preconditions.present(startName, moment), end, null);
  }

  /**
   * Sets the end.
   *
   * @param moment the end
   * @return a changed copy
   * @throws IllegalArgumentException if it is null
   */
  public RangeSetting<T> withEnd(T moment) {
    return new RangeSetting<>(
        startName, endName, start, Preconditions.present(endName, moment), null);
  }

  /**
   * Sets both ends to those of whole days.
   *
   * @param range the days
   * @param first makes the start
   * @param last makes the end, as the provider counts it
   * @return a changed copy
   * @throws IllegalArgumentException if {@code range} is null
   */
  public RangeSetting<T> withDays(
      DayRange range, Function<DayRange, T> first, Function<DayRange, T> last) {
    var given = Preconditions.present("days", range);
    return new RangeSetting<>(startName, endName, first.apply(given), last.apply(given), given);
  }

  /**
   * Returns the start.
   *
   * @param call the call, for the message
   * @return the start
   * @throws IllegalStateException if it is not set
   */
  public T requiredStart(String call) {
    return required(call, startName, start);
  }

  /**
   * Returns the end.
   *
   * @param call the call, for the message
   * @return the end
   * @throws IllegalStateException if it is not set
   */
  public T requiredEnd(String call) {
    return required(call, endName, end);
  }

  /**
   * Checks the order of the ends that are set.
   *
   * @param call the call, for the message
   * @throws IllegalArgumentException if the range ends before it starts
   */
  public void check(String call) {
    if (start != null && end != null && Instant.from(start).isAfter(Instant.from(end))) {
      throw new IllegalArgumentException(
          call + " has " + startName + " " + start + " after " + endName + " " + end);
    }
  }

  /**
   * Leaves out records of other days, where the range was given in days: a provider may count an
   * end that its page excludes, or answer with the days next to a range.
   *
   * @param records the records of an answer
   * @return the records that start in the days, in the same order; all if the ends were set one by
   *     one
   */
  public List<UsageRecord> within(Stream<UsageRecord> records) {
    return records.filter(record -> days == null || days.contains(record.start())).toList();
  }

  private static <T> T required(String call, String setting, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(call + " needs " + setting);
    }
    return value;
  }
}
