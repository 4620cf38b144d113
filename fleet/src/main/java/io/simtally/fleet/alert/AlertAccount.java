package io.simtally.fleet.alert;

import io.simtally.core.DayRange;
import java.time.LocalDate;
import java.util.OptionalLong;

/** The billing cycles and the allowance of an account, by which rules are evaluated. */
public interface AlertAccount {
  /** {@return the name of the account, as in the store} */
  String name();

  /**
   * Returns the billing cycle that contains a day.
   *
   * @param day the day
   * @return the days of the cycle
   */
  DayRange cycle(LocalDate day);

  /** {@return the allowance of a billing cycle in bytes, if the account has one} */
  OptionalLong poolBytes();
}
