package io.simtally.fleet.check;

import com.squareup.moshi.JsonWriter;
import io.simtally.fleet.check.CheckLine.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.Buffer;

/**
 * The result of a check.
 *
 * @param at the end of the check
 * @param version the version of Simtally, empty if no request was sent
 * @param findings the results of the services, in the order of the check
 * @param requests the number of requests, logins included
 */
public record CheckReport(Instant at, String version, List<Finding> findings, int requests) {

  /**
   * The results of one service.
   *
   * @param provider the service
   * @param address the provider's own base URL, empty if the environment replaced it
   * @param lines the results of the steps
   * @param differences the differences between the answers and the page
   * @param settled the open questions of the page that the answers settle
   */
  public record Finding(
      String provider,
      String address,
      List<CheckLine> lines,
      List<Difference> differences,
      List<ResolvedQuestion> settled) {

    /** Copies the lists. */
    public Finding {
      lines = List.copyOf(lines);
      differences = List.copyOf(differences);
      settled = List.copyOf(settled);
    }
  }

  /** Copies the list. */
  public CheckReport {
    findings = List.copyOf(findings);
  }

  /** {@return whether no step failed; a difference from a page is no failure} */
  public boolean isWell() {
    return findings.stream()
        .flatMap(finding -> finding.lines().stream())
        .noneMatch(line -> line.outcome() == Outcome.FAILED);
  }

  /**
   * {@return the report as JSON, for a bug report} The JSON identifies no customer: it has no id,
   * number or credential, no text of a service except its request id, its limits and documented
   * error codes, and no host except the provider's own.
   */
  public String json() {
    var json = new Buffer();
    try (var writer = JsonWriter.of(json)) {
      writer.setIndent("  ");
      writer.jsonValue(
          object(
              "at", at.toString(),
              "simtally", version,
              "java", System.getProperty("java.version"),
              "requests", requests,
              "services", findings.stream().map(CheckReport::json).toList()));
    } catch (IOException e) {
      throw new AssertionError(e); // a buffer does no I/O
    }
    return json.readUtf8();
  }

  private static Map<String, Object> json(Finding finding) {
    return object(
        "provider", finding.provider(),
        "address", finding.address().isEmpty() ? "another" : finding.address(),
        "steps",
            finding.lines().stream()
                .filter(line -> !line.step().equals("page"))
                .map(CheckReport::json)
                .toList(),
        "differences", finding.differences().stream().map(CheckReport::json).toList(),
        "settled", finding.settled().stream().map(CheckReport::json).toList());
  }

  private static Map<String, Object> json(CheckLine line) {
    var json = object("step", line.step(), "outcome", line.outcome().name());
    json.putAll(line.facts());
    return json;
  }

  private static Map<String, Object> json(Difference difference) {
    return object(
        "operation", difference.operation(),
        "path", difference.path(),
        "kind", difference.kind().name(),
        "expected", difference.expected(),
        "found", difference.found());
  }

  private static Map<String, Object> json(ResolvedQuestion settled) {
    return object("id", settled.id(), "operation", settled.operation(), "answer", settled.answer());
  }

  private static Map<String, Object> object(Object... namesAndValues) {
    var object = new LinkedHashMap<String, Object>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      object.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return object;
  }
}
