package io.simtally.spark;

import io.simtally.fleet.source.Device;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A list of devices in about 30 bytes each. The driver can hold a long list, and each task receives
 * its part of it.
 */
final class DeviceList implements Iterable<Device>, Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] packed;
  private final int size;

  private DeviceList(byte[] packed, int size) {
    this.packed = packed;
    this.size = size;
  }

  static DeviceList of(Iterable<Device> devices) {
    var bytes = new ByteArrayOutputStream();
    int size = 0;
    try (var out = new DataOutputStream(bytes)) {
      for (var device : devices) {
        size++;
        out.writeUTF(device.kind());
        out.writeUTF(device.id());
        out.writeBoolean(device.account() != null);
        if (device.account() != null) {
          out.writeUTF(device.account());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DeviceList(bytes.toByteArray(), size);
  }

  int size() {
    return size;
  }

  @Override
  public Iterator<Device> iterator() {
    var in = new DataInputStream(new ByteArrayInputStream(packed));
    return new Iterator<>() {
      private int left = size;

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public Device next() {
        if (left == 0) {
          throw new NoSuchElementException("no more devices");
        }
        left--;
        try {
          return new Device(in.readUTF(), in.readUTF(), in.readBoolean() ? in.readUTF() : null);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
