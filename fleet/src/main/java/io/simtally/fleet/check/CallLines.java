package io.simtally.fleet.check;

import io.simtally.core.ApiException;
import io.simtally.fleet.check.CheckLine.Outcome;
import io.simtally.fleet.check.RequestRecorder.Sent;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.contract.Probe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The lines of calls.
 *
 * @param customerWords words that identify the customer
 */
record CallLines(List<String> customerWords) {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,12}([.]\\d{1,6})?");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/=+-]{1,128}");
  private static final Pattern LIMIT = Pattern.compile(".*(rate-?limit|quota).*|retry-after");

  /** Returns the record without its words. */
  @Override
  public String toString() {
    return "CallLines";
  }

  CheckLine answered(Probe probe, @Nullable String requestId, Sent sent) {
    var facts = facts(probe, requestId, sent);
    return CheckLine.good("call", named(probe) + ": " + sent.status() + transport(facts))
        .with(facts);
  }

  CheckLine failed(CheckService service, Probe probe, ApiException failure, @Nullable Sent sent) {
    var facts = facts(probe, failure.requestId(), sent);
    facts.putAll(facts(service, failure));
    var text = named(probe) + ": " + text(failure) + transport(facts);
    var advice = probe.isQuestion() ? "" : advice(service, failure, sent != null && sent.isHtml());
    var outcome = probe.isQuestion() ? Outcome.NOTE : Outcome.FAILED;
    return new CheckLine("", "call", outcome, text, advice, facts);
  }

  /** Returns what happened, without the operation that the line names. */
  static String text(ApiException failure) {
    var prefix = failure.provider() + " " + failure.operation() + ": ";
    var message = failure.getMessage();
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }

  static Map<String, Object> facts(CheckService service, ApiException failure) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("failure", failure.kind().name());
    facts.put("status", failure.status());
    var code = failure.code();
    if (code != null) {
      // An undocumented code may be a customer's name.
      var isDocumented = service.contract().codes().matcher(code).matches();
      facts.put("code", isDocumented ? code : "not documented");
    }
    return facts;
  }

  private static String advice(CheckService service, ApiException failure, boolean isHtml) {
    var address = service.baseUrlVariable() + " if it is set";
    if (isHtml) {
      return "the response is a web page: look for a proxy or a login page in between, and"
          + " at "
          + address;
    }
    return switch (failure.kind()) {
      case UNAUTHENTICATED ->
          "compare "
              + service.carrier().variables().stream()
                  .map(names -> String.join(" and ", names))
                  .collect(Collectors.joining(", or "))
              + " with what the provider gave you: it was not accepted";
      case FORBIDDEN -> "ask for " + service.right() + ": the credential is valid, but lacks it";
      case NOT_FOUND, INVALID_REQUEST, CONFLICT ->
          "look at the device in the devices file, and at " + address;
      case RATE_LIMITED -> "wait, and slow down other programs with this key";
      case SERVER_ERROR -> "try again later; if it persists, give the provider the request id";
      case UNREADABLE_RESPONSE, UNEXPECTED_STATUS, PAGING_STALLED ->
          "report it with the file of --json: the service answers in a way that Simtally does not"
              + " know";
      case CONNECTION, TIMEOUT, CANCELLED ->
          "try again; if it persists, look for a firewall or a proxy in between";
    };
  }

  private static String named(Probe probe) {
    return probe.operation() + (probe.about().isEmpty() ? "" : " (" + probe.about() + ")");
  }

  private static String transport(Map<String, Object> facts) {
    var text = new StringBuilder();
    facts.forEach(
        (name, value) ->
            text.append(
                switch (name) {
                  case "millis" -> ", " + value + " ms";
                  case "http" -> ", " + value;
                  case "requestId" -> ", request id " + value;
                  case "limits" -> ", " + value.toString().replaceAll("[{}]", "");
                  default -> "";
                }));
    return text.toString();
  }

  private Map<String, Object> facts(Probe probe, @Nullable String requestId, @Nullable Sent sent) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("operation", probe.operation());
    facts.put("about", probe.about());
    if (sent == null) {
      return facts;
    }
    facts.put("status", sent.status());
    facts.put("millis", sent.took().toMillis());
    facts.put("http", sent.protocol());
    if (requestId != null) {
      // A service may write anything into its request id.
      var isShown =
          REQUEST_ID.matcher(requestId).matches()
              && customerWords.stream().noneMatch(requestId::contains);
      facts.put("requestId", isShown ? requestId : "(not shown)");
    }
    var limits = limits(sent);
    if (!limits.isEmpty()) {
      facts.put("limits", limits);
    }
    return facts;
  }

  /** Returns only numbers, because other values may be a customer's name. */
  private static Map<String, String> limits(Sent sent) {
    var limits = new TreeMap<String, String>();
    for (var name : sent.headers().names()) {
      var lower = name.toLowerCase(Locale.ROOT);
      if (LIMIT.matcher(lower).matches() && lower.matches("[a-z-]{1,40}")) {
        var value = String.valueOf(sent.headers().get(name));
        limits.put(lower, NUMBER.matcher(value).matches() ? value : "(not a number)");
      }
    }
    return limits;
  }
}
