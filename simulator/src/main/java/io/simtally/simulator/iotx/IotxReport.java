package io.simtally.simulator.iotx;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Writes one answer and counts its rows. */
final class IotxReport {
  /** The form of the samples: UTC as {@code +00:00}. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final List<IotxMember> members;
  private final IotxQuery range;
  private final IotxShape shape;
  private final boolean ofSubscriber;
  private int rows;

  IotxReport(List<IotxMember> members, IotxQuery range, IotxShape shape, boolean ofSubscriber) {
    this.members = members;
    this.range = range;
    this.shape = shape;
    this.ofSubscriber = ofSubscriber;
  }

  int rows() {
    return rows;
  }

  void write(IotxCall.Kind kind, JsonWriter writer) throws IOException {
    writer.beginObject().name("content");
    switch (kind) {
      case DATA_USAGE -> dataUsage(writer);
      case DATA_USAGE_BY_SUBSCRIBER -> bySubscriber(writer);
      case SESSION_COUNT -> sessionCount(writer);
      case DATA_USAGE_BY_NETWORK_PROTOCOL -> byProtocol(writer);
      case DATA_USAGE_BY_IP_ADDRESS -> byIpAddress(writer);
    }
    writer.endObject();
  }

  private void dataUsage(JsonWriter writer) throws IOException {
    Map<Instant, Long> terminated = byTime(IotxUsage::terminatedBytes);
    Map<Instant, Long> originated = byTime(IotxUsage::originatedBytes);
    if (beginElement(writer, terminated.isEmpty())) {
      writer.beginObject();
      times(terminated, writer.name("mobileTerminated"));
      times(originated, writer.name("mobileOriginated"));
      writer.endObject();
    }
    endElement(writer);
  }

  private void bySubscriber(JsonWriter writer) throws IOException {
    long total = 0;
    writer.beginObject();
    writer.name("subscriberDataUsage").beginObject();
    for (IotxMember member : members) {
      SortedMap<Instant, Long> usage = byTime(List.of(member), IotxUsage::totalBytes);
      if (!usage.isEmpty()) {
        long bytes = sum(usage);
        // "The date and time of each subscriber's last network connection, and data usage".
        times(Map.of(usage.lastKey(), bytes), writer.name(member.subscriber().msisdn()));
        total += bytes;
      }
    }
    writer.endObject();
    total(shape == IotxShape.SPECIFIED ? "totalDataUsage" : "totalData", total, writer);
    writer.endObject();
  }

  private void sessionCount(JsonWriter writer) throws IOException {
    Map<Instant, Long> sessions = byTime(IotxUsage::sessions);
    if (!ofSubscriber) {
      times(sessions, writer);
      return;
    }
    if (beginElement(writer, sessions.isEmpty())) {
      writer.beginObject();
      times(sessions, writer.name("content"));
      writer.endObject();
    }
    endElement(writer);
  }

  private void byProtocol(JsonWriter writer) throws IOException {
    Map<String, Map<Instant, Long>> protocols = new TreeMap<>();
    for (IotxMember member : members) {
      for (IotxUsage usage : member.usage(range)) {
        protocols
            .computeIfAbsent(usage.protocol(), name -> new TreeMap<>())
            .merge(usage.time(), usage.totalBytes(), Long::sum);
      }
    }
    writer.beginObject();
    for (Map.Entry<String, Map<Instant, Long>> protocol : protocols.entrySet()) {
      times(protocol.getValue(), writer.name(protocol.getKey()));
    }
    writer.endObject();
  }

  private void byIpAddress(JsonWriter writer) throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    Map<String, Instant> lastSeen = new TreeMap<>();
    for (IotxMember member : members) {
      for (IotxUsage usage : member.usage(range)) {
        bytes.merge(usage.ipAddress(), usage.totalBytes(), Long::sum);
        lastSeen.merge(
            usage.ipAddress(), usage.time(), (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    if (beginElement(writer, bytes.isEmpty())) {
      writer.beginObject();
      writer.name("dataUsageByIp").beginObject();
      for (Map.Entry<String, Long> address : bytes.entrySet()) {
        writer.name(address.getKey()).beginObject();
        writer.name("lastSeen").value(TIME.format(lastSeen.get(address.getKey())));
        writer.name("bytes").value(Long.toString(address.getValue()));
        writer.endObject();
        rows++;
      }
      writer.endObject();
      total("totalData", sum(bytes), writer);
      writer.endObject();
    }
    endElement(writer);
  }

  /** Returns whether there is an element to write: an array without usage is empty. */
  private boolean beginElement(JsonWriter writer, boolean isEmpty) throws IOException {
    if (shape == IotxShape.OBSERVED) {
      return true;
    }
    writer.beginArray();
    return !isEmpty;
  }

  private void endElement(JsonWriter writer) throws IOException {
    if (shape == IotxShape.SPECIFIED) {
      writer.endArray();
    }
  }

  private void times(Map<Instant, Long> counts, JsonWriter writer) throws IOException {
    writer.beginObject();
    for (Map.Entry<Instant, Long> count : counts.entrySet()) {
      // The samples have strings here.
      writer.name(TIME.format(count.getKey())).value(Long.toString(count.getValue()));
      rows++;
    }
    writer.endObject();
  }

  private void total(String name, long total, JsonWriter writer) throws IOException {
    writer.name(name);
    if (shape == IotxShape.SPECIFIED) {
      writer.value(total);
    } else {
      writer.value(Long.toString(total));
    }
  }

  private Map<Instant, Long> byTime(ToLongFunction<IotxUsage> count) {
    return byTime(members, count);
  }

  private SortedMap<Instant, Long> byTime(List<IotxMember> of, ToLongFunction<IotxUsage> count) {
    SortedMap<Instant, Long> counts = new TreeMap<>();
    for (IotxMember member : of) {
      for (IotxUsage usage : member.usage(range)) {
        counts.merge(usage.time(), count.applyAsLong(usage), Long::sum);
      }
    }
    return counts;
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
