package io.simtally.spark;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Cast;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataTypes;

/**
 * The interval of start times outside of which no row can pass a filter. Spark evaluates all
 * filters itself, so an interval that is too wide costs requests but changes no row.
 *
 * @param from the first moment, in microseconds
 * @param until the end of the interval, exclusive
 */
record StartInterval(long from, long until) {
  /** All start times, for a filter without a condition on the start. */
  static final StartInterval ALL = new StartInterval(Long.MIN_VALUE, Long.MAX_VALUE);

  /**
   * Returns the interval that a comparison of the start time leaves.
   *
   * @param zone the zone in which Spark computes days
   */
  static StartInterval of(Predicate filter, ZoneId zone) {
    var children = filter.children();
    if (filter.name().equals("IN") && children.length > 1 && isStart(children[0])) {
      return Arrays.stream(children, 1, children.length)
          .map(each -> literal(each, zone).orElse(ALL))
          .reduce(StartInterval::or)
          .orElse(ALL);
    }
    if (children.length != 2) {
      return ALL;
    }
    if (isStart(children[0])) {
      return literal(children[1], zone).map(value -> value.by(filter.name())).orElse(ALL);
    }
    if (isStart(children[1])) {
      return literal(children[0], zone).map(value -> value.by(mirrored(filter.name()))).orElse(ALL);
    }
    return ALL;
  }

  StartInterval and(StartInterval other) {
    return new StartInterval(Math.max(from, other.from), Math.min(until, other.until));
  }

  StartInterval or(StartInterval other) {
    return new StartInterval(Math.min(from, other.from), Math.max(until, other.until));
  }

  /** Returns the start times that satisfy a comparison with this moment or day. */
  private StartInterval by(String operator) {
    return switch (operator) {
      case "=", "<=>" -> this;
      case "<" -> new StartInterval(Long.MIN_VALUE, from);
      case "<=" -> new StartInterval(Long.MIN_VALUE, until);
      case ">" -> new StartInterval(until, Long.MAX_VALUE);
      case ">=" -> new StartInterval(from, Long.MAX_VALUE);
      default -> ALL;
    };
  }

  private static String mirrored(String operator) {
    return switch (operator) {
      case "<" -> ">";
      case "<=" -> ">=";
      case ">" -> "<";
      case ">=" -> "<=";
      default -> operator;
    };
  }

  private static boolean isStart(Expression expression) {
    if (expression instanceof Cast cast && cast.dataType().equals(DataTypes.DateType)) {
      return isStart(cast.expression());
    }
    return expression instanceof NamedReference column
        && column.fieldNames().length == 1
        && column.fieldNames()[0].equalsIgnoreCase(RowColumn.START_TIME.label());
  }

  private static Optional<StartInterval> literal(Expression expression, ZoneId zone) {
    if (!(expression instanceof Literal<?> literal)) {
      return Optional.empty();
    }
    if (literal.dataType().equals(DataTypes.TimestampType) && literal.value() instanceof Long at) {
      return Optional.of(new StartInterval(at, at + 1));
    }
    if (literal.dataType().equals(DataTypes.DateType) && literal.value() instanceof Integer day) {
      return Optional.of(new StartInterval(startOf(day, zone), startOf(day + 1, zone)));
    }
    return Optional.empty();
  }

  private static long startOf(int day, ZoneId zone) {
    return RowColumn.micros(LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant());
  }
}
