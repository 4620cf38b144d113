package io.simtally.mason;

import io.simtally.core.Page;
import io.simtally.core.PageCursor;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.ImmutableArrayList;
import io.simtally.core.internal.Preconditions;
import java.util.List;
import java.util.Optional;

/**
 * One page of daily usage.
 *
 * @param items the rows, a day each
 * @param next the cursor of the next page, empty if there are no more rows
 * @param previous the cursor of the previous page, empty if Mason names none. {@code
 *     request.from(previous).execute()} returns its rows; an iteration from there runs forward
 */
public record UsagePage(List<Usage> items, Optional<PageCursor> next, Optional<PageCursor> previous)
    implements Page<Usage> {

  /** Copies the rows and refuses null. */
  public UsagePage {
    Preconditions.present("items", items);
    Preconditions.present("next", next);
    Preconditions.present("previous", previous);
    items = ImmutableArrayList.copyOf(items);
  }

  /**
   * Makes a page without neighbours, for tests of a program.
   *
   * @param items the rows, a day each; the page keeps a copy, which cannot be modified
   */
  public UsagePage(List<Usage> items) {
    this(items, Optional.empty(), Optional.empty());
  }

  /**
   * {@return the rows as {@link Usage#dailyUsageRecord} converts them, in the same order;
   * unmodifiable} The answer does not name a subject.
   *
   * @param subject the subject of the records, for example the ICCID that was asked for
   * @throws io.simtally.core.ApiException of kind {@code UNREADABLE_RESPONSE} if a row's unit is
   *     not bytes
   */
  public List<UsageRecord> usageRecords(String subject) {
    return items.stream().map(day -> day.dailyUsageRecord(subject)).toList();
  }
}
