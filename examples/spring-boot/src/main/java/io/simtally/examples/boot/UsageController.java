package io.simtally.examples.boot;

import io.simtally.core.ApiException;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.Usage;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

// #region controller
@RestController
class UsageController {
  private final MasonUsage mason;

  UsageController(MasonUsage mason) {
    this.mason = mason;
  }

  @GetMapping("/sims/{iccid}/bytes")
  long bytes(@PathVariable String iccid, @RequestParam LocalDate from, @RequestParam LocalDate to) {
    return mason.seriesSimUsage(iccid).start(utc(from)).end(utc(to)).stream()
        .mapToLong(Usage::total)
        .sum();
  }

  @ExceptionHandler
  ProblemDetail failed(ApiException e) {
    HttpStatus status =
        switch (e.kind()) {
          case INVALID_REQUEST, NOT_FOUND -> HttpStatus.NOT_FOUND;
          case RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
          case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
          default -> HttpStatus.BAD_GATEWAY;
        };
    return ProblemDetail.forStatusAndDetail(status, "Mason: " + e.kind());
  }

  private static OffsetDateTime utc(LocalDate day) {
    return day.atStartOfDay().atOffset(ZoneOffset.UTC);
  }
}
// #endregion controller
