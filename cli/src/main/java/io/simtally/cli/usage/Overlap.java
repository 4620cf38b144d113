package io.simtally.cli.usage;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The usage of one carrier that another carrier's figures include: the total of the fleet leaves it
 * out.
 *
 * <p>A day of a device is left out where the other carrier has usage of it. A day of which the
 * other carrier was read and has no usage is a contradiction: it is counted, and named in a note.
 */
public final class Overlap {
  /** No overlap with any carrier. */
  public static final Overlap NONE = new Overlap("", 0);

  private final String by;
  private final Map<String, BitSet> leftOut = new HashMap<>();
  private final Map<String, ByteSum> bytesBySubject = new HashMap<>();
  private final List<ByteSum> bytesByDay = new ArrayList<>();
  private final ByteSum bytes = new ByteSum();
  private final ByteSum contradictedBytes = new ByteSum();
  private long devices;
  private long days;
  private long contradictedDays;

  /**
   * Creates an overlap without usage.
   *
   * @param by the name of the other carrier
   * @param length the number of days of the period
   */
  public Overlap(String by, int length) {
    this.by = by;
    for (int day = 0; day < length; day++) {
      bytesByDay.add(new ByteSum());
    }
  }

  /** Counts a device with records of both carriers. */
  public void addDevice() {
    devices++;
  }

  /** Leaves out a day, counted from 0, of a device. */
  public void leaveOut(String subject, int day, long bytesOfDay) {
    bytesBySubject.computeIfAbsent(subject, each -> new ByteSum()).add(bytesOfDay);
    leftOut.computeIfAbsent(subject, each -> new BitSet()).set(day);
    bytesByDay.get(day).add(bytesOfDay);
    bytes.add(bytesOfDay);
    days++;
  }

  /** Counts a day of which the other carrier reports no usage. */
  public void contradict(long bytesOfDay) {
    contradictedBytes.add(bytesOfDay);
    contradictedDays++;
  }

  /** Returns the name of the other carrier, empty if there is none. */
  public String by() {
    return by;
  }

  /** Returns whether nothing is left out. */
  public boolean isEmpty() {
    return days == 0;
  }

  /** Returns the number of devices with records of both carriers. */
  public long devices() {
    return devices;
  }

  /** Returns the number of days of devices that are left out. */
  public long days() {
    return days;
  }

  /** Returns the bytes that the total of the fleet leaves out. */
  public BigInteger bytes() {
    return bytes.value();
  }

  /** Returns the bytes of a device that are left out. */
  public BigInteger bytesOf(String subject) {
    var sum = bytesBySubject.get(subject);
    return sum == null ? BigInteger.ZERO : sum.value();
  }

  BigInteger bytesOf(int day) {
    return day < bytesByDay.size() ? bytesByDay.get(day).value() : BigInteger.ZERO;
  }

  long contradictedDays() {
    return contradictedDays;
  }

  BigInteger contradictedBytes() {
    return contradictedBytes.value();
  }

  /**
   * Returns whether the total of the fleet leaves out a day of a device.
   *
   * @param subject the device
   * @param day the day of the period, counted from 0
   */
  public boolean leavesOut(String subject, int day) {
    var days = leftOut.get(subject);
    return days != null && days.get(day);
  }
}
