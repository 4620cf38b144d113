package io.simtally.alef;

import io.simtally.core.UsageRecord;
import java.util.List;
import java.util.Map;

/**
 * Alef's answer: a {@link SeriesReport} for a range, a {@link SnapshotReport} for {@link
 * TimeWindow#NOW}. The content of the answer decides which, not the request.
 *
 * @see <a href="https://docs.alefedge.com/reporting/">Reporting</a>
 */
public sealed interface Report permits SeriesReport, SnapshotReport {
  /**
   * {@return the other members of the answer by Alef's names, for example {@code msisdn}}
   * Unmodifiable. Numbers are as Alef writes them, lists and objects are their JSON. A null is left
   * out. The account may be written in another way than in the request.
   */
  Map<String, String> dimensions();

  /**
   * {@return the records of {@link #usageRecords(String)} for the subject that the answer names}
   * The subject is the first of {@code msisdn}, {@code imsi}, {@code customer_site_id} and {@code
   * account_id} in the answer.
   *
   * @throws io.simtally.core.ApiException of kind {@code UNREADABLE_RESPONSE} if the answer has
   *     none of them, or as {@link #usageRecords(String)}
   */
  default List<UsageRecord> usageRecords() {
    for (var name : DimensionFilter.SUBJECTS) {
      var subject = dimensions().get(name);
      if (subject != null) {
        return usageRecords(subject);
      }
    }
    throw ByteUsage.CONVERSION.refused("the report names no subject: use usageRecords(subject)");
  }

  /**
   * Converts the report into usage records, oldest first: {@link Metric#UPLINK_BYTES} and {@link
   * Metric#DOWNLINK_BYTES} with {@link Aggregation#COUNT}, joined by their time. A direction
   * without a value is null and not in the total.
   *
   * <p>Alef reports fractions of bytes. Each direction is rounded to the nearest whole byte, half a
   * byte upwards. The total is the sum of both, so a record differs from the report by at most one
   * byte.
   *
   * @param subject the subject of the records
   * @return the records, unmodifiable; none for a series without values
   * @throws io.simtally.core.ApiException of kind {@code UNREADABLE_RESPONSE} if the report has
   *     values, but none that count bytes; if it has two counts of one direction for one time; or
   *     if the bytes of a record exceed a long. The message names the time and the figures
   */
  List<UsageRecord> usageRecords(String subject);
}
