package io.simtally.cli.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.simtally.cli.usage.ByteCount;
import io.simtally.fleet.audit.AccountAudit;
import io.simtally.fleet.audit.AuditDifference;
import io.simtally.fleet.audit.AuditFailure;
import io.simtally.fleet.audit.AuditResult;
import io.simtally.fleet.audit.Drift;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The result of an audit as lines for people. */
public final class AuditText {
  private static final int DIFFERENCES_SHOWN = 20;
  private static final double FINDABLE = 0.01;
  private static final int NAME_WIDTH = 30;
  private static final String ROW = "  %s %12s %9s %9s %9s %12s";

  private final AuditResult result;
  private final Function<AccountAudit, String> nameOf;
  private final int nameWidth;
  private final List<String> lines = new ArrayList<>();

  /**
   * Creates the text.
   *
   * @param nameOf returns the display name of an account
   */
  public AuditText(AuditResult result, Function<AccountAudit, String> nameOf) {
    this.result = result;
    this.nameOf = nameOf;
    this.nameWidth =
        result.accounts().stream()
            .mapToInt(each -> nameOf.apply(each).length())
            .reduce(NAME_WIDTH, Math::max);
  }

  /** Returns the lines. */
  public List<String> lines() {
    lines.clear();
    add(
        "Audit of %,d of %,d settled device-days, seed %d",
        result.sampled(), result.population(), result.seed());
    add("");
    add(ROW, " ".repeat(nameWidth), "Settled", "Sampled", "Compared", "Different", "Not compared");
    result.accounts().forEach(each -> addRow(nameOf.apply(each), each));
    if (result.accounts().size() > 1) {
      addRow(
          "All accounts",
          result.population(),
          result.sampled(),
          result.compared(),
          result.differences().size(),
          result.failures().size());
    }
    add("");
    addDrift();
    addDifferences(result.differences());
    addFailures(result.failures());
    return List.copyOf(lines);
  }

  private void addRow(String name, AccountAudit audit) {
    addRow(
        name,
        audit.population(),
        audit.sampled(),
        audit.compared(),
        audit.differences().size(),
        audit.failures().size());
  }

  private void addRow(
      String name, long settled, long sampled, long compared, long different, long failed) {
    add(
        ROW,
        name + " ".repeat(nameWidth - name.length()),
        ByteCount.grouped(settled),
        ByteCount.grouped(sampled),
        ByteCount.grouped(compared),
        ByteCount.grouped(different),
        ByteCount.grouped(failed));
  }

  private void addDrift() {
    var drift = result.drift();
    if (drift.isEmpty()) {
      add("Drift: unknown, nothing was compared");
      return;
    }
    add(
        "Drift: %s of the compared device-days differ; %.0f %% confidence interval %s to %s"
            + " (Clopper-Pearson)",
        percent(drift.get().share()),
        100 * Drift.CONFIDENCE,
        percent(drift.get().low()),
        percent(drift.get().high()));
    add(
        "%s find a drift of %.0f %% with a probability of %.1f %%",
        ByteCount.counted(result.compared(), "comparison"),
        100 * FINDABLE,
        // Rounded down: 99.96 % is not 100 %.
        Math.floor(1000 * result.chanceToFind(FINDABLE)) / 10);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private void addDifferences(List<AuditDifference> differences) {
    if (differences.isEmpty()) {
      return;
    }
    add("");
    add("Different at the carrier:");
    differences.stream().limit(DIFFERENCES_SHOWN).forEach(this::add);
    if (differences.size() > DIFFERENCES_SHOWN) {
      add("  and %,d more; --json lists all", differences.size() - DIFFERENCES_SHOWN);
    }
  }

  private void add(AuditDifference difference) {
    add(
        "  %s %s %s %s: stored %s, carrier %s",
        difference.account(),
        difference.provider(),
        difference.subject(),
        difference.day(),
        ByteCount.exact(difference.storedBytes()),
        ByteCount.exact(difference.carrierBytes()));
  }

  private void addFailures(List<AuditFailure> failures) {
    if (failures.isEmpty()) {
      return;
    }
    add("");
    add("Not compared:");
    failures.stream()
        .collect(
            groupingBy(
                each -> List.of(each.account(), each.provider(), each.kind()),
                LinkedHashMap::new,
                toList()))
        .forEach(
            (key, same) ->
                add(
                    "  %s: %s of %s: %s: %s",
                    String.join(" ", key.subList(0, 2)),
                    ByteCount.counted(same.size(), "day"),
                    ByteCount.counted(
                        same.stream().map(AuditFailure::subject).distinct().count(), "device"),
                    key.get(2),
                    same.get(0).message()));
  }

  private void add(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }
}
