package io.simtally.alef;

import io.simtally.core.UsageRecord;
import java.util.List;
import java.util.Map;

/**
 * What Alef answers: a {@link SeriesReport} for a range of time, a {@link SnapshotReport} for
 * {@link TimeWindow#NOW}. Which of the two came is told by its content, not by what was asked.
 *
 * @see <a href="https://docs.alefedge.com/reporting/">Reporting</a>
 */
public sealed interface Report permits SeriesReport, SnapshotReport {
  /**
   * {@return what else the answer says, by the names that Alef uses, for example {@code msisdn}}
   * Unmodifiable. Numbers are exactly as they came, lists and objects are their JSON. What Alef
   * sends as null is left out. The account may be written in another way than in the request.
   */
  Map<String, String> dimensions();

  /**
   * {@return the bytes that were counted in the form all providers share, for the subject that the
   * answer names} That is the first there is of {@code msisdn}, {@code imsi}, {@code
   * customer_site_id} and {@code account_id}. The records are those of {@link
   * #usageRecords(String)}.
   *
   * @throws IllegalStateException if the answer names none of them, or as {@link
   *     #usageRecords(String)}
   */
  default List<UsageRecord> usageRecords() {
    for (var name :
        List.of(
            DimensionFilter.MSISDN,
            DimensionFilter.IMSI,
            DimensionFilter.CUSTOMER_SITE,
            DimensionFilter.ACCOUNT)) {
      var subject = dimensions().get(name);
      if (subject != null) {
        return usageRecords(subject);
      }
    }
    throw new IllegalStateException("the report names no subject: use usageRecords(subject)");
  }

  /**
   * The bytes that were counted in the form all providers share, oldest first: {@link
   * Metric#UPLINK_BYTES} and {@link Metric#DOWNLINK_BYTES} that were asked for with {@link
   * Aggregation#COUNT}, joined where they are about the same time. A direction without a value is
   * null there, and not in the total.
   *
   * <p>Alef reports fractions of bytes. Each direction is rounded to the nearest whole byte, half a
   * byte upwards, and the total is the sum of the two: a record is at most one byte off what {@code
   * result} or {@code metrics} say exactly.
   *
   * @param subject whose usage it is
   * @return the records, unmodifiable; none for a series without any value
   * @throws IllegalStateException if the report has values, but none that count bytes; or two
   *     counts of one direction for the same time, of which it does not say whose each is
   * @throws ArithmeticException if the bytes of a record are beyond what a {@code long} holds; the
   *     message names the subject and the start of the record
   */
  List<UsageRecord> usageRecords(String subject);
}
