package io.simtally.simulator.mason;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums usage by a key, in the order of the first appearance. */
final class MasonTally<K> {
  private final Map<K, Sum> sums = new LinkedHashMap<>();

  /** Creates a row from a sum. */
  @FunctionalInterface
  interface RowMaker<K> {
    MasonRow row(K key, long upload, long download);
  }

  void add(K key, long upload, long download) {
    Sum sum = sums.computeIfAbsent(key, unused -> new Sum());
    sum.upload = Math.addExact(sum.upload, upload);
    sum.download = Math.addExact(sum.download, download);
  }

  List<MasonRow> rows(RowMaker<K> maker) {
    return sums.entrySet().stream()
        .map(one -> maker.row(one.getKey(), one.getValue().upload, one.getValue().download))
        .toList();
  }

  private static final class Sum {
    private long upload;
    private long download;
  }
}
