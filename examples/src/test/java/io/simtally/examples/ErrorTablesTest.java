package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.TimeWindow;
import io.simtally.core.ApiException;
import io.simtally.core.ClientBuilder;
import io.simtally.core.RetryPolicy;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.simulator.Operation;
import io.simtally.simulator.Reply;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the tables of errors on the providers' pages with the clients. */
final class ErrorTablesTest {
  private static final Path PAGES = Path.of("..", "docs", "providers");
  private static final Pattern ROW =
      Pattern.compile(
          "\\| ([0-9][^|]*) \\| `([A-Z_]+)`[^|]*\\| (yes|no|once)\\b([^|]*)\\|[^|]*\\|");
  private static final Pattern STATUS = Pattern.compile("\\b[45][0-9]{2}\\b");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"alef", "iotx", "mason", "thingspace-hyperprecise", "thingspace-m2m"})
  void aStatusIsOfTheKindThatItsRowSaysAndTriedAgainAsThatSays(String page) throws IOException {
    List<String> rows = rows(page);

    assertThat(rows).hasSizeGreaterThan(6);
    for (String line : rows) {
      Matcher row = ROW.matcher(line);
      assertThat(row.matches()).as(line).isTrue();
      List<Integer> statuses =
          STATUS
              .matcher(row.group(1))
              .results()
              .map(MatchResult::group)
              .map(Integer::valueOf)
              .toList();
      assertThat(statuses).as(line).isNotEmpty();
      for (int status : statuses) {
        try (Simulators simulators = Simulators.start()) {
          Reply reply = Reply.json(status, body(row.group(1)));

          ApiException failure =
              catchThrowableOfType(ApiException.class, () -> call(page, simulators, reply));

          assertThat(failure.status()).isEqualTo(status);
          assertThat(failure.kind().name()).as("%d: %s", status, line).isEqualTo(row.group(2));
          assertThat(failure.attempts())
              .as("%d: %s", status, line)
              .isEqualTo(
                  switch (row.group(3)) {
                    case "yes" -> 3;
                    case "once" -> 2;
                    default -> 1;
                  });
          if (page.startsWith("thingspace")) {
            assertThat(simulators.thingSpace().calls(Operation.LOGIN))
                .as("%d: %s", status, line)
                .hasSize(row.group(4).contains("new login") ? 2 : 1);
            assertThat(simulators.thingSpace().calls(Operation.TOKEN))
                .as("%d: %s", status, line)
                .hasSize(row.group(4).contains("new bearer token") ? 2 : 1);
          }
        }
      }
    }
  }

  private static List<String> rows(String page) throws IOException {
    String text = Files.readString(PAGES.resolve(page + ".md"));
    return text.substring(text.indexOf("## Errors"))
        .lines()
        .filter(line -> line.matches("\\| [0-9].*"))
        .toList();
  }

  /** Returns the code of the gateway or the service, if the row has one. */
  private static String body(String statuses) {
    Matcher code = CODE.matcher(statuses);
    if (!code.find()) {
      return "{}";
    }
    return code.group(1).matches("[0-9]+")
        ? "{\"fault\":{\"code\":\"%s\",\"message\":\"no\"}}".formatted(code.group(1))
        : "{\"errorCode\":\"%s\",\"errorMessage\":\"no\"}"
            .formatted(code.group(1).replace("…", "UnifiedWebService"));
  }

  private static void call(String page, Simulators simulators, Reply reply) {
    OffsetDateTime start = OffsetDateTime.parse(DAY.toString());
    switch (page) {
      case "alef" -> {
        simulators.alef().next(reply, reply, reply);
        try (AlefConnectivity alef = set(AlefConnectivity.builder(), simulators).build()) {
          alef.subscriberByteUsage("an-account", "447500000001")
              .window(TimeWindow.LAST_WEEK)
              .execute();
        }
      }
      case "iotx" -> {
        simulators.iotx().next(reply, reply, reply);
        try (IotxAnalytics iotx = set(IotxAnalytics.builder(), simulators).build()) {
          iotx.dataUsage().startDate(start).endDate(start.plusDays(1)).execute();
        }
      }
      case "mason" -> {
        simulators.mason().next(reply, reply, reply);
        try (MasonUsage mason = set(MasonUsage.builder(), simulators).build()) {
          mason.aggregateSimUsage().month(YearMonth.of(2026, 1)).execute();
        }
      }
      case "thingspace-hyperprecise" -> {
        simulators.thingSpace().on(Operation.SESSION_REPORT).next(reply, reply, reply);
        try (ThingSpaceHyperPrecise hyperPrecise =
            set(ThingSpaceHyperPrecise.builder(), simulators).build()) {
          hyperPrecise
              .sessionReport()
              .accountNumber("an-account")
              .imei("354394080001238")
              .execute();
        }
      }
      default -> {
        simulators.thingSpace().next(reply, reply, reply);
        try (ThingSpaceM2m thingSpace = set(ThingSpaceM2m.builder(), simulators).build()) {
          thingSpace
              .usageHistory()
              .device(DeviceId.imei("354394080001238"))
              .earliest(DAY)
              .latest(DAY)
              .execute();
        }
      }
    }
  }

  private static <B extends ClientBuilder<B>> B set(B builder, Simulators simulators) {
    return builder
        .environment(simulators.environment())
        .retryPolicy(RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1)));
  }
}
