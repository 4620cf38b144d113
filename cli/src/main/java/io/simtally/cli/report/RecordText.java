package io.simtally.cli.report;

import io.simtally.cli.usage.AccountRow;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.Runaway;
import io.simtally.core.DayRange;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The row of a record in {@code fleet-report.csv} as an SQL expression of DuckDB: the same bytes
 * that {@link CsvRow} makes of the record, without the line feed at the end.
 */
final class RecordText {
  /** Texts that need no quotes. */
  private static final String PLAIN = "([^\\x00-#,]([^\\x00-\\x1f\",]*[^\\x00- \",])?)?";

  /** Plain texts that a spreadsheet does not execute. */
  private static final String HARMLESS = PLAIN.replaceFirst(",", ",=+\\\\-@");

  /** More runaways make a statement too long. */
  private static final int MOST_RUNAWAYS = 10_000;

  /** The years that Java and DuckDB write alike. */
  private static final int FIRST_YEAR = 1970;

  private static final int LAST_YEAR = 9999;

  private RecordText() {}

  /**
   * Returns the expression for the counted records of an account, or null if they have marks that
   * it cannot express.
   */
  static @Nullable String of(CarrierUsage carrier, DayRange days, boolean simulated) {
    if (!carrier.overlap().isEmpty()
        || carrier.runaways().size() > MOST_RUNAWAYS
        || days.from().getYear() < FIRST_YEAR
        || days.to().getYear() > LAST_YEAR) {
      return null;
    }
    return "concat(%s, %s, ',', %s, ',', %s, ',', total_bytes, ',', uplink_bytes, ',', downlink_bytes, ',', %s, ',true,', %s, %s)"
        .formatted(
            literal(keys(carrier.key())),
            cell("subject"),
            start(),
            period(),
            cell("source"),
            runaway(carrier),
            literal(simulated ? ",true\r" : "\r"));
  }

  private static String keys(AccountRow key) {
    return CsvRow.quoted(CsvRow.harmless(key.provider()))
        + ","
        + CsvRow.quoted(CsvRow.harmless(key.account()))
        + ",";
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Functions of one column are evaluated once for each different value. */
  private static String cell(String column) {
    var marked =
        "concat(case when regexp_matches(%1$s, '^[=+\\-@\\t\\r]') then '''' else '' end, %1$s)"
            .formatted(column);
    return """
        case when %1$s is null then '' \
        when regexp_full_match(%1$s, '%2$s') then concat('"=""', %1$s, '""\"') \
        when regexp_full_match(%1$s, '%3$s') then %1$s \
        when regexp_full_match(%4$s, '%5$s') then %4$s \
        else concat('"', replace(%4$s, '"', '""'), '"') end"""
        .formatted(column, CsvRow.LONG_NUMBER.pattern(), HARMLESS, marked, PLAIN);
  }

  /** Like {@code Instant.toString}, with a fast branch for whole days. */
  private static String start() {
    return """
        case when epoch_us(start_time) % 86400000000 = 0 \
        then concat(date '1970-01-01' + cast(epoch_us(start_time) // 86400000000 as integer), \
        'T00:00:00Z') \
        else concat(strftime(make_timestamp(epoch_us(start_time)), '%Y-%m-%dT%H:%M:%S'), \
        case when epoch_us(start_time) % 1000000 = 0 then '' \
        when epoch_us(start_time) % 1000 = 0 \
        then concat('.', lpad(cast(epoch_us(start_time) // 1000 % 1000 as varchar), 3, '0')) \
        else concat('.', lpad(cast(epoch_us(start_time) % 1000000 as varchar), 6, '0')) end, 'Z') \
        end""";
  }

  /** Like {@code Duration.toString}, with a fast branch for whole days. */
  private static String period() {
    return """
        case when period_seconds is null then '' when period_seconds = 86400 then 'PT24H' \
        when period_seconds = 0 then 'PT0S' else concat('PT', \
        case when period_seconds // 3600 <> 0 then concat(period_seconds // 3600, 'H') end, \
        case when period_seconds // 60 % 60 <> 0 then concat(period_seconds // 60 % 60, 'M') end, \
        case when period_seconds % 60 <> 0 then concat(period_seconds % 60, 'S') end) end""";
  }

  private static String runaway(CarrierUsage carrier) {
    if (carrier.runaways().isEmpty()) {
      return "'false'";
    }
    return "case when concat(epoch_us(start_time) // 86400000000, ' ', subject) in (%s) then 'true' else 'false' end"
        .formatted(
            carrier.runaways().stream().map(RecordText::dayOf).collect(Collectors.joining(",")));
  }

  private static String dayOf(Runaway runaway) {
    return literal(runaway.day().toEpochDay() + " " + runaway.subject());
  }
}
