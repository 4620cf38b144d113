package io.simtally.mason;

import io.simtally.core.Page;
import io.simtally.core.PageCursor;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.ImmutableArrayList;
import io.simtally.core.internal.Preconditions;
import java.util.List;
import java.util.Optional;

/**
 * One page of monthly usage.
 *
 * @param items the rows
 * @param next the cursor of the next page, empty if there are no more rows
 * @param previous the cursor of the previous page, empty if Mason names none. {@code
 *     request.from(previous).execute()} returns its rows; an iteration from there runs forward
 */
public record AggregateUsagePage(
    List<AggregateUsage> items, Optional<PageCursor> next, Optional<PageCursor> previous)
    implements Page<AggregateUsage> {

  /** Copies the rows and refuses null. */
  public AggregateUsagePage {
    Preconditions.present("items", items);
    Preconditions.present("next", next);
    Preconditions.present("previous", previous);
    items = ImmutableArrayList.copyOf(items);
  }

  /**
   * Makes a page without neighbours, for tests of a program.
   *
   * @param items the rows; the page keeps a copy, which cannot be modified
   */
  public AggregateUsagePage(List<AggregateUsage> items) {
    this(items, Optional.empty(), Optional.empty());
  }

  /**
   * {@return the rows as {@link AggregateUsage#usageRecord()} converts them, in the same order;
   * unmodifiable} A SIM with several marker values has as many records.
   *
   * @throws io.simtally.core.ApiException of kind {@code UNREADABLE_RESPONSE} if a row names no
   *     SIM, or its unit is not bytes
   */
  public List<UsageRecord> usageRecords() {
    return items.stream().map(AggregateUsage::usageRecord).toList();
  }

  /**
   * {@return the rows as {@link #usageRecords()} does, also if some count the whole account}
   *
   * @param subject the subject of rows without a SIM; the subject of the others is the ICCID
   * @throws io.simtally.core.ApiException of kind {@code UNREADABLE_RESPONSE} if a row's unit is
   *     not bytes
   */
  public List<UsageRecord> usageRecords(String subject) {
    return items.stream().map(row -> row.usageRecord(subject)).toList();
  }
}
