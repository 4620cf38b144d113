package io.simtally.thingspace.hyperprecise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests usage records and ranges of whole days of the requests. */
class RequestRecordsTest {
  private static final DayRange DAY = DayRange.of(LocalDate.parse("2022-12-09"));
  private static final String IMEI = "354658090356210";

  private final MockWebServer server = new MockWebServer();
  private ThingSpaceHyperPrecise client;

  @BeforeEach
  void start() throws IOException {
    server.start();
    client =
        ThingSpaceHyperPrecise.builder()
            .baseUrl(server.url("/api").toString())
            .credentials(ThingSpaceCredentials.tokens("the-bearer", "the-session"))
            .build();
    for (int i = 0; i < 2; i++) {
      server.enqueue(
          new MockResponse.Builder()
              .body(
                  """
                  {"id": "1234567890", "sessions": [
                    {"startTime": "2022-12-08T23:59:59.999Z", "endTime": "2022-12-09T01:00:00Z",
                     "numBytes": 1},
                    {"startTime": "2022-12-09T00:00:00Z", "endTime": "2022-12-09T01:00:00Z",
                     "numBytes": 2},
                    {"startTime": "2022-12-09T23:59:59.999Z", "endTime": "2022-12-10T00:00:00Z",
                     "numBytes": 4},
                    {"startTime": "2022-12-10T00:00:00Z", "endTime": "2022-12-10T00:00:01Z",
                     "numBytes": 8}]}""")
              .build());
    }
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void requestsWholeDaysAndCountsTheirSessions() throws InterruptedException {
    var request = client.sessionReport("0844021539-00001", IMEI).days(DAY);

    assertThat(request.usageRecords())
        .isEqualTo(request.usageRecordsAsync().join())
        .extracting(UsageRecord::subject, UsageRecord::start, UsageRecord::totalBytes)
        .containsExactly(
            tuple(IMEI, Instant.parse("2022-12-09T00:00:00Z"), 2L),
            tuple(IMEI, Instant.parse("2022-12-09T23:59:59.999Z"), 4L));
    assertThat(server.takeRequest().getBody().utf8())
        .isEqualTo(
            "{\"accountNumber\":\"0844021539-00001\",\"startDate\":\"2022-12-09T00:00:00Z\","
                + "\"endDate\":\"2022-12-10T00:00:00Z\",\"imei\":\"354658090356210\"}");
  }

  @Test
  void keepsAllSessionsWithoutDays() {
    var request = client.sessionReport("0844021539-00001", IMEI);

    assertThat(request.usageRecords()).hasSize(4);
    assertThat(request.days(DAY).startDate(DAY.start()).usageRecords()).hasSize(4);
  }

  @Test
  void refusesMissingSettingsBeforeSending() {
    assertThatThrownBy(() -> client.sessionReport(null, IMEI))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accountNumber");
    assertThatThrownBy(() -> client.sessionReport("0844021539-00001", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("imei");
    assertThatThrownBy(() -> client.sessionReport().days(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("days is null");
    assertThatThrownBy(client.sessionReport().days(DAY)::usageRecords)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("accountNumber");
    assertThat(server.getRequestCount()).isZero();
  }
}
