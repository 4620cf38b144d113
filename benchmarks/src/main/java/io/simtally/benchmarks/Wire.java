package io.simtally.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.simtally.iotx.DataUsageBySubscriber;
import io.simtally.mason.AggregateUsagePage;
import io.simtally.thingspace.m2m.UsageHistory;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The responses as records for libraries that bind JSON with reflection. */
public final class Wire {
  private Wire() {}

  /** A page of ThingSpace rows. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record UsagePage(
      boolean hasMoreData, @Nullable DeviceId deviceId, List<Day> usageHistory) {

    static UsagePage of(UsageHistory page) {
      var device = page.deviceId();
      return new UsagePage(
          page.hasMoreData(),
          device == null ? null : new DeviceId(device.id(), device.kind()),
          page.usageHistory().stream().map(Day::of).toList());
    }
  }

  /** An identifier of a device. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record DeviceId(String id, String kind) {}

  /** A ThingSpace row. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Day(
      long bytesUsed,
      List<Attribute> extendedAttributes,
      long smsUsed,
      @Nullable String source,
      @Nullable String servicePlan,
      OffsetDateTime timestamp) {

    static Day of(io.simtally.thingspace.m2m.DailyUsage day) {
      return new Day(
          day.bytesUsed(),
          day.extendedAttributes().stream()
              .map(attribute -> new Attribute(attribute.key(), attribute.value()))
              .toList(),
          day.smsUsed(),
          day.source(),
          day.servicePlan(),
          day.timestamp());
    }
  }

  /** A ThingSpace attribute. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Attribute(String key, @Nullable String value) {}

  /** The body of a ThingSpace request. */
  public record UsageQuery(DeviceId deviceId, String earliest, String latest) {}

  /** A page of Mason's monthly usage. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record MasonPage(List<SimUsage> data) {

    static MasonPage of(AggregateUsagePage page) {
      return new MasonPage(page.items().stream().map(SimUsage::of).toList());
    }
  }

  /** A Mason row. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record SimUsage(Usage usage, @Nullable Sim sim, @Nullable Marker marker) {

    static SimUsage of(io.simtally.mason.AggregateUsage row) {
      var usage = row.usage();
      var sim = row.sim();
      var marker = row.marker();
      return new SimUsage(
          new Usage(usage.date(), usage.upload(), usage.download(), usage.total(), usage.unit()),
          sim == null ? null : new Sim(sim.iccid()),
          marker == null ? null : new Marker(marker.key(), marker.value()));
    }
  }

  /** The counts of a Mason row. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Usage(OffsetDateTime date, long upload, long download, long total, String unit) {}

  /** The SIM of a Mason row. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Sim(String iccid) {}

  /** The group of a Mason row. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Marker(String key, String value) {}

  /** IoT-X's usage by subscriber, in its wrapper. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record IotxAnswer(BySubscriber content) {

    static IotxAnswer of(DataUsageBySubscriber usage) {
      return new IotxAnswer(
          new BySubscriber(Map.copyOf(usage.subscriberDataUsage()), usage.totalDataUsage()));
    }
  }

  /** IoT-X's usage by subscriber. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record BySubscriber(
      Map<String, Map<OffsetDateTime, Long>> subscriberDataUsage, @Nullable Long totalDataUsage) {}
}
