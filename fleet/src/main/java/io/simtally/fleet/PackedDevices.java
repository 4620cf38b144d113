package io.simtally.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.simtally.fleet.source.Device;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one provider in some 30 bytes each, in the order in which they were added, and
 * while they are added another 20 to find the same device by.
 */
final class PackedDevices implements Iterable<Device> {
  private static final int FIRST_BLOCK = 1024;
  private static final int BLOCK = 1024 * 1024;
  private static final int NONE = 0;

  /** A device holds the place of its kind in this list. */
  private static final List<DeviceKind> KINDS = List.of(DeviceKind.values());

  private final List<ByteBuffer> blocks = new ArrayList<>();
  private int size;

  /** Where the devices begin, each one more so that 0 is none; null when all have been added. */
  private long @Nullable [] table = new long[64];

  int size() {
    return size;
  }

  /**
   * Adds a device.
   *
   * @param line its line in the file
   * @return the line of the same device, which is there already, or 0 if it was added
   */
  int add(DeviceKind kind, String id, @Nullable String account, int line) {
    var places = Objects.requireNonNull(table, "complete");
    if (2 * size >= places.length) {
      places = grown(places);
      table = places;
    }
    var slot = slot(places, kind, kind.common(id));
    for (; places[slot] != NONE; slot = (slot + 1) % places.length) {
      var entry = entry(places[slot] - 1);
      if (entry.kind() == kind && kind.isSame(entry.id(), id)) {
        return entry.line();
      }
    }
    places[slot] = append(kind, id, account, line) + 1;
    size++;
    return 0;
  }

  /** Drops what only {@link #add} needs. */
  PackedDevices complete() {
    table = null;
    return this;
  }

  private static int slot(long[] places, DeviceKind kind, String common) {
    var hash = 31 * common.hashCode() + KINDS.indexOf(kind);
    return Math.floorMod((hash ^ (hash >>> 15)) * 0x9E3779B1, places.length);
  }

  private long[] grown(long[] places) {
    var larger = new long[2 * places.length];
    for (var place : places) {
      if (place != NONE) {
        var entry = entry(place - 1);
        var slot = slot(larger, entry.kind(), entry.kind().common(entry.id()));
        while (larger[slot] != NONE) {
          slot = (slot + 1) % larger.length;
        }
        larger[slot] = place;
      }
    }
    return larger;
  }

  /** Returns where it begins: the number of its block, and the offset there. */
  private long append(DeviceKind kind, String id, @Nullable String account, int line) {
    var idBytes = id.getBytes(UTF_8);
    var accountBytes = account == null ? new byte[0] : account.getBytes(UTF_8);
    var block = block(Integer.BYTES + 3 + idBytes.length + accountBytes.length);
    var place = (long) (blocks.size() - 1) * BLOCK + block.position();
    block.putInt(line).put((byte) KINDS.indexOf(kind));
    block.put((byte) idBytes.length).put(idBytes);
    block.put((byte) accountBytes.length).put(accountBytes);
    return place;
  }

  /** The last block, with room for so many bytes. */
  private ByteBuffer block(int bytes) {
    var last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
    if (last != null && last.remaining() >= bytes) {
      return last;
    }
    // The first block grows, since most lists are short.
    if (last != null && last.capacity() < BLOCK) {
      var larger = ByteBuffer.allocate(2 * last.capacity()).put(last.duplicate().flip());
      blocks.set(blocks.size() - 1, larger);
    } else {
      blocks.add(ByteBuffer.allocate(blocks.isEmpty() ? FIRST_BLOCK : BLOCK));
    }
    return block(bytes);
  }

  private record Entry(int line, DeviceKind kind, String id, @Nullable String account) {
    static Entry read(ByteBuffer in) {
      var line = in.getInt();
      var kind = KINDS.get(in.get());
      var id = text(in);
      var account = text(in);
      return new Entry(line, kind, id, account.isEmpty() ? null : account);
    }

    private static String text(ByteBuffer in) {
      var bytes = new byte[Byte.toUnsignedInt(in.get())];
      in.get(bytes);
      return new String(bytes, UTF_8);
    }
  }

  private Entry entry(long place) {
    return Entry.read(
        blocks.get((int) (place / BLOCK)).duplicate().position((int) (place % BLOCK)));
  }

  @Override
  public Iterator<Device> iterator() {
    var rest = blocks.stream().map(block -> block.duplicate().flip()).iterator();
    return new Iterator<>() {
      private ByteBuffer block = ByteBuffer.allocate(0);

      @Override
      public boolean hasNext() {
        while (!block.hasRemaining() && rest.hasNext()) {
          block = rest.next();
        }
        return block.hasRemaining();
      }

      @Override
      public Device next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no more devices");
        }
        var entry = Entry.read(block);
        return new Device(entry.kind().text(), entry.id(), entry.account());
      }
    };
  }
}
