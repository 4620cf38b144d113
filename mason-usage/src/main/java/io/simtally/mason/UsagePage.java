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
 * @param next where to go on, empty if there are no more rows
 * @param previous the page before, empty if Mason names none. Its rows come by {@code
 *     request.from(previous).execute()}; an iteration from there goes on forward
 */
public record UsagePage(List<Usage> items, Optional<PageCursor> next, Optional<PageCursor> previous)
    implements Page<Usage> {

  /**
   * Keeps a copy of the rows.
   *
   * @throws IllegalArgumentException if {@code items}, {@code next} or {@code previous} is null
   */
  public UsagePage {
    Preconditions.present("items", items);
    Preconditions.present("next", next);
    Preconditions.present("previous", previous);
    items = ImmutableArrayList.copyOf(items);
  }

  /**
   * A page that no request has given, so that it leads nowhere.
   *
   * @param items the rows, a day each; the page keeps a copy, which cannot be modified
   */
  public UsagePage(List<Usage> items) {
    this(items, Optional.empty(), Optional.empty());
  }

  /**
   * {@return the rows in the form all providers share, in their order and unmodifiable} Each is
   * read as {@link Usage#dailyUsageRecord} does. The answer does not name whose usage it is.
   *
   * @param subject whose usage it is, for example the ICCID that was asked for
   * @throws IllegalStateException if a row's unit is not bytes
   */
  public List<UsageRecord> usageRecords(String subject) {
    return items.stream().map(day -> day.dailyUsageRecord(subject)).toList();
  }
}
