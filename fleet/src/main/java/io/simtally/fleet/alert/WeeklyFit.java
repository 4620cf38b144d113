package io.simtally.fleet.alert;

import java.time.LocalDate;
import java.util.Collection;
import java.util.SortedMap;

/** A least-squares fit of daily figures: a level for each day of the week, and a linear trend. */
final class WeeklyFit {
  /** Seven levels and the trend. */
  private static final int SIZE = 8;

  /** The normal distribution is below this in 90 of 100 cases. */
  private static final double NORMAL_90 = 1.2815515655446004;

  private final LocalDate first;
  private final double[][] inverse;
  private final double[] coefficients;
  private final double[] residuals;

  private WeeklyFit(
      LocalDate first, double[][] inverse, double[] coefficients, double[] residuals) {
    this.first = first;
    this.inverse = inverse;
    this.coefficients = coefficients;
    this.residuals = residuals;
  }

  /**
   * Fits figures.
   *
   * @param figures the figures of more than eight days, with each day of the week
   */
  static WeeklyFit of(SortedMap<LocalDate, Long> figures) {
    var first = figures.firstKey();
    var products = new double[SIZE][SIZE];
    var moments = new double[SIZE];
    figures.forEach(
        (day, bytes) -> {
          var row = row(first, day);
          for (var i = 0; i < SIZE; i++) {
            moments[i] += row[i] * bytes;
            for (var j = 0; j < SIZE; j++) {
              products[i][j] += row[i] * row[j];
            }
          }
        });
    var inverse = inverse(products);
    var coefficients = new double[SIZE];
    for (var i = 0; i < SIZE; i++) {
      coefficients[i] = product(inverse[i], moments);
    }
    var residuals =
        figures.entrySet().stream()
            .mapToDouble(each -> each.getValue() - product(coefficients, row(first, each.getKey())))
            .toArray();
    return new WeeklyFit(first, inverse, coefficients, residuals);
  }

  /** Returns the sum of the estimates of some days. */
  double sum(Collection<LocalDate> days) {
    return product(coefficients, rows(days));
  }

  /**
   * Returns the distance from the sum to both ends of its 80 % prediction interval.
   *
   * @param hidden the correlation of neighbouring days that the residuals hide, times their number
   * @param most the greatest correlation to assume
   */
  double margin(Collection<LocalDate> days, double hidden, double most) {
    var freedom = residuals.length - SIZE;
    var squares = product(residuals, residuals);
    if (squares == 0) {
      return 0;
    }
    var correlation =
        Math.min(Math.max(neighbours() / squares + hidden / residuals.length, 0), most);
    var row = rows(days);
    var ofCoefficients = 0.0;
    for (var i = 0; i < SIZE; i++) {
      ofCoefficients += row[i] * product(inverse[i], row);
    }
    var variance =
        squares
            / freedom
            * (days.size() + ofCoefficients)
            * ((1 + correlation) / (1 - correlation));
    return Math.sqrt(variance) * student90(freedom);
  }

  private double neighbours() {
    var sum = 0.0;
    for (var i = 1; i < residuals.length; i++) {
      sum += residuals[i - 1] * residuals[i];
    }
    return sum;
  }

  /** Returns the 90 % quantile of Student's distribution, by its expansion, for 6 or more. */
  private static double student90(int freedom) {
    var z = NORMAL_90;
    var cube = z * z * z;
    return z
        + (cube + z) / (4.0 * freedom)
        + (5 * cube * z * z + 16 * cube + 3 * z) / (96.0 * freedom * freedom);
  }

  private double[] rows(Collection<LocalDate> days) {
    var sum = new double[SIZE];
    for (var day : days) {
      var row = row(first, day);
      for (var i = 0; i < SIZE; i++) {
        sum[i] += row[i];
      }
    }
    return sum;
  }

  private static double[] row(LocalDate first, LocalDate day) {
    var row = new double[SIZE];
    row[day.getDayOfWeek().getValue() - 1] = 1;
    row[SIZE - 1] = day.toEpochDay() - first.toEpochDay();
    return row;
  }

  private static double product(double[] one, double[] other) {
    var sum = 0.0;
    for (var i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  /** Inverts a positive definite matrix by Gauss-Jordan elimination. */
  private static double[][] inverse(double[][] matrix) {
    var inverse = new double[SIZE][SIZE];
    for (var i = 0; i < SIZE; i++) {
      inverse[i][i] = 1;
    }
    for (var column = 0; column < SIZE; column++) {
      var pivot = matrix[column][column];
      for (var j = 0; j < SIZE; j++) {
        matrix[column][j] /= pivot;
        inverse[column][j] /= pivot;
      }
      for (var row = 0; row < SIZE; row++) {
        var factor = matrix[row][column];
        if (row != column && factor != 0) {
          for (var j = 0; j < SIZE; j++) {
            matrix[row][j] -= factor * matrix[column][j];
            inverse[row][j] -= factor * inverse[column][j];
          }
        }
      }
    }
    return inverse;
  }
}
