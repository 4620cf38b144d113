package io.simtally.fleet.store.sql;

import static java.util.stream.Collectors.joining;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.sum.DayTotal;
import io.simtally.fleet.store.sum.SubjectUsage;
import io.simtally.fleet.store.sum.SubjectUsage.ReadDays;
import io.simtally.fleet.store.sum.SubjectUsage.Sizes;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The sums that a database makes of a store, as SQL and as rows.
 *
 * <p>Aggregates of texts and of time zones are far slower than aggregates of numbers in DuckDB, and
 * a group for each device and day does not fit into its memory. So one row of numbers describes a
 * device: a bit for each day with a record, and the sizes of its records.
 */
public final class UsageSums {
  /**
   * Bits of a day mask, below the sign of a bigint and a power of two that a shift cannot leave.
   */
  private static final int MASK_DAYS = 62;

  /** The last record's day and its bytes in one number. */
  private static final long BYTES_RANGE = 1L << 53;

  /** The most records whose counts fit in {@link Sizes}. */
  public static final int MOST_COUNTED = 366;

  private static final int FIRST_MASK = 9;

  private static final int MOST_CACHED = 10_000;

  private final Database database;
  private final DayRange days;

  /** The provider and the account of all rows, or null if each row names its own. */
  private final @Nullable String provider;

  private final @Nullable String account;
  private final Map<String, List<ReadDays>> readings = new HashMap<>();

  public UsageSums(
      Database database, DayRange days, @Nullable String provider, @Nullable String account) {
    this.database = database;
    this.days = days;
    this.provider = provider;
    this.account = account;
  }

  private int masks() {
    return (int) ((days.days() + MASK_DAYS - 1) / MASK_DAYS);
  }

  /** Returns the rows of subjects: the records, what follows them, and the rest. */
  public String recordsOfSubjects() {
    var day = "(" + database.epochDay("start_time") + " - " + days.from().toEpochDay() + ")";
    var source = database.comparable("source");
    return """
        select %s, %s, subject, max(records), max(bytes), max(last), max(sizes), max(several),
          max(longest)%s, max(ranges), max(failed), max(label), max(device_group), max(more_bytes)
          from (
        select provider, account, subject, count(*) as records,
          case when sum(total_bytes) <= %s then cast(sum(total_bytes) as bigint) end as bytes,
          case when sum(total_bytes) > %s then cast(sum(total_bytes) as varchar) end as more_bytes,
          max(%s * %s + least(total_bytes, %s)) as last,
          case when count(*) <= %s then cast(sum(%s) as bigint) end as sizes,
          case when min(%s) <> max(%s) then 1 else 0 end as several,
          max(period_seconds) as longest%s,
          %s as ranges, cast(null as integer) as failed, %s as label, %s as device_group
        from usage_record"""
        .formatted(
            // The driver of DuckDB needs longer for a text than for all numbers of a row.
            provider == null ? "provider" : database.nullText(),
            account == null ? "account" : database.nullText(),
            each(", max(m%s)"),
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            day,
            BYTES_RANGE,
            BYTES_RANGE - 1,
            MOST_COUNTED,
            sizeOfRecord(),
            source,
            source,
            IntStream.range(0, masks()).mapToObj(mask -> mask(day, mask)).collect(joining()),
            database.nullText(),
            database.nullText(),
            database.nullText());
  }

  /** Returns an expression for one in the bits of a record's size; see {@link Sizes}. */
  public static String sizeOfRecord() {
    var bounds = new StringBuilder("case");
    for (int size = 0; size < Sizes.BOUNDS.size(); size++) {
      bounds.append(
          " when total_bytes < %s then %s"
              .formatted(Sizes.BOUNDS.get(size), 1L << (Sizes.BITS * size)));
    }
    return bounds
        .append(" else %s end".formatted(1L << (Sizes.BITS * Sizes.BOUNDS.size())))
        .toString();
  }

  private String mask(String day, int mask) {
    var shift = "cast(" + day + " - " + mask * MASK_DAYS + " as integer)";
    return ", bit_or(case when %s between %s and %s then cast(1 as bigint) << %s else 0 end) as m%s"
        .formatted(day, mask * MASK_DAYS, (mask + 1) * MASK_DAYS - 1, shift, mask);
  }

  private String each(String column) {
    return IntStream.range(0, masks()).mapToObj(column::formatted).collect(joining());
  }

  /** Returns a branch of the rows of subjects without records. */
  private String rest(String columns) {
    return " group by provider, account, subject union all select provider, account, subject,"
        + " cast(null as bigint), null, null, null, null, null, null"
        + each(", null")
        + ", "
        + columns;
  }

  public String readingsOfSubjects() {
    var range =
        "concat(%s, ':', %s, ':', %s)"
            .formatted(
                database.epochDay("from_time"),
                database.epochDay("to_time"),
                database.epochDay("read_at"));
    return rest("string_agg(" + range + ", ','), null, null, null from coverage");
  }

  public String failuresOfSubjects() {
    return rest("null, 1, null, null from failure");
  }

  public String labelsOfSubjects() {
    return rest("null, null, max(label), max(device_group) from device");
  }

  public String endOfSubjects() {
    return " group by provider, account, subject) as each group by provider, account, subject"
        + " having max(records) > 0 or max(ranges) is not null or max(failed) is not null"
        + " order by provider, account, subject";
  }

  public SubjectUsage subject(ResultSet row) throws SQLException {
    var bytes = BigInteger.valueOf(row.getLong(5));
    var sizes = row.getLong(7);
    var counts = row.wasNull() ? null : (Long) sizes;
    var longest = row.getLong(9);
    var longestSeconds = row.wasNull() ? null : (Long) longest;
    var last = row.getLong(6);
    var rest = FIRST_MASK + masks();
    var more = row.getString(rest + 5);
    return new SubjectUsage(
        provider == null ? row.getString(1) : provider,
        account == null ? row.getString(2) : account,
        row.getString(3),
        row.getString(rest + 3),
        row.getString(rest + 4),
        row.getLong(4),
        more == null ? bytes : new BigInteger(more),
        recordDays(row),
        new Sizes(last % BYTES_RANGE, counts),
        row.getInt(8) > 0,
        longestSeconds,
        readings(row.getString(rest + 1)),
        row.getInt(rest + 2) > 0);
  }

  private BitSet recordDays(ResultSet row) throws SQLException {
    var all = new BitSet();
    for (int mask = 0; mask < masks(); mask++) {
      var bits = row.getLong(FIRST_MASK + 1 + mask);
      for (; bits != 0; bits &= bits - 1) {
        all.set(mask * MASK_DAYS + Long.numberOfTrailingZeros(bits));
      }
    }
    return all;
  }

  /** Most subjects have been read alike: they share one list. */
  private List<ReadDays> readings(@Nullable String ranges) {
    if (ranges == null) {
      return List.of();
    }
    if (readings.size() > MOST_CACHED) {
      readings.clear();
    }
    return readings.computeIfAbsent(ranges, UsageSums::parsed);
  }

  private static List<ReadDays> parsed(String ranges) {
    var read = new ArrayList<ReadDays>();
    for (var range : ranges.split(",", -1)) {
      var parts = range.split(":", -1);
      read.add(
          new ReadDays(new DayRange(day(parts[0]), day(parts[1]).minusDays(1)), day(parts[2])));
    }
    read.sort(Comparator.comparing(each -> each.days().from()));
    return List.copyOf(read);
  }

  private static LocalDate day(String epochDay) {
    return LocalDate.ofEpochDay(Long.parseLong(epochDay));
  }

  public static String days(Database database) {
    return "select provider, account, "
        + database.epochDay("start_time")
        + " as day, count(*), cast(sum(total_bytes) as varchar) from usage_record";
  }

  public static DayTotal dayTotal(ResultSet row) throws SQLException {
    return new DayTotal(
        row.getString(1),
        row.getString(2),
        LocalDate.ofEpochDay(row.getLong(3)),
        row.getLong(4),
        new BigInteger(row.getString(5)));
  }
}
