package io.simtally.iotx;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.SortedMap;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with configured responses and a client for it. */
abstract class AnalyticsServer {
  static final String ICCID = "89445000000000000012";
  static final OffsetDateTime START = OffsetDateTime.parse("2016-12-06T10:30:00+00:00");
  static final OffsetDateTime END = OffsetDateTime.parse("2018-01-02T00:00:00+05:30");

  final MockWebServer server = new MockWebServer();
  IotxAnalytics client;

  @BeforeEach
  void start() throws IOException {
    server.start();
    client = IotxAnalytics.builder().baseUrl(server.url("/").toString()).token("the-token").build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  void enqueue(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  DataUsageRequest dataUsage() {
    return client.dataUsage().startDate(START).endDate(END);
  }

  SubscriberDataUsageRequest subscriberDataUsage(String physicalId) {
    return client.subscriberDataUsage(physicalId).startDate(START).endDate(END);
  }

  DataUsageBySubscriberRequest dataUsageBySubscriber() {
    return client.dataUsageBySubscriber().startDate(START).endDate(END);
  }

  SessionCountRequest sessionCount() {
    return client.sessionCount().startDate(START).endDate(END);
  }

  SubscriberSessionCountRequest subscriberSessionCount(String physicalId) {
    return client.subscriberSessionCount(physicalId).startDate(START).endDate(END);
  }

  DataUsageByNetworkProtocolRequest dataUsageByNetworkProtocol() {
    return client.dataUsageByNetworkProtocol().startDate(START).endDate(END);
  }

  DataUsageByIpAddressRequest dataUsageByIpAddress() {
    return client.dataUsageByIpAddress().startDate(START).endDate(END);
  }

  SubscriberDataUsageByIpAddressRequest subscriberDataUsageByIpAddress(String physicalId) {
    return client.subscriberDataUsageByIpAddress(physicalId).startDate(START).endDate(END);
  }

  static ApiException failureOf(ApiRequest<?, ?> request) {
    return catchThrowableOfType(ApiException.class, request::execute);
  }

  static SortedMap<OffsetDateTime, Long> buckets(Object... timesAndCounts) {
    var buckets = new TreeMap<OffsetDateTime, Long>();
    for (int i = 0; i < timesAndCounts.length; i += 2) {
      buckets.put(
          OffsetDateTime.parse((String) timesAndCounts[i]),
          ((Integer) timesAndCounts[i + 1]).longValue());
    }
    return buckets;
  }

  static String sample(String name) {
    try (var source = Okio.buffer(Okio.source(AnalyticsServer.class.getResourceAsStream(name)))) {
      return source.readUtf8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
