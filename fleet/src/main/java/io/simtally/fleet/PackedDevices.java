package io.simtally.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.simtally.fleet.source.Device;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one provider in some 30 bytes each and their labels, in the order in which they
 * were added, and while they are added another 20 to find the same device by.
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
  int add(DeviceKind kind, String id, Device device, int line) {
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
    places[slot] = append(kind, id, device, line) + 1;
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
  private long append(DeviceKind kind, String id, Device device, int line) {
    var texts =
        Stream.of(id, device.account(), device.label(), device.group())
            .map(text -> text == null ? new byte[0] : text.getBytes(UTF_8))
            .toList();
    var block = block(Integer.BYTES + 1 + texts.stream().mapToInt(each -> 1 + each.length).sum());
    var place = (long) (blocks.size() - 1) * BLOCK + block.position();
    block.putInt(line).put((byte) KINDS.indexOf(kind));
    texts.forEach(each -> block.put((byte) each.length).put(each));
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

  private record Entry(
      int line,
      DeviceKind kind,
      String id,
      @Nullable String account,
      @Nullable String label,
      @Nullable String group) {
    static Entry read(ByteBuffer in) {
      return new Entry(
          in.getInt(),
          KINDS.get(in.get()),
          text(in),
          textOrNull(in),
          textOrNull(in),
          textOrNull(in));
    }

    private static @Nullable String textOrNull(ByteBuffer in) {
      var text = text(in);
      return text.isEmpty() ? null : text;
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
        return new Device(
            entry.kind().text(), entry.id(), entry.account(), entry.label(), entry.group());
      }
    };
  }
}
