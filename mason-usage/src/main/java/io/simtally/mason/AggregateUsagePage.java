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
 * @param next where to go on, empty if there are no more rows
 * @param previous the page before, empty if Mason names none. Its rows come by {@code
 *     request.from(previous).execute()}; an iteration from there goes on forward
 */
public record AggregateUsagePage(
    List<AggregateUsage> items, Optional<PageCursor> next, Optional<PageCursor> previous)
    implements Page<AggregateUsage> {

  /**
   * Keeps a copy of the rows.
   *
   * @throws IllegalArgumentException if {@code items}, {@code next} or {@code previous} is null
   */
  public AggregateUsagePage {
    Preconditions.present("items", items);
    Preconditions.present("next", next);
    Preconditions.present("previous", previous);
    items = ImmutableArrayList.copyOf(items);
  }

  /**
   * A page that no request has given, so that it leads nowhere.
   *
   * @param items the rows; the page keeps a copy, which cannot be modified
   */
  public AggregateUsagePage(List<AggregateUsage> items) {
    this(items, Optional.empty(), Optional.empty());
  }

  /**
   * {@return the rows in the form all providers share, in their order and unmodifiable} Each is
   * read as {@link AggregateUsage#usageRecord()} does. A SIM with several marker values has as many
   * records.
   *
   * @throws IllegalStateException if a row names no SIM, or its unit is not bytes
   */
  public List<UsageRecord> usageRecords() {
    return items.stream().map(AggregateUsage::usageRecord).toList();
  }

  /**
   * {@return the rows in the form all providers share, also if some count the whole account} They
   * are in the order of the page and unmodifiable.
   *
   * @param subject whose usage the rows are that name no SIM; the others keep their ICCID
   * @throws IllegalStateException if a row's unit is not bytes
   */
  public List<UsageRecord> usageRecords(String subject) {
    return items.stream().map(row -> row.usageRecord(subject)).toList();
  }
}
