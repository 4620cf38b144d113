package io.simtally.iotx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import io.simtally.core.ApiRequest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest extends AnalyticsServer {
  private static final String DATES =
      "startDate=2016-12-06T10%3A30%3A00%2B00%3A00&endDate=2018-01-02T00%3A00%3A00%2B05%3A30";
  private static final String PHYSICAL_ID = "physicalId=" + ICCID + "&";

  /** The eight calls of the specification. */
  enum Call {
    DATA_USAGE("dataUsage()", "/analytics/data-usage", server -> server.dataUsage()),
    SUBSCRIBER_DATA_USAGE(
        "subscriberDataUsage()",
        "/analytics/data-usage/{physicalId}",
        server -> server.subscriberDataUsage(ICCID)),
    DATA_USAGE_BY_SUBSCRIBER(
        "dataUsageBySubscriber()",
        "/analytics/data-usage-by-subscriber",
        server -> server.dataUsageBySubscriber()),
    SESSION_COUNT("sessionCount()", "/analytics/session-count", server -> server.sessionCount()),
    SUBSCRIBER_SESSION_COUNT(
        "subscriberSessionCount()",
        "/analytics/session-count/{physicalId}",
        server -> server.subscriberSessionCount(ICCID)),
    DATA_USAGE_BY_NETWORK_PROTOCOL(
        "dataUsageByNetworkProtocol()",
        "/analytics/data-usage-network-protocol",
        server -> server.dataUsageByNetworkProtocol()),
    DATA_USAGE_BY_IP_ADDRESS(
        "dataUsageByIpAddress()",
        "/analytics/data-usage-ip-address",
        server -> server.dataUsageByIpAddress()),
    SUBSCRIBER_DATA_USAGE_BY_IP_ADDRESS(
        "subscriberDataUsageByIpAddress()",
        "/analytics/data-usage-ip-address/{physicalId}",
        server -> server.subscriberDataUsageByIpAddress(ICCID));

    final String method;
    final String template;
    final Function<AnalyticsServer, ApiRequest<?, ?>> request;

    Call(String method, String template, Function<AnalyticsServer, ApiRequest<?, ?>> request) {
      this.method = method;
      this.template = template;
      this.request = request;
    }

    boolean isOfSubscriber() {
      return template.endsWith("{physicalId}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsTheSpecifiedRequest(Call call) throws InterruptedException {
    enqueue(404, "{}");

    failureOf(call.request.apply(this));

    var request = server.takeRequest();
    var path = call.template.replace("{physicalId}", ICCID);
    assertThat(request.getRequestLine())
        .isEqualTo(
            "GET " + path + "?" + (call.isOfSubscriber() ? PHYSICAL_ID : "") + DATES + " HTTP/1.1");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer the-token");
    assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("User-Agent")).startsWith("simtally/");
    assertThat(request.getBody()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void passesTheValidatorOfTheSpecification(Call call) throws InterruptedException {
    enqueue(404, "{}");

    failureOf(call.request.apply(this));

    assertThat(objectionsTo(server.takeRequest(), true)).isEmpty();
  }

  @Test
  void failsTheValidatorWithoutItsQuery() throws InterruptedException {
    enqueue(404, "{}");

    failureOf(subscriberDataUsage(ICCID));

    assertThat(objectionsTo(server.takeRequest(), false))
        .extracting(Message::getMessage)
        .anyMatch(message -> message.contains("'physicalId'"))
        .anyMatch(message -> message.contains("'startDate'"))
        .anyMatch(message -> message.contains("'endDate'"));
  }

  private static List<Message> objectionsTo(RecordedRequest recorded, boolean withQuery) {
    var url = recorded.getUrl();
    var request = SimpleRequest.Builder.get(url.encodedPath());
    recorded
        .getHeaders()
        .forEach(header -> request.withHeader(header.getFirst(), header.getSecond()));
    if (withQuery) {
      url.queryParameterNames()
          .forEach(name -> request.withQueryParam(name, url.queryParameterValues(name)));
    }
    return OpenApiInteractionValidator.createForInlineApiSpecification(Specification.normalised())
        .build()
        .validateRequest(request.build())
        .getMessages();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../admin",
        "a/b",
        "é",
        "%2F",
        "?x=1",
        "#x",
        "a b+c&d=e",
        "8944500000000000001234567890",
        "00-80-00-00-04-00-2b-1c"
      })
  void sendsAnyPhysicalIdUnchanged(String physicalId) throws InterruptedException {
    for (var request :
        List.of(
            subscriberDataUsage(physicalId),
            subscriberSessionCount(physicalId),
            subscriberDataUsageByIpAddress(physicalId))) {
      enqueue(404, "{}");
      failureOf(request);

      HttpUrl url = server.takeRequest().getUrl();
      assertThat(url.pathSegments()).hasSize(3).last().isEqualTo(physicalId);
      assertThat(url.queryParameterValues("physicalId")).containsExactly(physicalId);
      assertThat(url.queryParameterNames()).containsExactly("physicalId", "startDate", "endDate");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1\n2", ".", ".."})
  void refusesABlankPhysicalId(String physicalId) {
    assertThatThrownBy(() -> subscriberDataUsage(physicalId).execute())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("physicalId");
    assertThatThrownBy(() -> client.subscriberSessionCount(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("physicalId");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void sendsDatesWithTheirOwnOffsetInWholeSeconds() throws InterruptedException {
    enqueue(404, "{}");
    failureOf(
        client
            .dataUsage()
            .startDate(OffsetDateTime.parse("2026-01-01T00:00Z"))
            .endDate(OffsetDateTime.parse("2026-01-31T23:59:59.999-08:00")));

    var url = server.takeRequest().getUrl();
    assertThat(url.queryParameter("startDate")).isEqualTo("2026-01-01T00:00:00+00:00");
    assertThat(url.queryParameter("endDate")).isEqualTo("2026-01-31T23:59:59-08:00");
  }

  @Test
  void sendsTheSameInstantWhereTheOffsetHasSeconds() throws InterruptedException {
    enqueue(404, "{}");
    failureOf(
        dataUsage()
            .startDate(OffsetDateTime.parse("1900-01-01T00:00:00+00:19:32"))
            .endDate(OffsetDateTime.parse("1900-01-01T00:00:00-00:00:30")));

    var url = server.takeRequest().getUrl();
    assertThat(url.queryParameter("startDate")).isEqualTo("1899-12-31T23:59:28+00:19");
    assertThat(url.queryParameter("endDate")).isEqualTo("1900-01-01T00:00:30+00:00");
  }

  @ParameterizedTest
  @EnumSource
  void refusesARangeThatEndsBeforeItStarts(Call call) {
    var request = call.request.apply(this);
    var backwards = backwards(request);

    assertThatThrownBy(backwards::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(call.method)
        .hasMessageContaining("endDate")
        .hasMessageContaining("startDate");
    assertThatThrownBy(backwards::executeAsync).isInstanceOf(IllegalArgumentException.class);
    assertThat(server.getRequestCount()).isZero();
  }

  private static ApiRequest<?, ?> backwards(ApiRequest<?, ?> request) {
    var before = START.minusSeconds(1);
    if (request instanceof DataUsageRequest it) {
      return it.endDate(before);
    } else if (request instanceof SubscriberDataUsageRequest it) {
      return it.endDate(before);
    } else if (request instanceof DataUsageBySubscriberRequest it) {
      return it.endDate(before);
    } else if (request instanceof SessionCountRequest it) {
      return it.endDate(before);
    } else if (request instanceof SubscriberSessionCountRequest it) {
      return it.endDate(before);
    } else if (request instanceof DataUsageByNetworkProtocolRequest it) {
      return it.endDate(before);
    } else if (request instanceof DataUsageByIpAddressRequest it) {
      return it.endDate(before);
    }
    return ((SubscriberDataUsageByIpAddressRequest) request).endDate(before);
  }

  @Test
  void comparesTheInstantsOfARange() throws InterruptedException {
    enqueue(404, "{}");

    failureOf(
        client
            .dataUsage()
            .startDate(OffsetDateTime.parse("2026-01-01T10:00:00+10:00"))
            .endDate(OffsetDateTime.parse("2026-01-01T00:00:00Z")));

    assertThat(server.takeRequest().getUrl().queryParameter("startDate"))
        .isEqualTo("2026-01-01T10:00:00+10:00");
  }

  @Test
  void refusesARequestWithoutItsDates() {
    assertThatThrownBy(client.sessionCount().endDate(END)::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("sessionCount() needs startDate");
    assertThatThrownBy(client.subscriberSessionCount(ICCID).startDate(START)::executeAsync)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("subscriberSessionCount() needs endDate");
    assertThatThrownBy(() -> client.dataUsage().startDate(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("startDate");
    assertThatThrownBy(() -> client.dataUsageByIpAddress().endDate(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endDate");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void settersLeaveTheRequestUnchanged() throws InterruptedException {
    enqueue(404, "{}");
    var request = subscriberDataUsage(ICCID);

    assertThat(request.endDate(END.plusYears(1))).isNotSameAs(request);
    assertThat(request.timeout(Duration.ofNanos(1))).isNotSameAs(request);
    failureOf(request);

    assertThat(server.takeRequest().getTarget())
        .isEqualTo("/analytics/data-usage/" + ICCID + "?" + PHYSICAL_ID + DATES);
  }

  @Test
  void keepsItsSettingsUnderAnotherTimeout() throws InterruptedException {
    enqueue(404, "{}");

    failureOf(subscriberDataUsage(ICCID).timeout(Duration.ofSeconds(30)));

    assertThat(server.takeRequest().getTarget())
        .isEqualTo("/analytics/data-usage/" + ICCID + "?" + PHYSICAL_ID + DATES);
  }
}
