package io.simtally.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The sample answers of the providers' pages, with the published values.
 *
 * <p>A sample can be scripted like a {@link Reply}. Some samples contain mistakes of their page:
 * the session report of Hyper-Precise has placeholders instead of times, and {@link
 * #DAMAGED_LAST_SEEN} an unreadable time.
 */
public enum Sample implements Step {
  /** IoT-X: {@code dataUsage()}. */
  DATA_USAGE(Operation.DATA_USAGE, "iotx-analytics/data-usage"),
  /** IoT-X: {@code subscriberDataUsage(physicalId)}. */
  SUBSCRIBER_DATA_USAGE(Operation.SUBSCRIBER_DATA_USAGE, "iotx-analytics/subscriber-data-usage"),
  /** IoT-X: {@code dataUsageBySubscriber()}. */
  DATA_USAGE_BY_SUBSCRIBER(
      Operation.DATA_USAGE_BY_SUBSCRIBER, "iotx-analytics/data-usage-by-subscriber"),
  /** IoT-X: {@code sessionCount()}. */
  SESSION_COUNT(Operation.SESSION_COUNT, "iotx-analytics/session-count"),
  /** IoT-X: {@code subscriberSessionCount(physicalId)}. */
  SUBSCRIBER_SESSION_COUNT(
      Operation.SUBSCRIBER_SESSION_COUNT, "iotx-analytics/subscriber-session-count"),
  /** IoT-X: {@code dataUsageByNetworkProtocol()}. */
  DATA_USAGE_BY_NETWORK_PROTOCOL(
      Operation.DATA_USAGE_BY_NETWORK_PROTOCOL, "iotx-analytics/data-usage-network-protocol"),
  /** IoT-X: {@code dataUsageByIpAddress()}. */
  DATA_USAGE_BY_IP_ADDRESS(
      Operation.DATA_USAGE_BY_IP_ADDRESS, "iotx-analytics/data-usage-ip-address"),
  /** IoT-X: {@code subscriberDataUsageByIpAddress(physicalId)}. */
  SUBSCRIBER_DATA_USAGE_BY_IP_ADDRESS(
      Operation.SUBSCRIBER_DATA_USAGE_BY_IP_ADDRESS,
      "iotx-analytics/subscriber-data-usage-ip-address"),
  /** IoT-X: {@code dataUsageByIpAddress()} with the page's damaged time. */
  DAMAGED_LAST_SEEN(Operation.DATA_USAGE_BY_IP_ADDRESS, "iotx-analytics/damaged-last-seen"),

  /** Mason: {@code aggregateAccountUsage()}. */
  AGGREGATE_ACCOUNT(Operation.AGGREGATE_ACCOUNT_USAGE, "mason-usage/aggregate-account"),
  /** Mason: {@code aggregateAccountUsage()} by a marker. */
  AGGREGATE_ACCOUNT_BY_MARKER(
      Operation.AGGREGATE_ACCOUNT_USAGE, "mason-usage/aggregate-account-by-marker"),
  /** Mason: {@code aggregateSimUsage()}, of all SIMs. */
  AGGREGATE_SIMS(Operation.AGGREGATE_SIMS_USAGE, "mason-usage/aggregate-sims"),
  /** Mason: {@code aggregateSimUsage()}, of all SIMs by a marker. */
  AGGREGATE_SIMS_BY_MARKER(Operation.AGGREGATE_SIMS_USAGE, "mason-usage/aggregate-sims-by-marker"),
  /** Mason: {@code aggregateSimUsage(iccid)}. */
  AGGREGATE_SIM(Operation.AGGREGATE_SIM_USAGE, "mason-usage/aggregate-sim"),
  /** Mason: {@code aggregateSimUsage(iccid)} by a marker. */
  AGGREGATE_SIM_BY_MARKER(Operation.AGGREGATE_SIM_USAGE, "mason-usage/aggregate-sim-by-marker"),
  /** Mason: {@code seriesAccountUsage()}. */
  SERIES_ACCOUNT(Operation.SERIES_ACCOUNT_USAGE, "mason-usage/series-account"),
  /** Mason: {@code seriesAccountUsage()} of a marker. */
  SERIES_ACCOUNT_WITH_MARKER(
      Operation.SERIES_ACCOUNT_USAGE, "mason-usage/series-account-with-marker"),
  /** Mason: {@code seriesSimUsage(iccid)}. */
  SERIES_SIM(Operation.SERIES_SIM_USAGE, "mason-usage/series-sim"),
  /** Mason: {@code seriesSimUsage(iccid)} of a marker. */
  SERIES_SIM_WITH_MARKER(Operation.SERIES_SIM_USAGE, "mason-usage/series-sim-with-marker"),

  /** Alef: {@code accountTimeUsage(…)}. */
  ACCOUNT_TIME_USAGE(Operation.REPORT, "alef-connectivity/account-time-usage", Form.ANSWER),
  /** Alef: {@code subscriberTimeUsage(…)}. */
  SUBSCRIBER_TIME_USAGE(Operation.REPORT, "alef-connectivity/subscriber-time-usage", Form.ANSWER),
  /** Alef: {@code subscriberByteUsage(…)}. */
  SUBSCRIBER_BYTE_USAGE(Operation.REPORT, "alef-connectivity/subscriber-byte-usage", Form.ANSWER),
  /** Alef: {@code siteBandwidthNow(…)}. */
  SITE_BANDWIDTH_NOW(Operation.REPORT, "alef-connectivity/site-bandwidth-now", Form.ANSWER),
  /** Alef: {@code siteBandwidthPercentile(…)}. */
  SITE_BANDWIDTH_PERCENTILE(
      Operation.REPORT, "alef-connectivity/site-bandwidth-percentile", Form.ANSWER),
  /** Alef: {@code siteBandwidthStatistics(…)}. */
  SITE_BANDWIDTH_STATISTICS(
      Operation.REPORT, "alef-connectivity/site-bandwidth-statistics", Form.ANSWER),
  /** Alef: {@code maxBandwidthByImsi(…)}. */
  MAX_BANDWIDTH_BY_IMSI(Operation.REPORT, "alef-connectivity/max-bandwidth-by-imsi", Form.ANSWER),
  /** Alef: {@code maxBandwidthByMsisdn(…)}. */
  MAX_BANDWIDTH_BY_MSISDN(
      Operation.REPORT, "alef-connectivity/max-bandwidth-by-msisdn", Form.ANSWER),

  /** ThingSpace M2M: {@code usageHistory()} of a device. */
  USAGE_BY_DEVICE(Operation.USAGE_HISTORY, "thingspace-m2m/usage-by-device", Form.ANSWER),
  /** ThingSpace M2M: {@code usageHistory()} of a label. */
  USAGE_BY_LABEL(Operation.USAGE_HISTORY, "thingspace-m2m/usage-by-label", Form.ANSWER),

  /** ThingSpace Hyper-Precise: {@code sessionReport()}, with the page's placeholders. */
  SESSION_REPORT(Operation.SESSION_REPORT, "thingspace-hyperprecise/session-report", Form.ANSWER),
  /** ThingSpace Hyper-Precise: status 400, no such device. */
  SESSION_REPORT_DEVICE_NOT_FOUND(400),
  /** ThingSpace Hyper-Precise: status 401, access is denied. */
  SESSION_REPORT_ACCESS_DENIED(401),
  /** ThingSpace Hyper-Precise: status 403, the device is not certified. */
  SESSION_REPORT_NOT_CERTIFIED(403),
  /** ThingSpace Hyper-Precise: status 404, the device is inactive. */
  SESSION_REPORT_DEVICE_INACTIVE(404),
  /** ThingSpace Hyper-Precise: status 409, the service is not purchased. */
  SESSION_REPORT_NOT_PURCHASED(409),
  /** ThingSpace Hyper-Precise: status 500, the device is active in several accounts. */
  SESSION_REPORT_SEVERAL_ACCOUNTS(500);

  private final Operation operation;
  private final int status;
  private final String file;
  private final Form form;

  Sample(Operation operation, String file) {
    this(operation, 200, file, Form.ALONE);
  }

  Sample(Operation operation, String file, Form form) {
    this(operation, 200, file, form);
  }

  Sample(int status) {
    this(Operation.SESSION_REPORT, status, "thingspace-hyperprecise/error-" + status, Form.ALONE);
  }

  Sample(Operation operation, int status, String file, Form form) {
    this.operation = operation;
    this.status = status;
    this.file = file;
    this.form = form;
  }

  /** Whether the page shows the answer alone or with a request body. */
  private enum Form {
    ALONE,
    ANSWER
  }

  /** {@return the operation that it answers} */
  public Operation operation() {
    return operation;
  }

  /** {@return the status of the answer} */
  public int status() {
    return status;
  }

  /** {@return the body of the answer} */
  public String json() {
    return read(form == Form.ANSWER ? ".response.json" : ".json");
  }

  /**
   * {@return the body of the request that the page shows with the answer; empty for a request
   * without a body}
   */
  public Optional<String> requestJson() {
    return form == Form.ANSWER ? Optional.of(read(".request.json")) : Optional.empty();
  }

  Reply reply() {
    return Reply.json(status, json());
  }

  private String read(String ending) {
    try (InputStream stream = Sample.class.getResourceAsStream("samples/" + file + ending)) {
      if (stream == null) {
        throw new IllegalStateException("missing in the jar: sample " + file);
      }
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
