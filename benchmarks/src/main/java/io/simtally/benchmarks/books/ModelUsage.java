package io.simtally.benchmarks.books;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The figures of simulated carriers. Each figure is a function of the device, its day and the day
 * on which the carrier is asked, so that another process computes the same responses.
 *
 * @param seed the seed of all figures
 * @param devices the number of devices of each carrier
 * @param behavior what the carriers do to their figures
 */
record ModelUsage(long seed, int devices, Behavior behavior) {
  /** The first day with usage. */
  static final LocalDate FIRST = LocalDate.parse("2024-01-01");

  private static final int LARGEST = 100_000_000;
  private static final int LATEST_CORRECTION = 90;
  private static final int CORRECTED_OF_1000_DAYS = 40;
  private static final int SESSION_DAYS = 7;
  private static final int REPLACEMENT_PERIOD = 365;

  /** What the carriers do to figures that they have reported. */
  enum Behavior {
    /** Corrections leave usage on each day. */
    CORRECTS,

    /** One in ten corrections leaves no usage on its day. */
    CORRECTS_TO_ZERO,

    /** Also forgets replaced equipment and sends empty responses. */
    FAILS
  }

  List<String> subjects(ModelCarrier carrier) {
    return IntStream.range(0, devices).mapToObj(device -> subject(carrier, device)).toList();
  }

  String subject(ModelCarrier carrier, int device) {
    return String.format(
        Locale.ROOT,
        "89%02d%09d%06d",
        carrier.ordinal(),
        hash(carrier, device, 1) % 1_000_000_000,
        device);
  }

  /** Returns a random number that is not negative. */
  private long hash(ModelCarrier carrier, long... parts) {
    var mixed = mixed(seed + carrier.ordinal());
    for (var part : parts) {
      mixed = mixed(mixed + part);
    }
    return mixed >>> 1;
  }

  /** The output function of SplitMix64. */
  private static long mixed(long state) {
    var z = state + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns whether the device never uses anything: one in four. */
  boolean isIdle(ModelCarrier carrier, int device) {
    return hash(carrier, device, 2) % 4 == 0;
  }

  /**
   * Returns what the carrier reports for a day.
   *
   * @param day the day, from 0
   * @param today the day of the request, after {@code day}
   */
  long bytes(ModelCarrier carrier, int device, int day, int today) {
    if (isIdle(carrier, device) || isForgotten(carrier, device, day, today)) {
      return 0;
    }
    var random = hash(carrier, device, day);
    var age = today - day;
    var bytes = isUsed(carrier, device, day, random) ? 1_000 + random % LARGEST : 0;
    var correction = hash(carrier, device, day, 3);
    if (correction % 1000 < CORRECTED_OF_1000_DAYS
        && age > 1 + correction / 1000 % LATEST_CORRECTION) {
      bytes = corrected(bytes, hash(carrier, device, day, 4));
    }
    if (carrier == ModelCarrier.HYPERPRECISE) {
      bytes = bytes * Math.min(SESSION_DAYS, age) / SESSION_DAYS;
    }
    if (carrier == ModelCarrier.M2M && age <= 2 && hash(carrier, device, day, 5) % 5 == 0) {
      bytes = bytes * 9 / 10;
    }
    return bytes;
  }

  /** Returns whether the usage of a day was reported for equipment that was replaced since. */
  private boolean isForgotten(ModelCarrier carrier, int device, int day, int today) {
    if (behavior != Behavior.FAILS || !carrier.forgetsReplacedEquipment()) {
      return false;
    }
    for (int period = day / REPLACEMENT_PERIOD; period <= today / REPLACEMENT_PERIOD; period++) {
      var random = hash(carrier, device, period, 6);
      var replaced = period * REPLACEMENT_PERIOD + (int) (random / 2 % REPLACEMENT_PERIOD);
      if (random % 2 == 0 && day < replaced && replaced <= today) {
        return true;
      }
    }
    return false;
  }

  private boolean isUsed(ModelCarrier carrier, int device, int day, long random) {
    var type = hash(carrier, device, 2);
    if (carrier == ModelCarrier.HYPERPRECISE) {
      return (day + type / 4) % SESSION_DAYS == 0;
    }
    var isRare = type % 4 == 1;
    return isRare ? random % 20 == 0 : random % 8 != 0;
  }

  private long corrected(long bytes, long random) {
    if (bytes == 0) {
      return 1_000 + random % LARGEST;
    }
    if (behavior != Behavior.CORRECTS && random % 10 == 0) {
      return 0;
    }
    return bytes * (70 + random / 10 % 60) / 100;
  }

  /** Returns whether all responses about a device are empty on a day. */
  boolean isSilent(ModelCarrier carrier, int device, int today) {
    if (behavior != Behavior.FAILS) {
      return false;
    }
    return switch ((int) (hash(carrier, today, 7) % 75)) {
      case 0 -> true;
      case 1 -> hash(carrier, device, today, 8) % 10 < 6;
      default -> hash(carrier, device, today, 8) % 400 == 0;
    };
  }

  /** Returns whether the device is in the list of a day. */
  boolean isListed(ModelCarrier carrier, int device, int today) {
    return switch (carrier) {
      case MASON -> hash(carrier, device, today / 15, 9) % 10 != 0;
      case ALEF -> {
        var added = (int) (hash(carrier, device, 9) % 300) - 150;
        var isRemoved = hash(carrier, device, 10) % 10 == 0 && today > added + 300;
        yield today >= added && !isRemoved;
      }
      default -> true;
    };
  }
}
