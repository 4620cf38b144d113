package io.simtally.thingspace.m2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests usage records and ranges of whole days of the requests. */
class RequestRecordsTest {
  private static final DayRange TWO_DAYS =
      DayRange.of(LocalDate.parse("2020-12-01"), LocalDate.parse("2020-12-02"));
  private static final DeviceId EID = DeviceId.eid("50684915885088839315521399821675");

  private final MockWebServer server = new MockWebServer();
  private ThingSpaceM2m client;

  @BeforeEach
  void start() throws IOException {
    server.start();
    client =
        ThingSpaceM2m.builder()
            .baseUrl(server.url("/api").toString())
            .credentials(ThingSpaceCredentials.tokens("the-bearer", "the-session"))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void requestsWholeDaysUntilTheSecondBeforeMidnight() throws InterruptedException {
    answer(false, EID.kind(), EID.id(), "2020-12-01");

    client.usageHistory(EID).days(TWO_DAYS).execute();

    assertThat(server.takeRequest().getBody().utf8())
        .isEqualTo(
            "{\"deviceId\":{\"id\":\"50684915885088839315521399821675\",\"kind\":\"eid\"},"
                + "\"earliest\":\"2020-12-01T00:00:00Z\",\"latest\":\"2020-12-02T23:59:59Z\"}");
  }

  @Test
  void makesRecordsOfAllPagesWithoutOtherDays() {
    for (int i = 0; i < 2; i++) {
      answer(true, "Eid", EID.id(), "2020-12-01");
      answer(false, "Eid", EID.id(), "2020-12-01", "2020-12-02", "2020-12-03");
    }
    var request = client.usageHistory(EID).days(TWO_DAYS);

    assertThat(request.usageRecords())
        .isEqualTo(request.usageRecordsAsync().join())
        .extracting(UsageRecord::subject, UsageRecord::start)
        .containsExactly(
            tuple(EID.id(), Instant.parse("2020-12-01T00:00:00Z")),
            tuple(EID.id(), Instant.parse("2020-12-02T00:00:00Z")));
  }

  @Test
  void refusesUsageOfAnotherDevice() {
    for (int i = 0; i < 4; i++) {
      answer(false, i < 3 ? "EID" : "imei", "89049032000001000000000000000001", "2020-12-01");
    }
    var request = client.usageHistory(EID).days(TWO_DAYS);

    assertThatThrownBy(request::usageRecords)
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
              assertThat(failure.operation()).isEqualTo("POST /m2m/v1/devices/usage/actions/list");
            })
        .hasMessageContaining(EID.id())
        .hasMessageContaining("89049032000001000000000000000001");
    assertThat(request.usageRecordsAsync())
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(ApiException.class);
    // The response itself is readable.
    assertThat(request.execute().usageRecords(EID.id())).hasSize(1);
    // The other identifier may belong to the same device.
    assertThat(request.usageRecords()).extracting(UsageRecord::subject).containsExactly(EID.id());
  }

  @Test
  void readsTheSubjectOfALabelFromTheResponse() {
    answer(false, "eid", EID.id(), "2020-12-01");
    answer(false, "eid", "", "2020-12-01");
    var request = client.usageHistory().label("VIN", "9").days(TWO_DAYS);

    assertThat(request.usageRecords()).extracting(UsageRecord::subject).containsExactly(EID.id());
    assertThat(request.usageRecords()).extracting(UsageRecord::subject).containsExactly("9");
  }

  @Test
  void cancellingTheRecordsCancelsTheCall() throws InterruptedException {
    var records = client.usageHistory(EID).days(TWO_DAYS).usageRecordsAsync();
    assertThat(server.takeRequest(30, TimeUnit.SECONDS)).isNotNull();

    records.cancel(true);
    answer(false, "eid", EID.id(), "2020-12-01");

    assertThat(records).isCancelled();
  }

  @Test
  void refusesNoDeviceAndNoDays() {
    assertThatThrownBy(() -> client.usageHistory(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device is null");
    assertThatThrownBy(() -> client.usageHistory().days(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("days is null");
  }

  private void answer(boolean more, String kind, String id, String... days) {
    var rows = new StringBuilder();
    for (var day : days) {
      rows.append(rows.isEmpty() ? "" : ",")
          .append(
              """
              {"timestamp": "%sT00:00:00Z", "bytesUsed": 4096, "smsUsed": 0,
               "source": "Raw Usage", "extendedAttributes": []}"""
                  .formatted(day));
    }
    server.enqueue(
        new MockResponse.Builder()
            .body(
                """
                {"hasMoreData": %s, "deviceId": {"kind": "%s", "id": "%s"}, "usageHistory": [%s]}"""
                    .formatted(more, kind, id, rows))
            .build());
  }
}
