package io.simtally.cli.usage;

import java.math.BigInteger;

/** A sum of byte counts, which may exceed a {@code long}. */
final class ByteSum {
  private long low;
  private long carried;

  /**
   * Adds a count.
   *
   * @param bytes the count, not negative
   */
  void add(long bytes) {
    low += bytes;
    if (low < 0) {
      low &= Long.MAX_VALUE;
      carried++;
    }
  }

  BigInteger value() {
    var bytes = BigInteger.valueOf(low);
    return carried == 0 ? bytes : BigInteger.valueOf(carried).shiftLeft(Long.SIZE - 1).add(bytes);
  }
}
