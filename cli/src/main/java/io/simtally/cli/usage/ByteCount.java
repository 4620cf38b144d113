package io.simtally.cli.usage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Formats byte counts for people; 1 MB is 1,000,000 bytes. */
public final class ByteCount {

  private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB", "ZB");
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private ByteCount() {}

  /** Formats with one decimal and a unit, for example {@code 1.5 GB}. */
  public static String human(long bytes) {
    return human(BigInteger.valueOf(bytes));
  }

  /** Formats with one decimal and a unit, for example {@code 1.5 GB}. */
  public static String human(BigInteger bytes) {
    if (bytes.compareTo(THOUSAND.toBigInteger()) < 0) {
      return bytes + " B";
    }
    BigDecimal value = new BigDecimal(bytes);
    String unit = "B";
    for (String greater : UNITS) {
      // 999,950 bytes would round to 1000.0 kB.
      if (value.setScale(1, RoundingMode.HALF_UP).compareTo(THOUSAND) < 0) {
        break;
      }
      value = value.movePointLeft(3);
      unit = greater;
    }
    return value.setScale(1, RoundingMode.HALF_UP) + " " + unit;
  }

  /** Formats all digits, for example {@code 1,500,000,000 bytes}. */
  public static String exact(long bytes) {
    return exact(BigInteger.valueOf(bytes));
  }

  /** Formats all digits, for example {@code 1,500,000,000 bytes}. */
  public static String exact(BigInteger bytes) {
    return String.format(Locale.ROOT, "%,d bytes", bytes);
  }

  /** Formats a count with separated thousands. */
  public static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Formats a count with its noun, for example {@code 1 record} or {@code 1,200 records}. */
  public static String counted(long count, String noun) {
    return grouped(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** Formats a difference with its sign, for example {@code +1.5 GB}. */
  public static String signed(BigInteger bytes) {
    return (bytes.signum() < 0 ? "-" : "+") + human(bytes.abs());
  }

  /** Formats a change in percent, for example {@code +3.1 %}; a change from zero has none. */
  public static String change(BigInteger before, BigInteger after) {
    if (before.signum() == 0) {
      return after.signum() == 0 ? "+0.0 %" : "from 0";
    }
    var change = after.subtract(before);
    return (change.signum() < 0 ? "-" : "+") + percent(change.abs(), before);
  }

  /** Returns a share with one decimal, for example {@code 4.2 %}. */
  static String percent(BigInteger part, BigInteger whole) {
    return String.format(
        Locale.ROOT,
        "%.1f %%",
        new BigDecimal(part.multiply(BigInteger.valueOf(100)))
            .divide(new BigDecimal(whole), 3, RoundingMode.HALF_UP));
  }
}
