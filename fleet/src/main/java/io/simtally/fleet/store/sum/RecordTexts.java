package io.simtally.fleet.store.sum;

import io.simtally.fleet.store.UsageQuery;
import java.nio.file.Path;

/**
 * A reader whose database can write the records of a large fleet into a file by itself, which is
 * faster than reading them row by row. For one thread.
 */
public interface RecordTexts {
  /**
   * Writes a text for each record that starts in the days of a query and counts in the totals, in
   * the order of {@link io.simtally.fleet.store.UsageReader#unsortedRecords}. A line feed follows
   * each text.
   *
   * @param query the selection
   * @param text an expression of the columns of {@code usage_record} in the SQL of DuckDB, never
   *     null
   * @param file the file, which is created or overwritten
   * @return whether the database writes files; nothing is written otherwise
   * @throws io.simtally.fleet.store.StoreException if the store cannot be read or the file cannot
   *     be written
   */
  boolean writeTexts(UsageQuery query, String text, Path file);
}
