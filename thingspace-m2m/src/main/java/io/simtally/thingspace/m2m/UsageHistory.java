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
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a usage request: at most 500 rows, oldest first. Rows that a page before it has
 * brought are already taken out.
 *
 * @param deviceId whose usage it is, or null if ThingSpace does not say
 * @param usageHistory the rows
 * @param hasMoreData whether there are more rows to ask for
 * @param next where to go on, empty if there are no more rows
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

  /**
   * Keeps a copy of the rows.
   *
   * @throws IllegalArgumentException if {@code usageHistory} or {@code next} is null
   */
  public UsageHistory {
    Preconditions.present("usageHistory", usageHistory);
    Preconditions.present("next", next);
    usageHistory = ImmutableArrayList.copyOf(usageHistory);
  }

  /**
   * An answer that no request has given, so that it leads nowhere.
   *
   * @param deviceId whose usage it is, or null if ThingSpace does not say
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
   * {@return the rows in the form all providers share, in the same order; unmodifiable} The subject
   * is the id of the device; start and period are the day of the row. Where several sources count
   * the same day each has its record, told apart by {@link UsageRecord#source}; whether they count
   * the same bytes ThingSpace does not say.
   *
   * @throws IllegalStateException if ThingSpace does not say whose usage it is
   */
  public List<UsageRecord> usageRecords() {
    if (deviceId == null) {
      throw new IllegalStateException("the answer names no device: use usageRecords(subject)");
    }
    return usageRecords(deviceId.id());
  }

  /**
   * {@return the same of a subject that the caller knows, for example the label that was asked for}
   *
   * @param subject whose usage it is, in place of the answer's own {@link #deviceId}
   */
  public List<UsageRecord> usageRecords(String subject) {
    return usageHistory.stream().map(day -> day.usageRecord(subject)).toList();
  }

  /**
   * Reads an answer, of which either the flag or, by ThingSpace's page, the status says whether
   * there is more: where they differ the flag counts, but its absence from a 202 is no end.
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
