package io.simtally.mason;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnequalTotalsTest {
  @RegisterExtension private final FakeMason mason = new FakeMason();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream realError = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(realError);
  }

  @Test
  void warnsOnceOfAllRowsWithAnUnequalTotal() {
    mason.answer("{\"data\": [" + row(3, 1, 2) + "," + row(5, 1, 2) + "," + row(0, 0, 7) + "]}");

    var page = mason.client().aggregateSimUsage().month(YearMonth.of(2020, 8)).execute();

    assertThat(page.usageRecords("account"))
        .extracting(record -> record.totalBytes())
        .containsExactly(3L, 5L, 0L);
    assertThat(warnings())
        .containsOnlyOnce("io.simtally.mason")
        .contains("aggregateSimUsage(): 2 of 3 rows have a total that is not upload + download")
        .contains("5 = 1 + 2 of 2020-08-01T00:00Z");
  }

  @Test
  void sumsBeyondALong() {
    mason.answer("{\"data\": [" + row(0, Long.MAX_VALUE, Long.MAX_VALUE) + "]}");

    mason.client().aggregateAccountUsage().month(YearMonth.of(2020, 8)).execute();

    assertThat(warnings()).contains("1 of 1 rows");
  }

  @Test
  void isSilentIfTotalsAreEqual() {
    mason.answer(FakeMason.sample("aggregate-sims.json"));

    mason.client().aggregateSimUsage().month(YearMonth.of(2020, 8)).execute();

    assertThat(warnings()).doesNotContain("io.simtally.mason");
  }

  private String warnings() {
    return log.toString(StandardCharsets.UTF_8);
  }

  private static String row(long total, long upload, long download) {
    return """
        {"usage": {"total": %d, "unit": "bytes", "upload": %d, "download": %d,
         "date": "2020-08-01T00:00:00Z"}}"""
        .formatted(total, upload, download);
  }
}
