package io.simtally.iotx;

import io.simtally.core.UsageRecord;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What {@link DataUsageBySubscriber} can say beside its members. */
interface UsageBySubscriber {
  /** Bytes by subscriber and bucket. */
  Map<String, SortedMap<OffsetDateTime, Long>> subscriberDataUsage();

  /**
   * The usage in the form all providers share: one record for each subscriber and bucket. The
   * subject is the subscriber as the answer names it, in the published samples by a telephone
   * number and not by the {@code physicalId}. A record starts at the time of the bucket; IoT-X does
   * not say how long a bucket lasts, so the period is null. Uplink is not told from downlink.
   *
   * @return the records, subscriber by subscriber as the answer has them, of each the oldest first;
   *     unmodifiable
   */
  default List<UsageRecord> usageRecords() {
    var records = new ArrayList<UsageRecord>();
    subscriberDataUsage()
        .forEach(
            (subscriber, buckets) ->
                buckets.forEach(
                    (time, bytes) ->
                        records.add(
                            new UsageRecord(
                                "iotx-analytics",
                                subscriber,
                                time.toInstant(),
                                null,
                                bytes,
                                null,
                                null,
                                null))));
    return Collections.unmodifiableList(records);
  }
}
