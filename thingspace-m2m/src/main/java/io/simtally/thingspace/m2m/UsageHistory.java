package io.simtally.thingspace.m2m;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.core.Page;
import io.simtally.core.PageCursor;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.ErrorMembers;
import io.simtally.core.internal.ImmutableArrayList;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.PagingStalledException;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.usage.UsageConversion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a device's daily usage: at most 500 rows, oldest first, without the rows of earlier
 * pages.
 *
 * @param deviceId the device that the rows belong to, or null if ThingSpace does not say
 * @param usageHistory the rows
 * @param hasMoreData whether there are more rows to ask for
 * @param next the cursor of the next page, empty if there are no more rows
 */
public record UsageHistory(
    @Nullable DeviceId deviceId,
    List<DailyUsage> usageHistory,
    boolean hasMoreData,
    Optional<PageCursor> next)
    implements Page<DailyUsage> {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of("hasMoreData", "deviceId", "usageHistory");
  private static final int ACCEPTED = 202;

  static final String OPERATION = "POST /m2m/v1/devices/usage/actions/list";
  static final UsageConversion CONVERSION = new UsageConversion("thingspace-m2m", OPERATION);

  /** Copies the rows and refuses null. */
  public UsageHistory {
    Preconditions.present("usageHistory", usageHistory);
    Preconditions.present("next", next);
    usageHistory = ImmutableArrayList.copyOf(usageHistory);
  }

  /**
   * Makes an answer without a next page, for tests of a program.
   *
   * @param deviceId the device that the rows belong to, or null if ThingSpace does not say
   * @param usageHistory the rows, oldest first
   * @param hasMoreData whether there are more rows to ask for
   */
  public UsageHistory(
      @Nullable DeviceId deviceId, List<DailyUsage> usageHistory, boolean hasMoreData) {
    this(deviceId, usageHistory, hasMoreData, Optional.empty());
  }

  /** {@return the same rows as {@link #usageHistory}} */
  @Override
  public List<DailyUsage> items() {
    return usageHistory;
  }

  /**
   * {@return the rows as usage records, in the same order; unmodifiable} The subject is the id of
   * the device; start and period are the day of the row. Where several sources count the same day,
   * each has its record and names its {@link UsageRecord#source}. ThingSpace does not say whether
   * they count the same bytes.
   *
   * @throws io.simtally.core.ApiException of kind {@code UNREADABLE_RESPONSE} if the answer names
   *     no device
   */
  public List<UsageRecord> usageRecords() {
    if (deviceId == null) {
      throw CONVERSION.refused("the answer names no device: use usageRecords(subject)");
    }
    return usageRecords(deviceId.id());
  }

  /**
   * {@return the rows as {@link #usageRecords()} does, for a subject of the caller's}
   *
   * @param subject the subject in place of {@link #deviceId}, for example the label
   */
  public List<UsageRecord> usageRecords(String subject) {
    return usageHistory.stream().map(day -> day.usageRecord(subject)).toList();
  }

  /**
   * Reads an answer. By ThingSpace's page the status or the flag says whether there is more data.
   * Where they differ the flag decides; a 202 without the flag is refused.
   */
  static UsageHistory read(JsonReader reader, int status) throws IOException {
    DeviceId deviceId = null;
    List<DailyUsage> usageHistory = null;
    Boolean hasMoreData = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> hasMoreData = Json.once(reader, hasMoreData, Json.flag(reader, "true or false"));
        case 1 -> deviceId = Json.once(reader, deviceId, DeviceId.read(reader));
        case 2 ->
            usageHistory = Json.once(reader, usageHistory, Json.list(reader, DailyUsage::read));
        default -> ErrorMembers.skip(reader);
      }
    }
    reader.endObject();
    if (usageHistory == null && hasMoreData == null) {
      throw new JsonDataException(
          "Expected usageHistory or hasMoreData but found neither at " + reader.getPath());
    }
    if (hasMoreData == null && status == ACCEPTED) {
      throw new PagingStalledException(
          "the status 202 promises more data and hasMoreData is missing");
    }
    return new UsageHistory(
        deviceId,
        usageHistory == null ? List.of() : usageHistory,
        hasMoreData != null && hasMoreData);
  }
}
