package io.simtally.spark;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.And;
import org.apache.spark.sql.connector.expressions.filter.Or;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The rows that can pass a filter: an interval of start times, and the values of the columns that
 * identify a device. Spark evaluates all filters itself, so a filter that is too wide costs
 * requests but changes no row.
 *
 * @param starts the start times
 * @param providers the providers, or null for any
 * @param accounts the accounts, or null for any
 * @param subjects the subjects, or null for any
 */
record UsageFilter(
    StartInterval starts,
    @Nullable Set<String> providers,
    @Nullable Set<String> accounts,
    @Nullable Set<String> subjects) {
  /** All rows. */
  static final UsageFilter ALL = new UsageFilter(StartInterval.ALL, null, null, null);

  /**
   * Returns the rows that a filter leaves.
   *
   * @param zone the zone in which Spark computes days
   */
  static UsageFilter of(Predicate filter, ZoneId zone) {
    if (filter instanceof And and) {
      return of(and.left(), zone).and(of(and.right(), zone));
    }
    if (filter instanceof Or or) {
      return of(or.left(), zone).or(of(or.right(), zone));
    }
    var names = condition(filter);
    if (names == null) {
      return new UsageFilter(StartInterval.of(filter, zone), null, null, null);
    }
    return switch (names.column()) {
      case PROVIDER -> new UsageFilter(StartInterval.ALL, names.values(), null, null);
      case ACCOUNT -> new UsageFilter(StartInterval.ALL, null, names.values(), null);
      default -> new UsageFilter(StartInterval.ALL, null, null, names.values());
    };
  }

  UsageFilter and(UsageFilter other) {
    return new UsageFilter(
        starts.and(other.starts),
        both(providers, other.providers),
        both(accounts, other.accounts),
        both(subjects, other.subjects));
  }

  private UsageFilter or(UsageFilter other) {
    return new UsageFilter(
        starts.or(other.starts),
        either(providers, other.providers),
        either(accounts, other.accounts),
        either(subjects, other.subjects));
  }

  boolean hasAccount(String provider, String account) {
    return (providers == null || providers.contains(provider))
        && (accounts == null || accounts.contains(account));
  }

  boolean hasSubject(String subject) {
    return subjects == null || subjects.contains(subject);
  }

  private static @Nullable Set<String> both(
      @Nullable Set<String> one, @Nullable Set<String> other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    var common = new HashSet<>(one);
    common.retainAll(other);
    return common;
  }

  private static @Nullable Set<String> either(
      @Nullable Set<String> one, @Nullable Set<String> other) {
    if (one == null || other == null) {
      return null;
    }
    var all = new HashSet<>(one);
    all.addAll(other);
    return all;
  }

  /** The values that a comparison allows in a column of names. */
  private record Names(RowColumn column, Set<String> values) {}

  /** Returns the values that a comparison allows, or null for another filter. */
  private static @Nullable Names condition(Predicate filter) {
    var children = filter.children();
    return switch (filter.name()) {
      case "=", "<=>" -> {
        var names = names(children[0], children[1]);
        yield names == null ? names(children[1], children[0]) : names;
      }
      case "IN" ->
          children.length > 1
              ? names(children[0], Arrays.copyOfRange(children, 1, children.length))
              : null;
      default -> null;
    };
  }

  private static @Nullable Names names(Expression expression, Expression... literals) {
    var column = column(expression);
    if (column == null) {
      return null;
    }
    var texts = texts(literals);
    return texts == null ? null : new Names(column, texts);
  }

  private static @Nullable RowColumn column(Expression expression) {
    if (!(expression instanceof NamedReference column) || column.fieldNames().length != 1) {
      return null;
    }
    var name = column.fieldNames()[0].toUpperCase(Locale.ROOT);
    return Arrays.stream(new RowColumn[] {RowColumn.PROVIDER, RowColumn.ACCOUNT, RowColumn.SUBJECT})
        .filter(each -> each.name().equals(name))
        .findAny()
        .orElse(null);
  }

  /** Returns the texts of literals, or null if one is no text. No row equals a null. */
  private static @Nullable Set<String> texts(Expression... literals) {
    var texts = new HashSet<String>();
    for (var each : literals) {
      if (!(each instanceof Literal<?> literal)
          || !literal.dataType().equals(DataTypes.StringType)) {
        return null;
      }
      if (literal.value() instanceof UTF8String text) {
        texts.add(text.toString());
      }
    }
    return texts;
  }
}
