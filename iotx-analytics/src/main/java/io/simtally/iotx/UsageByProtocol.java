package io.simtally.iotx;

import io.simtally.core.UsageRecord;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@link DataUsageByNetworkProtocol} can say beside its members. */
interface UsageByProtocol {
  /** Bytes by protocol and bucket. */
  Map<String, SortedMap<OffsetDateTime, Long>> content();

  /**
   * The usage in the form all providers share: one record for each bucket, oldest first, with the
   * bytes of all protocols together, so that a subject has no two records for one time. A record
   * starts at the time of the bucket; IoT-X does not say for sure how long a bucket lasts, so the
   * period is null. Uplink is not told from downlink.
   *
   * <p>These are bytes that {@link IotxAnalytics#dataUsage} and {@link
   * IotxAnalytics#dataUsageBySubscriber} count as well: add up the records of only one of them.
   *
   * @param subject whose usage it is, which the answer does not say: a name for the company
   * @return the records, oldest first; unmodifiable
   */
  default List<UsageRecord> usageRecords(String subject) {
    var totals = new TreeMap<OffsetDateTime, Long>(OffsetDateTime.timeLineOrder());
    for (var buckets : content().values()) {
      buckets.forEach((time, bytes) -> totals.merge(time, bytes, Math::addExact));
    }
    var records = new ArrayList<UsageRecord>(totals.size());
    totals.forEach(
        (time, bytes) ->
            records.add(
                new UsageRecord(
                    "iotx-analytics", subject, time.toInstant(), null, bytes, null, null, null)));
    return Collections.unmodifiableList(records);
  }
}
