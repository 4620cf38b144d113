package io.simtally.fleet.alert;

import io.simtally.core.internal.Preconditions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule over the store. Its events carry its name: an event is produced once for the name, the
 * subject and the billing cycle, also if the limits of the rule change.
 */
public sealed interface AlertRule {
  /** {@return the name, unique among the rules} */
  String name();

  /** {@return the account of the rule, or null for all accounts of the store} */
  @Nullable String account();

  /**
   * Reports devices whose usage of one day reaches a threshold. The event has the first of these
   * days in the cycle.
   *
   * @param name the name
   * @param account the account, or null for all
   * @param thresholdBytes the threshold, at least 1
   */
  record DeviceDay(String name, @Nullable String account, long thresholdBytes)
      implements AlertRule {
    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if the name is blank or the threshold is not positive
     */
    public DeviceDay {
      Preconditions.text("name", name);
      Preconditions.positive("thresholdBytes", thresholdBytes);
    }
  }

  /**
   * Reports devices whose usage of a cycle reaches a threshold.
   *
   * @param name the name
   * @param account the account, or null for all
   * @param thresholdBytes the threshold, at least 1
   */
  record DeviceCycle(String name, @Nullable String account, long thresholdBytes)
      implements AlertRule {
    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if the name is blank or the threshold is not positive
     */
    public DeviceCycle {
      Preconditions.text("name", name);
      Preconditions.positive("thresholdBytes", thresholdBytes);
    }
  }

  /**
   * Reports devices that use far more on a day than they usually do: at least {@code factor} times
   * the median of their other days, and at least {@code minimumBytes}. The other days are those of
   * the last 30 days that have a record. Devices with fewer than five days are not judged. With a
   * median, one earlier burst does not hide the next one.
   *
   * @param name the name
   * @param account the account, or null for all
   * @param factor the multiple of the median, at least 3
   * @param minimumBytes the least usage of the day, at least 1, which excludes devices that use
   *     nearly nothing
   */
  record RunawayDevice(String name, @Nullable String account, int factor, long minimumBytes)
      implements AlertRule {
    /** The multiple of the median in the report, and by default in a rule. */
    public static final int DEFAULT_FACTOR = 10;

    /** The least usage of the day in the report, and by default in a rule. */
    public static final long DEFAULT_MINIMUM_BYTES = 10_000_000;

    /** The least number of days with a record. */
    public static final int MINIMUM_DAYS = 5;

    /** The least factor: below it, the median of two days may depend on the day that is judged. */
    public static final int LEAST_FACTOR = 3;

    static final int HISTORY_DAYS = 30;

    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if the name is blank, the factor is below 3, or the least
     *     usage is not positive
     */
    public RunawayDevice {
      Preconditions.text("name", name);
      Preconditions.positive("minimumBytes", minimumBytes);
      if (factor < LEAST_FACTOR) {
        throw new IllegalArgumentException("factor must be " + LEAST_FACTOR + " or more");
      }
    }
  }

  /**
   * Reports an account whose usage of a cycle reaches shares of its allowance, or is forecast to
   * reach all of it by the end of the cycle. Each share is an event of its own.
   *
   * @param name the name
   * @param account the account, or null for all that have an allowance
   * @param percents the shares of the allowance in percent, each 1 to 1000
   * @param forecasts whether an allowance that will be exceeded is reported before it is
   */
  record Pool(String name, @Nullable String account, List<Integer> percents, boolean forecasts)
      implements AlertRule {
    /** The default shares. */
    public static final List<Integer> DEFAULT_PERCENTS = List.of(80, 100);

    /** The greatest share. */
    public static final int MOST_PERCENT = 1000;

    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if the name is blank, a share is not 1 to 1000, or there is
     *     neither a share nor the forecast
     */
    public Pool {
      Preconditions.text("name", name);
      percents = List.copyOf(percents);
      if (percents.isEmpty() && !forecasts) {
        throw new IllegalArgumentException("a pool rule needs a threshold or the forecast");
      }
      if (percents.stream().anyMatch(each -> each < 1 || each > MOST_PERCENT)) {
        throw new IllegalArgumentException("a threshold of a pool is 1 to " + MOST_PERCENT);
      }
    }
  }

  /**
   * Reports devices that used nothing in the last days, all of which have been read. A device with
   * an unknown day is not reported.
   *
   * @param name the name
   * @param account the account, or null for all
   * @param days the number of days up to yesterday, 1 to 366
   */
  record Idle(String name, @Nullable String account, int days) implements AlertRule {
    /** The default number of days. */
    public static final int DEFAULT_DAYS = 30;

    /** The greatest number of days. */
    public static final int MOST_DAYS = 366;

    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if the name is blank or the days are not 1 to 366
     */
    public Idle {
      Preconditions.text("name", name);
      if (days < 1 || days > MOST_DAYS) {
        throw new IllegalArgumentException("days must be 1 to " + MOST_DAYS);
      }
    }
  }
}
