package io.simtally.simulator.internal;

import java.util.OptionalInt;

/**
 * The format of the generated members' identifiers: a prefix, the member's number in a fixed count
 * of digits, and a Luhn check digit if the identifier has one.
 */
public record SeededId(String prefix, int digits, boolean hasCheckDigit) {
  /** Returns the identifier of a member. */
  public String of(int number) {
    String text = Integer.toString(number);
    String id = prefix + "0".repeat(digits - text.length()) + text;
    return hasCheckDigit ? CheckDigit.append(id) : id;
  }

  /** Returns the number of the member that has an identifier, empty if no member can have it. */
  public OptionalInt number(String id) {
    int end = prefix.length() + digits;
    if (!id.startsWith(prefix) || id.length() != end + (hasCheckDigit ? 1 : 0)) {
      return OptionalInt.empty();
    }
    String text = id.substring(prefix.length(), end);
    if (!text.matches("[0-9]+")) {
      return OptionalInt.empty();
    }
    int number = (int) Math.min(Long.parseLong(text), SeededFleet.MAX_SIZE);
    return of(number).equals(id) ? OptionalInt.of(number) : OptionalInt.empty();
  }
}
