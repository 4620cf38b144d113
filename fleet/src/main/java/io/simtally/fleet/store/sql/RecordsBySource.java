package io.simtally.fleet.store.sql;

import io.simtally.core.UsageRecord;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable list of the records of one device that have several sources, those of each source
 * together, in {@linkplain RecordColumns columns} if they allow it.
 */
public final class RecordsBySource extends AbstractList<UsageRecord> {
  private final List<List<UsageRecord>> parts;
  private final int size;

  private RecordsBySource(List<List<UsageRecord>> parts) {
    this.parts = parts;
    this.size = parts.stream().mapToInt(List::size).sum();
  }

  /** Returns an unmodifiable copy. Records of one device with several sources are reordered. */
  public static List<UsageRecord> copyOf(List<UsageRecord> records) {
    if (records instanceof RecordsBySource) {
      return records;
    }
    var copy = RecordColumns.copyOf(records);
    if (copy instanceof RecordColumns || !isOfOneSubject(copy)) {
      return copy;
    }
    var sources = new LinkedHashMap<@Nullable String, List<UsageRecord>>();
    for (var each : copy) {
      sources.computeIfAbsent(each.source(), source -> new ArrayList<>()).add(each);
    }
    return sources.size() < 2
        ? copy
        : new RecordsBySource(sources.values().stream().map(RecordColumns::copyOf).toList());
  }

  private static boolean isOfOneSubject(List<UsageRecord> records) {
    for (var each : records) {
      if (!each.subject().equals(records.get(0).subject())) {
        return false;
      }
    }
    return true;
  }

  /** Returns the records of each source. */
  List<List<UsageRecord>> parts() {
    return parts;
  }

  @Override
  public UsageRecord get(int index) {
    var rest = index;
    for (var part : parts) {
      if (rest < part.size()) {
        return part.get(rest);
      }
      rest -= part.size();
    }
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public int size() {
    return size;
  }
}
