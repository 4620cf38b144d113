package io.simtally.cli.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.BitSet;

/** A set of subjects in some 40 bytes each, which remembers the subjects that were met. */
final class SubjectSet {
  private static final int BLOCK = 1 << 20;
  private static final int LENGTH_BYTES = 2;

  private byte[][] blocks = {};
  private int used = BLOCK;

  /** Where the subjects begin, each one more so that 0 is none. */
  private long[] table = new long[64];

  private final BitSet met = new BitSet();
  private int size;

  void add(String subject) {
    if (2 * size >= table.length) {
      grow();
    }
    var bytes = subject.getBytes(UTF_8);
    var slot = slot(bytes);
    if (table[slot] == 0) {
      table[slot] = append(bytes) + 1;
      size++;
    }
  }

  /**
   * Marks a subject as met.
   *
   * @return whether the set has the subject
   */
  boolean meet(String subject) {
    var slot = slot(subject.getBytes(UTF_8));
    if (table[slot] == 0) {
      return false;
    }
    met.set(slot);
    return true;
  }

  /** Returns whether the subject was met. No subject is added after the first meeting. */
  boolean isMet(String subject) {
    return met.get(slot(subject.getBytes(UTF_8)));
  }

  private int slot(byte[] bytes) {
    var slot = Math.floorMod(Arrays.hashCode(bytes) * 0x9E3779B1, table.length);
    while (table[slot] != 0 && !isAt(table[slot] - 1, bytes)) {
      slot = (slot + 1) % table.length;
    }
    return slot;
  }

  private boolean isAt(long place, byte[] bytes) {
    var block = blocks[(int) (place / BLOCK)];
    var at = (int) (place % BLOCK);
    var length = length(block, at);
    return length == bytes.length
        && Arrays.equals(
            block, at + LENGTH_BYTES, at + LENGTH_BYTES + length, bytes, 0, bytes.length);
  }

  private static int length(byte[] block, int at) {
    return (Byte.toUnsignedInt(block[at]) << 8) | Byte.toUnsignedInt(block[at + 1]);
  }

  private long append(byte[] bytes) {
    if (used + LENGTH_BYTES + bytes.length > BLOCK) {
      blocks = Arrays.copyOf(blocks, blocks.length + 1);
      blocks[blocks.length - 1] = new byte[BLOCK];
      used = 0;
    }
    var block = blocks[blocks.length - 1];
    var place = (blocks.length - 1L) * BLOCK + used;
    block[used] = (byte) (bytes.length >> 8);
    block[used + 1] = (byte) bytes.length;
    System.arraycopy(bytes, 0, block, used + LENGTH_BYTES, bytes.length);
    used += LENGTH_BYTES + bytes.length;
    return place;
  }

  private void grow() {
    var old = table;
    table = new long[2 * old.length];
    for (var place : old) {
      if (place != 0) {
        var block = blocks[(int) ((place - 1) / BLOCK)];
        var at = (int) ((place - 1) % BLOCK);
        table[
                slot(
                    Arrays.copyOfRange(
                        block, at + LENGTH_BYTES, at + LENGTH_BYTES + length(block, at)))] =
            place;
      }
    }
  }
}
