package io.simtally.iotx;

import io.simtally.core.UsageRecord;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What {@link DataUsageByDirection} can say beside its members. */
interface UsageByDirection {
  /** Bytes that the subscriber sent, by bucket. */
  SortedMap<OffsetDateTime, Long> mobileOriginated();

  /** Bytes that the subscriber received, by bucket. */
  SortedMap<OffsetDateTime, Long> mobileTerminated();

  /**
   * The usage in the form all providers share: one record for each bucket of either direction,
   * oldest first. It starts at the time of the bucket; IoT-X does not say how long a bucket lasts,
   * so the period is null. Uplink is what is mobile originated, downlink what is mobile terminated;
   * a direction that the bucket is missing in is null, and the total is that of the other.
   *
   * @param subject whose usage it is, which the answer does not say: the {@code physicalId} that
   *     was asked for, or a name for the company
   * @return the records, oldest first; unmodifiable
   */
  default List<UsageRecord> usageRecords(String subject) {
    var times = new TreeSet<>(OffsetDateTime.timeLineOrder());
    times.addAll(mobileOriginated().keySet());
    times.addAll(mobileTerminated().keySet());
    var records = new ArrayList<UsageRecord>(times.size());
    for (var time : times) {
      var uplink = mobileOriginated().get(time);
      var downlink = mobileTerminated().get(time);
      records.add(
          new UsageRecord(
              "iotx-analytics",
              subject,
              time.toInstant(),
              null,
              Math.addExact(orZero(uplink), orZero(downlink)),
              uplink,
              downlink,
              null));
    }
    return Collections.unmodifiableList(records);
  }

  private static long orZero(@Nullable Long bytes) {
    return bytes == null ? 0 : bytes;
  }
}
