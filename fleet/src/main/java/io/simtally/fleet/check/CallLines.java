package io.simtally.fleet.check;

import io.simtally.core.ApiException;
import io.simtally.fleet.check.CheckLine.Outcome;
import io.simtally.fleet.check.RequestRecorder.Sent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How one call is told of. */
final class CallLines {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,12}([.]\\d{1,6})?");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/=+-]{1,128}");
  private static final Pattern LIMIT = Pattern.compile(".*(rate-?limit|quota).*|retry-after");

  private final CheckScope asked;
  private final Set<String> ours;

  CallLines(CheckScope asked) {
    this.asked = asked;
    ours =
        Service.all(asked.environment()).stream()
            .map(service -> prefix(service.baseUrlVariable()))
            .collect(Collectors.toUnmodifiableSet());
  }

  CheckLine answered(Service service, Probe probe, @Nullable String requestId, Sent sent) {
    var facts = facts(probe, requestId, sent);
    return new CheckLine(
        service.provider(),
        "call",
        Outcome.GOOD,
        named(probe) + ": " + sent.status() + transport(facts),
        "",
        facts);
  }

  CheckLine failed(Service service, Probe probe, ApiException failure, @Nullable Sent sent) {
    var facts = sent == null ? facts(probe) : facts(probe, failure.requestId(), sent);
    facts.putAll(Failure.facts(failure));
    var text = named(probe) + ": " + Failure.text(failure) + transport(facts);
    var isHtml = sent != null && sent.isHtml();
    return probe.isQuestion()
        ? new CheckLine(service.provider(), "call", Outcome.NOTE, text, "", facts)
        : new CheckLine(
            service.provider(),
            "call",
            Outcome.FAILED,
            text,
            Failure.advice(service, failure, isHtml),
            facts);
  }

  private static String named(Probe probe) {
    return probe.operation() + (probe.about().isEmpty() ? "" : " (" + probe.about() + ")");
  }

  private static String transport(Map<String, Object> facts) {
    return Stream.of("millis", "http", "requestId", "limits")
        .filter(facts::containsKey)
        .map(
            name ->
                switch (name) {
                  case "millis" -> facts.get(name) + " ms";
                  case "requestId" -> "request id " + facts.get(name);
                  case "limits" -> String.valueOf(facts.get(name)).replaceAll("[{}]", "");
                  default -> String.valueOf(facts.get(name));
                })
        .map(word -> ", " + word)
        .collect(Collectors.joining());
  }

  private static Map<String, Object> facts(Probe probe) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("operation", probe.operation());
    facts.put("about", probe.about());
    return facts;
  }

  private Map<String, Object> facts(Probe probe, @Nullable String requestId, Sent sent) {
    var facts = facts(probe);
    facts.put("status", sent.status());
    facts.put("millis", sent.took().toMillis());
    facts.put("http", sent.protocol());
    if (requestId != null) {
      facts.put("requestId", shown(requestId));
    }
    var limits = limits(sent);
    if (!limits.isEmpty()) {
      facts.put("limits", limits);
    }
    return facts;
  }

  /** A service may write into it what it likes. */
  private String shown(String requestId) {
    return REQUEST_ID.matcher(requestId).matches() && words().noneMatch(requestId::contains)
        ? requestId
        : "(not shown)";
  }

  /** What names the customer. */
  private Stream<String> words() {
    return Stream.concat(
            asked.environment().entrySet().stream()
                .filter(variable -> !variable.getKey().endsWith("_BASE_URL"))
                .filter(variable -> isOurs(variable.getKey()))
                .map(Map.Entry::getValue),
            asked.devices().stream()
                .flatMap(
                    device ->
                        device.account() == null
                            ? Stream.of(device.id())
                            : Stream.of(device.id(), device.account())))
        .filter(word -> word.length() > 3);
  }

  private boolean isOurs(String variable) {
    return ours.contains(prefix(variable));
  }

  private static String prefix(String variable) {
    return variable.split("_", -1)[0];
  }

  /** Only numbers: the rest may be a customer's name. */
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
