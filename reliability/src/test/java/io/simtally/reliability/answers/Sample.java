package io.simtally.reliability.answers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import okio.Buffer;
import okio.ByteString;
import okio.GzipSink;
import okio.Okio;

/** An answer as a provider's page shows it, with the call that it answers. */
record Sample(String file, Call call) {
  /** Every answer with usage in it that the five pages show. */
  static Stream<Sample> all() {
    return Stream.of(
        new Sample("iotx/data-usage.json", Call.IOTX_DATA_USAGE),
        new Sample("iotx/subscriber-data-usage.json", Call.IOTX_SUBSCRIBER_DATA_USAGE),
        new Sample("iotx/data-usage-by-subscriber.json", Call.IOTX_DATA_USAGE_BY_SUBSCRIBER),
        new Sample("iotx/session-count.json", Call.IOTX_SESSION_COUNT),
        new Sample("iotx/subscriber-session-count.json", Call.IOTX_SUBSCRIBER_SESSION_COUNT),
        new Sample(
            "iotx/data-usage-network-protocol.json", Call.IOTX_DATA_USAGE_BY_NETWORK_PROTOCOL),
        new Sample("iotx/data-usage-ip-address.json", Call.IOTX_DATA_USAGE_BY_IP_ADDRESS),
        new Sample(
            "iotx/subscriber-data-usage-ip-address.json",
            Call.IOTX_SUBSCRIBER_DATA_USAGE_BY_IP_ADDRESS),
        new Sample("iotx/damaged-last-seen.json", Call.IOTX_DATA_USAGE_BY_IP_ADDRESS),
        new Sample("mason/aggregate-account.json", Call.MASON_AGGREGATE_ACCOUNT),
        new Sample("mason/aggregate-account-by-marker.json", Call.MASON_AGGREGATE_ACCOUNT),
        new Sample("mason/aggregate-sims.json", Call.MASON_AGGREGATE_SIMS),
        new Sample("mason/aggregate-sims-by-marker.json", Call.MASON_AGGREGATE_SIMS),
        new Sample("mason/aggregate-sim.json", Call.MASON_AGGREGATE_SIM),
        new Sample("mason/aggregate-sim-by-marker.json", Call.MASON_AGGREGATE_SIM),
        new Sample("mason/series-account.json", Call.MASON_SERIES_ACCOUNT),
        new Sample("mason/series-account-with-marker.json", Call.MASON_SERIES_ACCOUNT),
        new Sample("mason/series-sim.json", Call.MASON_SERIES_SIM),
        new Sample("mason/series-sim-with-marker.json", Call.MASON_SERIES_SIM),
        new Sample("alef/account-time-usage.response.json", Call.ALEF_ACCOUNT_TIME_USAGE),
        new Sample("alef/subscriber-time-usage.response.json", Call.ALEF_SUBSCRIBER_TIME_USAGE),
        new Sample("alef/subscriber-byte-usage.response.json", Call.ALEF_SUBSCRIBER_BYTE_USAGE),
        new Sample("alef/site-bandwidth-now.response.json", Call.ALEF_SITE_BANDWIDTH_NOW),
        new Sample(
            "alef/site-bandwidth-percentile.response.json", Call.ALEF_SITE_BANDWIDTH_PERCENTILE),
        new Sample("alef/max-bandwidth-by-imsi.response.json", Call.ALEF_MAX_BANDWIDTH_BY_IMSI),
        new Sample("alef/max-bandwidth-by-msisdn.response.json", Call.ALEF_MAX_BANDWIDTH_BY_MSISDN),
        new Sample(
            "alef/site-bandwidth-statistics.response.json", Call.ALEF_SITE_BANDWIDTH_STATISTICS),
        new Sample("thingspace-m2m/usage-by-device.response.json", Call.M2M_USAGE_BY_DEVICE),
        new Sample("thingspace-m2m/usage-by-label.response.json", Call.M2M_USAGE_BY_LABEL),
        new Sample(
            "thingspace-hyperprecise/session-report.response.json",
            Call.HYPER_PRECISE_SESSION_REPORT));
  }

  /** The bytes of this sample. The placeholders of the Hyper-Precise page are filled in. */
  ByteString bytes() {
    var text = bytes(file).utf8();
    return ByteString.encodeUtf8(
        text.replace("\"startTime\": \"string\"", "\"startTime\": \"2022-12-09T22:01:06.217Z\"")
            .replace("\"endTime\": \"string\"", "\"endTime\": \"2022-12-09T22:31:06.217Z\"")
            .replace("\"numBytes\": 0", "\"numBytes\": 8704"));
  }

  /** The bytes of a file of samples. */
  static ByteString bytes(String file) {
    try (var stream = Sample.class.getResourceAsStream(file)) {
      return ByteString.of(Objects.requireNonNull(stream, file).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code bytes}, compressed. */
  static ByteString gzip(ByteString bytes) {
    var compressed = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(compressed))) {
      sink.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.readByteString();
  }

  @Override
  public String toString() {
    return file;
  }
}
