package io.simtally.reliability.answers;

import okio.ByteString;

/** A place in a small valid response into which a test inserts text. */
enum Place {
  IOTX_BYTES(
      Call.IOTX_SUBSCRIBER_DATA_USAGE,
      """
      {"content":[{"mobileOriginated":{"2022-07-07T00:00:00+00:00":%s},"mobileTerminated":{}}]}\
      """,
      true),
  IOTX_BYTES_IN_TEXT(
      Call.IOTX_SUBSCRIBER_DATA_USAGE,
      """
      {"content":[{"mobileOriginated":"{\\"2022-07-07T00:00:00+00:00\\":%s}","mobileTerminated":{}}]}\
      """,
      true),
  IOTX_ADDRESS_BYTES(
      Call.IOTX_DATA_USAGE_BY_IP_ADDRESS,
      """
      {"content":[{"dataUsageByIp":{"8.8.8.4":{"bytes":%s}}}]}\
      """,
      true),
  IOTX_SUBSCRIBER_BYTES(
      Call.IOTX_DATA_USAGE_BY_SUBSCRIBER,
      """
      {"content":{"subscriberDataUsage":{"447500000001":{"2022-07-07T00:00:00+00:00":%s}},\
      "totalDataUsage":null}}\
      """,
      true),
  MASON_UPLOAD(
      Call.MASON_SERIES_ACCOUNT,
      """
      {"data":[{"day":"2022-07-07T00:00:00Z","upload":%s,"download":2,"total":3,"unit":"bytes"}]}\
      """,
      true),
  MASON_TOTAL(
      Call.MASON_AGGREGATE_SIMS,
      """
      {"data":[{"sim":{"iccid":"8901"},"usage":{"date":"2022-07-01T00:00:00Z","upload":1,\
      "download":2,"unit":"bytes","total":%s}}]}\
      """,
      true),
  M2M_BYTES(
      Call.M2M_USAGE_BY_DEVICE,
      """
      {"hasMoreData":false,"usageHistory":[{"bytesUsed":%s,"smsUsed":0,"extendedAttributes":[],\
      "timestamp":"2022-07-07T00:00:00Z"}]}\
      """,
      true),
  HYPER_PRECISE_BYTES(
      Call.HYPER_PRECISE_SESSION_REPORT,
      """
      {"id":"1","sessions":[{"startTime":"2022-07-07T00:00:00Z","endTime":"2022-07-07T01:00:00Z",\
      "numBytes":%s}]}\
      """,
      true),

  ALEF_VALUE(
      Call.ALEF_SUBSCRIBER_BYTE_USAGE,
      """
      {"result":[[{"time_stamp":"2022-07-07T10:00:00+00:00","name":"uplink_bytes","value":%s,\
      "aggregation_type":"COUNT"}]]}\
      """,
      false),
  ALEF_SNAPSHOT_BYTES(
      Call.ALEF_BYTES_NOW,
      """
      {"start_time":"2022-07-07T10:00:00+00:00","end_time":"2022-07-07T10:05:00+00:00",\
      "uplink_bytes":%s}\
      """,
      false),

  IOTX_UNKNOWN(
      Call.IOTX_SUBSCRIBER_DATA_USAGE,
      """
      {"more":%s,"content":[{"mobileOriginated":{"2022-07-07T00:00:00+00:00":1},\
      "mobileTerminated":{}}]}\
      """,
      false),
  MASON_UNKNOWN(
      Call.MASON_SERIES_ACCOUNT,
      """
      {"data":[{"day":"2022-07-07T00:00:00Z","more":%s,"upload":1,"download":2,"total":3,\
      "unit":"bytes"}]}\
      """,
      false),
  ALEF_DIMENSION(
      Call.ALEF_SUBSCRIBER_BYTE_USAGE,
      """
      {"msisdn":%s,"result":[]}\
      """,
      false),
  M2M_UNKNOWN(
      Call.M2M_USAGE_BY_DEVICE,
      """
      {"hasMoreData":false,"more":%s,"usageHistory":[]}\
      """,
      false),
  HYPER_PRECISE_UNKNOWN(
      Call.HYPER_PRECISE_SESSION_REPORT,
      """
      {"id":"1","more":%s,"sessions":[]}\
      """,
      false),
  MASON_TEXT(
      Call.MASON_AGGREGATE_SIMS,
      """
      {"data":[{"sim":{"iccid":%s},"usage":{"date":"2022-07-01T00:00:00Z","upload":1,"download":2,\
      "unit":"bytes","total":3}}]}\
      """,
      false),
  IOTX_LAST_SEEN(
      Call.IOTX_DATA_USAGE_BY_IP_ADDRESS,
      """
      {"content":[{"dataUsageByIp":{"8.8.8.4":{"bytes":1,"lastSeen":%s}}}]}\
      """,
      false),
  MASON_TIME(
      Call.MASON_SERIES_ACCOUNT,
      """
      {"data":[{"day":%s,"upload":1,"download":2,"total":3,"unit":"bytes"}]}\
      """,
      false);

  final Call call;

  /** Returns whether the place contains a billed whole number. */
  final boolean counts;

  private final String template;

  Place(Call call, String template, boolean counts) {
    this.call = call;
    this.template = template;
    this.counts = counts;
  }

  /** Returns a response with {@code json} in this place. */
  ByteString answer(String json) {
    return ByteString.encodeUtf8(template.replace("%s", json));
  }

  /** Returns a response with {@code bytes} in this place, which need not be text. */
  ByteString answer(ByteString bytes) {
    var at = template.indexOf("%s");
    return new okio.Buffer()
        .writeUtf8(template, 0, at)
        .write(bytes)
        .writeUtf8(template, at + 2, template.length())
        .readByteString();
  }
}
