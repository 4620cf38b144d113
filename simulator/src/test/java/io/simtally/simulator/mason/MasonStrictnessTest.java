package io.simtally.simulator.mason;

import static io.simtally.simulator.mason.MasonCalls.isError;
import static io.simtally.simulator.mason.MasonCalls.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.January;
import java.time.LocalDate;
import java.util.Base64;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MasonStrictnessTest {
  private static final String MONTH = "aggregate/usage?date=2026-01-01T00:00:00Z";
  private static final String DAYS =
      "series/usage?start=2026-01-01T00:00:00Z&end=2026-02-01T00:00:00Z";

  private final MasonSimulator simulator = January.of(MasonSimulator.builder()).build();
  @AutoClose private final MasonCalls calls = new MasonCalls(simulator);

  @Test
  void theRequestsThatTheRefusedOnesVaryAreGood() throws Exception {
    assertThat(rows(calls.get(MONTH + "&marker=mcc&orderBy=asc&orderByColumn=total&limit=5")))
        .isNotEmpty();
    assertThat(rows(calls.get(DAYS + "&marker=mcc&markerValue=310&limit=5"))).isNotEmpty();
    assertThat(simulator.traffic().refusedRequests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic simulated-api-key",
        "BASIC simulated-api-key",
        "Bearer simulated-api-key",
        "simulated-api-key",
        "basic  simulated-api-key",
        "basic simulated-api-key2",
        "basic",
      })
  void refusesAnythingButTheWordAndTheRawKey(String header) throws Exception {
    isError(
        calls.send(calls.request(MONTH).header("Authorization", header)),
        401,
        "authentication_error");
  }

  @Test
  void refusesTheKeyInBase64AndTwoKeysAndNone() throws Exception {
    String base64 = Base64.getEncoder().encodeToString(simulator.apiKey().getBytes());
    Request.Builder good = calls.request(MONTH);

    isError(
        calls.send(calls.request(MONTH).header("Authorization", "basic " + base64)),
        401,
        "authentication_error");
    isError(
        calls.send(good.addHeader("Authorization", "basic " + simulator.apiKey())),
        401,
        "authentication_error");
    isError(
        calls.send(calls.request(MONTH).removeHeader("Authorization")),
        401,
        "authentication_error");
    assertThat(simulator.traffic().refusedRequests()).isEqualTo(3);
  }

  @Test
  void forbidsAKeyWithoutTheScope() throws Exception {
    isError(
        calls.send(
            calls.request(MONTH).header("Authorization", "basic " + simulator.unscopedApiKey())),
        403,
        "permission_error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aggregate",
        "aggregate/usage/?date=2026-01-01T00:00:00Z",
        "aggregate/usage/sim/?date=2026-01-01T00:00:00Z",
        "aggregate/usage/1?date=2026-01-01T00:00:00Z",
        "aggregate/usage/sim/1/2?date=2026-01-01T00:00:00Z",
        "aggregate/usage/sim/1?date=2026-01-01T00:00:00Z",
        "series/usage/sim/1/2?start=2026-01-01T00:00:00Z&end=2026-02-01T00:00:00Z",
        "series/usage/1?start=2026-01-01T00:00:00Z&end=2026-02-01T00:00:00Z",
        "../other/data/aggregate/usage?date=2026-01-01T00:00:00Z",
        "../../other",
        "../../../v1/default/data/aggregate/usage?date=2026-01-01T00:00:00Z",
      })
  void findsNothingElsewhere(String path) throws Exception {
    isError(calls.get(path), 404, "not_found_error");
  }

  @Test
  void takesWhatThePageAndItsFormatAllow() throws Exception {
    String days = "?start=2026-01-01t00:00:00z&end=2026-01-05T0:00:00-00:00";
    String account = calls.get("series/usage" + days).body();

    assertThat(rows(calls.get("series/usage" + days))).hasSize(4);
    // The spelling of the samples of the account's days.
    assertThat(calls.get("series/usage/sim" + days).body()).isEqualTo(account);
  }

  @Test
  void answersGetsOnly() throws Exception {
    isError(
        calls.send(calls.request(MONTH).post(RequestBody.create("{}", null))),
        404,
        "not_found_error");
    assertThat(simulator.traffic().unknownRequests()).isEqualTo(1);
    assertThat(simulator.traffic().usageRequests()).isZero();
  }

  @Test
  void knowsItsOwnFleetOnly() throws Exception {
    MasonSimulator other = January.of(MasonSimulator.builder()).fleet("a fleet").build();
    try (MasonCalls otherCalls = new MasonCalls(other)) {
      isError(otherCalls.get(MONTH), 404, "not_found_error");
      String url = otherCalls.url() + "/beta/a%20fleet/data/" + MONTH;
      assertThat(rows(otherCalls.send(otherCalls.request("").url(url)))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "date=",
        "date",
        "date=2026-01-01",
        "date=2026-01",
        "date=2026-01-01T00:00:00",
        "date=2026-01-01T00:00Z",
        "date=2026-01-01T00:00:00+0000",
        "date=2026-01-01T00:00:00+00:00",
        "date=2026-02-30T00:00:00Z",
        "date=2026-01-01T00:00:00Z0",
        "date=2026-01-01%2000:00:00Z",
        "date=1767225600",
        "date=2026-01-01T00:00:00Z&date=2026-01-01T00:00:00Z",
        "Date=2026-01-01T00:00:00Z",
        "month=2026-01",
        "start=2026-01-01T00:00:00Z&end=2026-02-01T00:00:00Z",
      })
  void refusesAMonthWithoutAGoodDate(String query) throws Exception {
    isError(calls.get("aggregate/usage?" + query), 400, "invalid_request_error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start=2026-01-01T00:00:00Z",
        "end=2026-01-01T00:00:00Z",
        "start=2026-01-02T00:00:00Z&end=2026-01-01T00:00:00Z",
        "start=2020-08-01T00:00:00Z&end=2020-08-05T00:00:00Z0",
        "start=2026-01-01&end=2026-01-02",
        "date=2026-01-01T00:00:00Z",
      })
  void refusesDaysWithoutAGoodStartAndEnd(String query) throws Exception {
    isError(calls.get("series/usage?" + query), 400, "invalid_request_error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&orderBy=ascending",
        "&orderBy=ASC",
        "&orderBy=total",
        "&orderByColumn=iccid",
        "&orderByColumn=Total",
        "&marker=colour",
        "&marker=DEVICE-TYPE",
        "&marker=",
        "&markerValue=310",
        "&limit=0",
        "&limit=-1",
        "&limit=ten",
        "&limit=5.0",
        "&limit=99999999999",
        "&page=2",
        "&after=",
        "&after=..",
        "&before=AFTER_KEY",
      })
  void refusesBadOptionsOfAMonth(String options) throws Exception {
    isError(calls.get(MONTH + options), 400, "invalid_request_error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&marker=mcc",
        "&markerValue=310",
        "&marker=colour&markerValue=red",
        "&marker=mcc&markerValue=",
        "&orderBy=asc",
        "&orderByColumn=total",
        "&limit=0",
      })
  void refusesBadOptionsOfDays(String options) throws Exception {
    isError(calls.get(DAYS + options), 400, "invalid_request_error");
  }

  @Test
  void refusesToBeBuiltOfWhatNoFleetHas() {
    LocalDate day = LocalDate.of(2026, 1, 1);
    MasonSimulator.Builder builder = January.of(MasonSimulator.builder());

    assertThatThrownBy(() -> builder.sims(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.sims(1_000_001)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.pageSize(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.apiKey(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.days(day, day.minusDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> January.of(MasonSimulator.builder()).sim("1").sim("1").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ICCID 1");
    assertThatThrownBy(() -> MasonDay.of(day, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MasonDay.of(day, Long.MAX_VALUE, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MasonDay.of(day, 1, 1).withMarker("colour", "red"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("colour");
    assertThatThrownBy(() -> MasonDay.of(day, 1, 1).withMarker("mcc", " "))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
