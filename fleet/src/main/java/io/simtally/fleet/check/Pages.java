package io.simtally.fleet.check;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** The calls that the providers' pages document. */
final class Pages {
  static final String IOTX = "iotx-analytics";
  static final String MASON = "mason-usage";
  static final String ALEF = "alef-connectivity";
  static final String M2M = "thingspace-m2m";
  static final String HYPER_PRECISE = "thingspace-hyperprecise";

  private static final String[] COUNTS = {"object", "JSON in a text"};
  private static final String[] NUMBERS = {"number", "digits in a text"};

  private static final DocumentedCall DIRECTIONS =
      iotx("GET /analytics/data-usage", "data-usage")
          .map("content.mobileOriginated", "content.mobileTerminated")
          .also("content.mobileOriginated", COUNTS)
          .also("content.mobileTerminated", COUNTS);

  private static final DocumentedCall ADDRESSES =
      iotx("GET /analytics/data-usage-ip-address", "data-usage-ip-address", "damaged-last-seen")
          .map("content.dataUsageByIp")
          .also("content.dataUsageByIp", COUNTS)
          .maybe("content.totalData", NUMBERS)
          .maybe("content.totalDataUsage", NUMBERS);

  private static final DocumentedCall SESSIONS =
      iotx("GET /analytics/session-count", "session-count").map("content");

  private static final DocumentedCall MASON_SERIES =
      mason("GET /beta/{fleet}/data/series/usage", "series-account", "series-account-with-marker");

  private static final DocumentedCall ALEF_REPORT =
      DocumentedCall.of(
              ALEF,
              "POST /connectivity/v1/report",
              "alef/account-time-usage",
              "alef/subscriber-time-usage",
              "alef/subscriber-byte-usage",
              "alef/site-bandwidth-statistics",
              "alef/site-bandwidth-percentile")
          .orSamples(
              "alef/site-bandwidth-now",
              "alef/max-bandwidth-by-imsi",
              "alef/max-bandwidth-by-msisdn")
          .maybe("msisdn", NUMBERS)
          .maybe("imsi", NUMBERS)
          .maybe("account_id", "text")
          .maybe("customer_site_id", "text")
          .words(
              "result[][].name",
              "time_usage_seconds",
              "uplink_bytes",
              "downlink_bytes",
              "uplink_bandwidth",
              "downlink_bandwidth",
              "ue_connections",
              "ue_online_status",
              "sim",
              "packet_latency",
              "jitter",
              "packet_loss")
          .words("result[][].aggregation_type", "EXISTS", "COUNT", "MAX", "MIN", "AVG");

  static final List<DocumentedCall> ALL =
      List.of(
          DIRECTIONS,
          as(DIRECTIONS, "GET /analytics/data-usage/{physicalId}", "iotx/subscriber-data-usage"),
          iotx("GET /analytics/data-usage-by-subscriber", "data-usage-by-subscriber")
              .map("content.subscriberDataUsage", "content.subscriberDataUsage.{}")
              .also("content.subscriberDataUsage", COUNTS)
              .maybe("content.totalData", NUMBERS)
              .maybe("content.totalDataUsage", NUMBERS),
          SESSIONS,
          as(
              SESSIONS,
              "GET /analytics/session-count/{physicalId}",
              "iotx/subscriber-session-count"),
          iotx("GET /analytics/data-usage-network-protocol", "data-usage-network-protocol")
              .map("content", "content.{}")
              .also("content.{}", COUNTS),
          ADDRESSES,
          as(
              ADDRESSES,
              "GET /analytics/data-usage-ip-address/{physicalId}",
              "iotx/subscriber-data-usage-ip-address",
              "iotx/damaged-last-seen"),
          aggregate("usage", "aggregate-account", "aggregate-account-by-marker"),
          aggregate("usage/sim", "aggregate-sims", "aggregate-sims-by-marker"),
          aggregate("usage/sim/{iccid}", "aggregate-sim", "aggregate-sim-by-marker"),
          MASON_SERIES,
          as(MASON_SERIES, "GET /beta/{fleet}/data/series/usage/sim", "mason/series-account"),
          as(MASON_SERIES, "GET /beta/{fleet}/data/series/usage/{iccid}", "mason/series-sim"),
          as(
              MASON_SERIES,
              "GET /beta/{fleet}/data/series/usage/sim/{iccid}",
              "mason/series-sim",
              "mason/series-sim-with-marker"),
          ALEF_REPORT,
          new DocumentedCall(
              ALEF,
              "POST /connectivity/v2/report",
              ALEF_REPORT.samples(),
              ALEF_REPORT.maps(),
              ALEF_REPORT.known(),
              ALEF_REPORT.words()),
          DocumentedCall.of(
                  M2M,
                  "POST /m2m/v1/devices/usage/actions/list",
                  "thingspace-m2m/usage-by-device",
                  "thingspace-m2m/usage-by-label")
              .also("deviceId.id", "text")
              .maybe("usageHistory[].servicePlan", "text", "null", "empty text")
              .also("usageHistory[].extendedAttributes[].value", "null", "empty text")
              .words("deviceId.kind", "eid", "esn", "iccid", "imei", "mdn", "meid", "msisdn")
              .words(
                  "usageHistory[].extendedAttributes[].key",
                  "MoSms",
                  "MtSms",
                  "domesticUsage",
                  "internationalUsage")
              .words("usageHistory[].source", "Raw Usage", "Usage Feed"),
          DocumentedCall.of(
                  HYPER_PRECISE,
                  "POST /hyper-precise/v1/report/sessions",
                  "thingspace-hyperprecise/session-report")
              .maybe("sessions", "array")
              .instead("sessions[].startTime", "time")
              .instead("sessions[].endTime", "time"));

  private Pages() {}

  private static DocumentedCall iotx(String operation, String... samples) {
    return DocumentedCall.of(IOTX, operation, named("iotx/", samples))
        .also("content", "array", "object");
  }

  private static DocumentedCall mason(String operation, String... samples) {
    return DocumentedCall.of(MASON, operation, named("mason/", samples))
        .maybe("nextPage", "text", "empty text", "null")
        .maybe("prevPage", "text", "empty text", "null")
        .maybe("data[].day", "time as 0000-00-00T00:00:00Z")
        .maybe("data[].date", "time as 0000-00-00T00:00:00Z")
        .words("data[].unit", "bytes");
  }

  private static DocumentedCall aggregate(String path, String... samples) {
    return mason("GET /beta/{fleet}/data/aggregate/" + path, samples)
        .words("data[].usage.unit", "bytes")
        .words(
            "data[].marker.key",
            "imei",
            "device-group",
            "device-uuid",
            "device-type",
            "incremental",
            "carrier",
            "mnc",
            "mcc",
            "mnc-mcc");
  }

  private static DocumentedCall as(DocumentedCall other, String operation, String... samples) {
    return new DocumentedCall(
        other.provider(),
        operation,
        List.of(List.of(samples)),
        other.maps(),
        other.known(),
        other.words());
  }

  private static String[] named(String folder, String... samples) {
    return List.of(samples).stream().map(sample -> folder + sample).toArray(String[]::new);
  }

  /** The call that a request makes. */
  static Optional<DocumentedCall> find(String method, HttpUrl url) {
    return ALL.stream()
        .filter(page -> page.fit(method, url) >= 0)
        .max(Comparator.comparingInt(page -> page.fit(method, url)));
  }
}
