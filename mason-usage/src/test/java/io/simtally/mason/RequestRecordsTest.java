package io.simtally.mason;

import static io.simtally.mason.FakeMason.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests usage records and ranges of whole days of the requests. */
class RequestRecordsTest {
  private static final DayRange FOUR_DAYS =
      DayRange.of(LocalDate.parse("2020-08-01"), LocalDate.parse("2020-08-04"));

  @RegisterExtension private final FakeMason mason = new FakeMason();

  @Test
  void requestsWholeDaysAndDropsTheExcludedEnd() throws InterruptedException {
    // The sample contains the 5th, although the 5th is its excluded end.
    mason.answer(sample("series-sim.json"));

    var records = mason.client().seriesSimUsage("iccid1").days(FOUR_DAYS).usageRecords();

    assertThat(records)
        .extracting(UsageRecord::subject, UsageRecord::start, UsageRecord::totalBytes)
        .containsExactly(
            tuple("iccid1", Instant.parse("2020-08-01T00:00:00Z"), 58854641L),
            tuple("iccid1", Instant.parse("2020-08-02T00:00:00Z"), 58854641L),
            tuple("iccid1", Instant.parse("2020-08-03T00:00:00Z"), 47749006L),
            tuple("iccid1", Instant.parse("2020-08-04T00:00:00Z"), 50789712L));
    assertThat(records).extracting(UsageRecord::period).containsOnly(Duration.ofDays(1));
    assertThat(mason.request().getUrl().query())
        .isEqualTo("start=2020-08-01T00:00:00Z&end=2020-08-05T00:00:00Z");
  }

  @Test
  void keepsAllRowsOfAnExplicitRange() {
    mason.answer(sample("series-account.json"));
    mason.answer(sample("series-account.json"));
    var account = mason.client().seriesAccountUsage();
    var end = FOUR_DAYS.end().atOffset(ZoneOffset.UTC);
    var answer = account.days(FOUR_DAYS).execute();

    assertThat(account.days(FOUR_DAYS).end(end).usageRecords())
        .isEqualTo(answer.usageRecords("*"))
        .extracting(UsageRecord::subject)
        .containsOnly(UsageRecord.ACCOUNT);
  }

  @Test
  void readsAllPagesOfAMonth() {
    for (int i = 0; i < 2; i++) {
      mason.answer(page("aggregate-sims.json", "\"two\""));
      mason.answer(page("aggregate-sim.json", "null"));
    }
    var request = mason.client().aggregateSimUsage().month(YearMonth.of(2020, 8));

    assertThat(request.usageRecords())
        .isEqualTo(request.usageRecordsAsync().join())
        .extracting(UsageRecord::subject, UsageRecord::totalBytes)
        .containsExactly(
            tuple("iccid1", 176069867L), tuple("iccid2", 176069867L), tuple("iccid1", 176069867L));
    assertThat(mason.requests()).isEqualTo(4);
  }

  @Test
  void usesTheRequestedSimIfARowHasNone() {
    for (int i = 0; i < 3; i++) {
      mason.answer(page("aggregate-account.json", "null"));
    }
    var august = YearMonth.of(2020, 8);

    assertThat(mason.client().aggregateSimUsage("iccid1").month(august).usageRecords())
        .extracting(UsageRecord::subject)
        .containsExactly("iccid1");
    assertThat(mason.client().aggregateAccountUsage().month(august).usageRecords())
        .extracting(UsageRecord::subject)
        .containsExactly("*");
    // Without a requested SIM, the row may belong to any.
    assertThatThrownBy(mason.client().aggregateSimUsage().month(august)::usageRecords)
        .isInstanceOfSatisfying(
            ApiException.class,
            failure ->
                assertThat(failure.operation())
                    .isEqualTo("GET /beta/{fleet}/data/aggregate/usage/sim"))
        .hasMessageContaining("2020-08-01T00:00Z names no SIM");
  }

  private static String page(String name, String next) {
    return sample(name).replace("\"nextPage\": \"..\"", "\"nextPage\": " + next);
  }

  @Test
  void reportsAFailedConversionInBothWays() {
    var kilobytes = sample("series-sim.json").replace("\"bytes\"", "\"KB\"");
    mason.answer(kilobytes);
    mason.answer(kilobytes);
    var request = mason.client().seriesSimUsage("iccid1").days(FOUR_DAYS);

    assertThatThrownBy(request::usageRecords)
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
              assertThat(failure.operation())
                  .isEqualTo("GET /beta/{fleet}/data/series/usage/sim/{iccid}");
            })
        .hasMessageContaining("iccid1");
    assertThat(request.usageRecordsAsync())
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(ApiException.class);
  }

  @Test
  void refusesNoDays() {
    assertThatThrownBy(() -> mason.client().seriesAccountUsage().days(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("days is null");
    assertThatThrownBy(mason.client().seriesAccountUsage()::usageRecords)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("seriesAccountUsage() needs start");
    assertThat(mason.requests()).isZero();
  }
}
