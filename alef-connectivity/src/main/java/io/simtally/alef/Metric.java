package io.simtally.alef;

import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a report. The constants are the metrics that Alef documents for these reports; {@link
 * #of} accepts any other. Alef does not give the units of latency, jitter and loss, and its samples
 * of bandwidth differ by orders of magnitude: the numbers are passed on unchanged.
 *
 * @param word the metric as Alef writes it, for example {@code uplink_bytes}
 */
public record Metric(String word) {
  /** Seconds in which a subscriber, or all of an account, used the network. */
  public static final Metric TIME_USAGE_SECONDS = of("time_usage_seconds");

  /** Bytes that devices sent. */
  public static final Metric UPLINK_BYTES = of("uplink_bytes");

  /** Bytes that devices received. */
  public static final Metric DOWNLINK_BYTES = of("downlink_bytes");

  /** Speed at which devices sent. */
  public static final Metric UPLINK_BANDWIDTH = of("uplink_bandwidth");

  /** Speed at which devices received. */
  public static final Metric DOWNLINK_BANDWIDTH = of("downlink_bandwidth");

  /** Connected devices. */
  public static final Metric UE_CONNECTIONS = of("ue_connections");

  /** Online status of a device; a word among the dimensions of a snapshot. */
  public static final Metric UE_ONLINE_STATUS = of("ue_online_status");

  /** SIM cards per day. Alef answers with a list that is no {@link Report}: it is unreadable. */
  public static final Metric SIM = of("sim");

  /** Delay of packets. */
  public static final Metric PACKET_LATENCY = of("packet_latency");

  /** Variation of the delay. */
  public static final Metric JITTER = of("jitter");

  /** Lost packets. */
  public static final Metric PACKET_LOSS = of("packet_loss");

  private static final List<Metric> DOCUMENTED =
      List.of(
          TIME_USAGE_SECONDS,
          UPLINK_BYTES,
          DOWNLINK_BYTES,
          UPLINK_BANDWIDTH,
          DOWNLINK_BANDWIDTH,
          UE_CONNECTIONS,
          UE_ONLINE_STATUS,
          SIM,
          PACKET_LATENCY,
          JITTER,
          PACKET_LOSS);
  private static final JsonReader.Options WORDS =
      JsonReader.Options.of(DOCUMENTED.stream().map(Metric::word).toArray(String[]::new));

  /** Refuses null, blank text and line breaks. */
  public Metric {
    Preconditions.text("metric", word);
  }

  /**
   * {@return the metric that Alef calls {@code word}}
   *
   * @param word the metric as Alef writes it, for example {@code uplink_bytes}
   */
  public static Metric of(String word) {
    return new Metric(word);
  }

  /** Returns whether it counts bytes: a negative value is damage. */
  static boolean countsBytes(String word) {
    return word.equals(UPLINK_BYTES.word) || word.equals(DOWNLINK_BYTES.word);
  }

  /** Reads the name of a metric without copying it: each point of a series repeats it. */
  static @Nullable String readWord(JsonReader reader) throws IOException {
    var documented = reader.selectString(WORDS);
    return documented < 0 ? Json.text(reader) : DOCUMENTED.get(documented).word;
  }

  /** The word itself. */
  @Override
  public String toString() {
    return word;
  }
}
