package io.simtally.simulator.internal;

/** The check digit of an ICCID or IMEI, by the Luhn formula. */
public final class CheckDigit {
  private CheckDigit() {}

  /** Returns the digits followed by their check digit. */
  public static String append(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(digits.length() - 1 - i), 10);
      int weighted = i % 2 == 0 ? 2 * digit : digit;
      sum += weighted / 10 + weighted % 10;
    }
    return digits + (10 - sum % 10) % 10;
  }
}
