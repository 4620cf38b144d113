package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.simtally.core.ApiException;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.SeriesUsageRequest;
import io.simtally.mason.Usage;
import io.simtally.mason.UsagePage;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MockedClientTest {
  private static final LocalDate DAY = LocalDate.parse("2020-08-01");
  private static final OffsetDateTime START = OffsetDateTime.parse("2020-08-01T00:00:00Z");

  // #region fake
  @Test
  void aFakeBehindYourOwnInterfaceNeedsNoLibrary() {
    Allowance allowance = new Allowance((iccid, day) -> 1_001, 1_000);

    assertTrue(allowance.isExceeded("8901", DAY));
  }

  // #endregion fake
  // #region mock
  @Test
  void aClientAndItsRequestsCanBeMocked() {
    MasonUsage mason = mock(MasonUsage.class);
    SeriesUsageRequest request = mock(SeriesUsageRequest.class, RETURNS_SELF);
    when(mason.seriesSimUsage("8901")).thenReturn(request);
    when(request.execute())
        .thenReturn(new UsagePage(List.of(new Usage(START, 400, 600, 1_000, "bytes"))));

    assertEquals(1_000, new MasonDailyUsage(mason).bytes("8901", DAY));
    assertFalse(new Allowance(new MasonDailyUsage(mason), 1_000).isExceeded("8901", DAY));
    verify(request, times(2)).start(START);
  }

  // #endregion mock
  // #region failure
  @Test
  void aFailureIsMadeByItsKind() {
    ApiException refused =
        ApiException.builder(ApiException.Kind.RATE_LIMITED)
            .status(429)
            .retryAfter(Duration.ofSeconds(30))
            .build();
    MasonUsage mason = mock(MasonUsage.class);
    SeriesUsageRequest request = mock(SeriesUsageRequest.class, RETURNS_SELF);
    when(mason.seriesSimUsage("8901")).thenReturn(request);
    when(request.execute()).thenThrow(refused);

    ApiException thrown =
        assertThrows(
            ApiException.class, () -> new MasonDailyUsage(mason).bytes("8901", DAY));
    assertEquals(Duration.ofSeconds(30), thrown.retryAfter());
  }
  // #endregion failure
}
