package io.simtally.iotx;

import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** What {@link DataUsageByIpAddress} can say beside its members. */
interface UsageByAddress {
  /** Usage by IP address. */
  Map<String, IpAddressUsage> dataUsageByIp();

  /**
   * The usage in the form all providers share: one record for the whole range that was asked for,
   * with the bytes of all addresses together, or none if there is no address. The answer itself has
   * no times but those when an address was last seen. Uplink is not told from downlink. {@link
   * DataUsageByIpAddress#totalData} is left alone: the specification calls it the company's, in the
   * answer for a subscriber too.
   *
   * <p>These are bytes that the calls without addresses count as well: add up the records of only
   * one of them.
   *
   * @param subject whose usage it is, which the answer does not say: the {@code physicalId} that
   *     was asked for, or a name for the company
   * @param startDate as it was asked for
   * @param endDate as it was asked for
   * @return one record, or none if there is no address; unmodifiable
   * @throws IllegalArgumentException if {@code endDate} is before {@code startDate}
   */
  default List<UsageRecord> usageRecords(
      String subject, OffsetDateTime startDate, OffsetDateTime endDate) {
    DateSetting.ordered("usageRecords()", "startDate", startDate, "endDate", endDate);
    var bytes = 0L;
    for (var usage : dataUsageByIp().values()) {
      bytes = Math.addExact(bytes, usage.bytes());
    }
    return dataUsageByIp().isEmpty()
        ? List.of()
        : List.of(
            new UsageRecord(
                "iotx-analytics",
                subject,
                startDate.toInstant(),
                Duration.between(startDate, endDate),
                bytes,
                null,
                null,
                null));
  }
}
