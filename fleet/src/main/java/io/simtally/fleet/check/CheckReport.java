package io.simtally.fleet.check;

import com.squareup.moshi.JsonWriter;
import io.simtally.fleet.check.CheckLine.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import okio.Buffer;

/**
 * What a check has found.
 *
 * @param at when it ended
 * @param version Simtally's version, empty if it sent nothing
 * @param findings of each service, in the order they were checked in
 * @param requests how many requests were sent, logins included
 */
public record CheckReport(Instant at, String version, List<Finding> findings, int requests) {

  /**
   * What was found of one service.
   *
   * @param provider which service
   * @param address the provider's own base URL, empty if another one was asked
   * @param lines each step
   * @param differences in what its answers differ from its page
   * @param settled which open questions of its page they settle
   */
  public record Finding(
      String provider,
      String address,
      List<CheckLine> lines,
      List<Difference> differences,
      List<ResolvedQuestion> settled) {

    /** Keeps copies. */
    public Finding {
      lines = List.copyOf(lines);
      differences = List.copyOf(differences);
      settled = List.copyOf(settled);
    }
  }

  /** Keeps a copy. */
  public CheckReport {
    findings = List.copyOf(findings);
  }

  /** {@return whether no step failed} Differences from a page are no failure. */
  public boolean isWell() {
    return findings.stream()
        .flatMap(finding -> finding.lines().stream())
        .noneMatch(line -> line.outcome() == Outcome.FAILED);
  }

  /**
   * {@return all of it as JSON, for a bug report} Names no customer: no id, no number, no
   * credential, nothing that a service wrote but its request id, its limits and the codes that its
   * page lists, and no host but the provider's own.
   */
  public String json() {
    var json = new Buffer();
    try (var writer = JsonWriter.of(json)) {
      writer.setIndent("  ");
      write(writer);
    } catch (IOException e) {
      throw new AssertionError(e); // a buffer does no I/O
    }
    return json.readUtf8();
  }

  private void write(JsonWriter writer) throws IOException {
    writer.beginObject();
    writer.name("at").value(at.toString());
    writer.name("simtally").value(version);
    writer.name("java").value(System.getProperty("java.version"));
    writer.name("requests").value(requests);
    writer.name("services").beginArray();
    for (var finding : findings) {
      write(writer, finding);
    }
    writer.endArray();
    writer.endObject();
  }

  private static void write(JsonWriter writer, Finding finding) throws IOException {
    writer.beginObject();
    writer.name("provider").value(finding.provider());
    writer.name("address").value(finding.address().isEmpty() ? "another" : finding.address());
    writer.name("steps").beginArray();
    for (var line : finding.lines()) {
      if (!line.step().equals("page")) {
        write(writer, line);
      }
    }
    writer.endArray();
    writer.name("differences").beginArray();
    for (var difference : finding.differences()) {
      writer.beginObject();
      writer.name("operation").value(difference.operation());
      writer.name("path").value(difference.path());
      writer.name("kind").value(difference.kind().name());
      writer.name("expected").value(difference.expected());
      writer.name("found").value(difference.found());
      writer.endObject();
    }
    writer.endArray();
    writer.name("settled").beginArray();
    for (var settled : finding.settled()) {
      writer.beginObject();
      writer.name("id").value(settled.id());
      writer.name("operation").value(settled.operation());
      writer.name("answer").value(settled.answer());
      writer.endObject();
    }
    writer.endArray();
    writer.endObject();
  }

  private static void write(JsonWriter writer, CheckLine line) throws IOException {
    writer.beginObject();
    writer.name("step").value(line.step());
    writer.name("outcome").value(line.outcome().name());
    for (var fact : line.facts().entrySet()) {
      write(writer.name(fact.getKey()), fact.getValue());
    }
    writer.endObject();
  }

  private static void write(JsonWriter writer, Object value) throws IOException {
    if (value instanceof Number number) {
      writer.value(number);
    } else if (value instanceof Map<?, ?> map) {
      writer.beginObject();
      for (var entry : map.entrySet()) {
        write(writer.name(entry.getKey().toString()), entry.getValue());
      }
      writer.endObject();
    } else {
      writer.value(value.toString());
    }
  }
}
