package io.simtally.fleet.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the providers' pages leave open and an answer can settle; see {@code docs/providers.md}. */
final class Questions {
  static final List<Question> ALL =
      List.of(
          new Question(
              "iotx-content",
              "Is content an array or one object?",
              "Simtally reads an array, one object and an answer without content",
              on(Pages.IOTX, "/analytics/", IotxAnswers::content)),
          new Question(
              "iotx-fields",
              "Are the counts objects, or texts that hold JSON?",
              "Simtally reads both",
              on(Pages.IOTX, "/analytics/", IotxAnswers::fields)),
          new Question(
              "iotx-counts",
              "Is a count a number or a text of digits?",
              "Simtally reads both",
              on(Pages.IOTX, "/analytics/", IotxAnswers::counts)),
          new Question(
              "iotx-total",
              "Is the total called totalDataUsage or totalData?",
              "Simtally reads either as totalDataUsage()",
              on(Pages.IOTX, "/analytics/data-usage-by-subscriber", IotxAnswers::total)),
          new Question(
              "iotx-subscriber-entries",
              "Has a subscriber one entry or several?",
              "Simtally adds the entries up to the usage of the range that was asked for",
              on(
                  Pages.IOTX,
                  "/analytics/data-usage-by-subscriber",
                  IotxAnswers::subscriberEntries)),
          new Question(
              "iotx-last-seen",
              "Is lastSeen a whole time?",
              "Simtally keeps the text; lastSeenAt() is empty where it cannot be read",
              on(Pages.IOTX, "/analytics/data-usage-ip-address", IotxAnswers::lastSeen)),
          new Question(
              "iotx-end",
              "Is endDate included?",
              "Simtally's fleet asks until 23:59:59 of a day, which is right in every reading",
              meeting(Pages.IOTX, "/analytics/(?!data-usage-by-subscriber).*")),
          new Question(
              "mason-date",
              "Is the day of a series row called date or day?",
              "Simtally reads either",
              on(Pages.MASON, "/data/series/", MasonAnswers::date)),
          new Question(
              "mason-series-pages",
              "Do answers of a series name further pages?",
              "Simtally follows a page that is named; none, null and an empty text end the rows",
              on(Pages.MASON, "/data/series/", MasonAnswers::seriesPages)),
          new Question(
              "mason-cursor",
              "Is nextPage a cursor or an address?",
              "Simtally sends a cursor as after; of an address of this call on the same host it takes the"
                  + " cursor",
              on(Pages.MASON, "/data/", MasonAnswers::cursor)),
          new Question(
              "mason-sim-path",
              "Is the series of a SIM at usage/sim/{iccid} or at usage/{iccid}?",
              "Simtally asks at usage/sim/{iccid}; shortSeriesSimPath() changes that",
              path(Pages.MASON, "/data/series/usage(/sim)?/[{]iccid[}]")),
          new Question(
              "mason-account-path",
              "Is the series of the account at usage or at usage/sim?",
              "Simtally asks at usage",
              path(Pages.MASON, "/data/series/usage(/sim)?")),
          new Question(
              "mason-end",
              "Is the day of end included?",
              "Simtally hands on what Mason sends; its fleet keeps the days that were asked for",
              on(Pages.MASON, "/data/series/", MasonAnswers::end)),
          new Question(
              "alef-numbers",
              "Are msisdn and imsi numbers or texts?",
              "Simtally reads both, and sends numbers where no leading zero is lost",
              on(Pages.ALEF, "/v1/", AlefAnswers::numbers)),
          new Question(
              "alef-fractions",
              "Are counts whole?",
              "Simtally keeps every decimal; usage records are rounded to whole bytes",
              on(Pages.ALEF, "/v1/", AlefAnswers::fractions)),
          new Question(
              "alef-buckets",
              "Does a time stamp say when an hour or a day starts, or when it ends?",
              "Simtally takes it for the end: a usage record starts an hour or a day before",
              on(Pages.ALEF, "/v1/", AlefAnswers::buckets)),
          new Question(
              "alef-v2",
              "Does /connectivity/v2/report answer?",
              "Simtally speaks v1",
              path(Pages.ALEF, "/connectivity/v2/report")),
          new Question(
              "m2m-order",
              "Do rows come oldest first?",
              "Simtally needs that where there are further pages, and stops with PAGING_STALLED else",
              on(Pages.M2M, "/devices/usage/", ThingSpaceAnswers::order)),
          new Question(
              "m2m-status",
              "Does 200 mean all, and 202 that there is more?",
              "Simtally goes by hasMoreData; a 202 without it is PAGING_STALLED",
              on(Pages.M2M, "/devices/usage/", ThingSpaceAnswers::status)),
          new Question(
              "m2m-overlap",
              "Are earliest and latest included?",
              "Simtally asks again from the last time stamp and drops the rows it has delivered",
              meeting(Pages.M2M, ".*")),
          new Question(
              "m2m-sources",
              "Has a day one row, or one for each source?",
              "Simtally makes each row a usage record of its own that names its source",
              on(Pages.M2M, "/devices/usage/", ThingSpaceAnswers::sources)),
          new Question(
              "m2m-sms",
              "Is the key MtSms or MtSMS?",
              "Simtally compares keys ignoring case",
              on(Pages.M2M, "/devices/usage/", ThingSpaceAnswers::sms)),
          new Question(
              "m2m-kind",
              "Does the kind come back in the case it was sent in?",
              "Simtally compares kinds ignoring case",
              on(Pages.M2M, "/devices/usage/", ThingSpaceAnswers::kind)),
          new Question(
              "hyper-precise-tokens",
              "Which tokens are needed?",
              "Simtally sends the bearer token and the session token",
              (exchange, before) ->
                  exchange.page().provider().equals(Pages.HYPER_PRECISE)
                      ? ThingSpaceAnswers.tokens(exchange)
                      : Optional.empty()),
          new Question(
              "hyper-precise-dates",
              "How are times written?",
              "Simtally reads times with an offset and days, and refuses a time of day without one",
              on(Pages.HYPER_PRECISE, "/report/sessions", ThingSpaceAnswers::dates)),
          new Question(
              "hyper-precise-id",
              "Is id a number of ten digits or the IMEI?",
              "Simtally keeps it as a text",
              on(Pages.HYPER_PRECISE, "/report/sessions", ThingSpaceAnswers::id)),
          new Question(
              "hyper-precise-no-sessions",
              "Is sessions left out where there are none?",
              "Simtally reads both as no sessions",
              on(Pages.HYPER_PRECISE, "/report/sessions", ThingSpaceAnswers::noSessions)));

  private Questions() {}

  private static Question.Finder on(
      String provider, String path, Function<Exchange, Optional<String>> question) {
    return (exchange, before) ->
        exchange.page().provider().equals(provider)
                && exchange.page().operation().contains(path)
                && exchange.isSuccess()
                && exchange.answer().isPresent()
            ? question.apply(exchange)
            : Optional.empty();
  }

  private static Question.Finder meeting(String provider, String path) {
    return (exchange, before) ->
        concerns(exchange, provider, path) ? TimeRange.meeting(exchange, before) : Optional.empty();
  }

  /** Whether the service knows the path of a call. */
  private static Question.Finder path(String provider, String path) {
    return (exchange, before) -> {
      if (!concerns(exchange, provider, path)) {
        return Optional.empty();
      }
      var operation = exchange.page().operation();
      var end = operation.substring(Math.max(operation.indexOf("usage"), operation.indexOf("v2")));
      return switch (exchange.status()) {
        case 200 -> Optional.of(end + " answers");
        case 404, 405, 410 -> Optional.of(end + " does not (" + exchange.status() + ")");
        default -> Optional.empty();
      };
    };
  }

  private static boolean concerns(Exchange exchange, String provider, String path) {
    var operation = exchange.page().operation();
    return exchange.page().provider().equals(provider) && operation.matches("[A-Z]+ .*?" + path);
  }
}
