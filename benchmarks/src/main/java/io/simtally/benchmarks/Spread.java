package io.simtally.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The median and the quartiles of some numbers. */
record Spread(double lower, double median, double upper) {

  static Spread of(List<Double> values) {
    var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
  }

  /** Returns the spread of the ratios of paired numbers. */
  static Spread ofRatios(double[] dividends, double[] divisors) {
    var ratios = new Double[dividends.length];
    Arrays.setAll(ratios, i -> dividends[i] / divisors[i]);
    return of(List.of(ratios));
  }

  /** Returns the spread of a single number. */
  static Spread exactly(double value) {
    return new Spread(value, value, value);
  }

  Spread times(double factor) {
    return new Spread(lower * factor, median * factor, upper * factor);
  }

  private static double quantile(double[] sorted, double share) {
    var place = share * (sorted.length - 1);
    var below = (int) place;
    var above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  @Override
  public String toString() {
    return lower == upper
        ? number(median)
        : number(median) + " [" + number(lower) + ".." + number(upper) + "]";
  }

  static String number(double value) {
    var digits = Math.abs(value) >= 1000 ? "%,.0f" : Math.abs(value) >= 100 ? "%.0f" : "%.2f";
    return String.format(Locale.ROOT, digits, value);
  }
}
