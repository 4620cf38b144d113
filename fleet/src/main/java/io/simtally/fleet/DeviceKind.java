package io.simtally.fleet;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The kinds of identifiers that a devices file may hold, and what each looks like.
 *
 * <p>No check digit alone refuses an identifier: networks report IMEIs with a zero in its place,
 * and some providers leave it out of ICCIDs.
 */
enum DeviceKind {
  EID("20 or 32 digits", "[0-9]{20}|[0-9]{32}"),
  /** Decimal by the page of ThingSpace; hexadecimal on the device, where a MEID may replace it. */
  ESN("11 decimal, or 8 or 14 hexadecimal digits", "[0-9]{11}|[0-9A-Fa-f]{8}|[0-9A-Fa-f]{14}"),
  EUI("16 hexadecimal digits", "[0-9A-Fa-f]{16}"),
  ICCID("18 to 20 digits", "[0-9]{18,20}"),
  /** ThingSpace takes up to 16; 14 are those of an IMEI without its check digit. */
  IMEI("14 to 16 digits", "[0-9]{14,16}"),
  IMSI("6 to 15 digits", "[0-9]{6,15}"),
  MDN("10 digits", "[0-9]{10}"),
  MEID("14 hexadecimal digits", "[0-9A-Fa-f]{14}"),
  MSISDN("5 to 15 digits, with or without a leading +", "[+]?[0-9]{5,15}");

  /** The form in which spreadsheets show a number of many digits, in any locale. */
  private static final Pattern EXPONENT = Pattern.compile("[0-9][.,]?[0-9]*[eE]\\+[0-9]+");

  /** The form in which they store it. */
  private static final Pattern FRACTION = Pattern.compile("[0-9]+[.,]0+");

  /** Digits that a spreadsheet keeps of a number; it writes zeros for the others. */
  private static final int SPREADSHEET_DIGITS = 15;

  private static final int ICCID_DIGITS = 19;
  private static final int EQUIPMENT_DIGITS = 14;
  private static final int IMEI_DIGITS = 15;
  private static final int HEX_ESN = 8;

  private final String words;
  private final Pattern form;

  DeviceKind(String words, String form) {
    this.words = words;
    this.form = Pattern.compile(form);
  }

  /** The kind of that name in any case. */
  static Optional<DeviceKind> of(String name) {
    return Stream.of(values()).filter(kind -> kind.name().equalsIgnoreCase(name)).findAny();
  }

  static String known() {
    return Stream.of(values()).map(DeviceKind::text).collect(joining(", "));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Refuses what is no identifier of this kind.
   *
   * @param isText whether the file says that the cell is text: its digits are then as they were
   * @throws IllegalArgumentException if it is none; the message names it
   */
  void check(String id, boolean isText) {
    if (!form.matcher(id).matches()) {
      if (EXPONENT.matcher(id).matches() || FRACTION.matcher(id).matches()) {
        throw rounded(id, "export the column as text");
      }
      throw new IllegalArgumentException("id `" + id + "`: " + text() + " has " + words);
    }
    if (!isText && isRounded(id)) {
      throw rounded(
          id, "export the column as text, or write =\"" + id + "\" if the id is really this");
    }
  }

  private static IllegalArgumentException rounded(String id, String advice) {
    return new IllegalArgumentException(
        "id `" + id + "` looks like a spreadsheet-rounded number; " + advice);
  }

  /** A real ICCID may end in zeros as well: then its check digit fits. */
  private boolean isRounded(String id) {
    return switch (this) {
      case ICCID -> id.length() >= ICCID_DIGITS && endsInZeros(id) && !hasCheckDigit(id);
      case EID -> endsInZeros(id);
      default -> false;
    };
  }

  private static boolean endsInZeros(String id) {
    return id.substring(SPREADSHEET_DIGITS).chars().allMatch(digit -> digit == '0');
  }

  /** Whether the last digit is the check digit of the others, by Luhn. */
  private static boolean hasCheckDigit(String id) {
    var sum = 0;
    for (var i = 0; i < id.length(); i++) {
      var digit = id.charAt(id.length() - 1 - i) - '0';
      var weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted / 10 + weighted % 10;
    }
    return sum % 10 == 0;
  }

  /**
   * The part of an identifier that is the same in all its spellings, for a hash table. Identifiers
   * with the same part need not be the same.
   */
  String common(String id) {
    return switch (this) {
      case ICCID -> id.substring(0, ICCID_DIGITS - 1);
      case IMEI -> id.substring(0, EQUIPMENT_DIGITS);
      case ESN -> id.length() == HEX_ESN ? decimalEsn(id) : id.toUpperCase(Locale.ROOT);
      default -> id.toUpperCase(Locale.ROOT);
    };
  }

  /** Whether two identifiers of this kind are spellings of one. */
  boolean isSame(String one, String other) {
    return switch (this) {
      case ICCID -> one.equals(other) || isWithoutCheckDigit(one, other);
      case IMEI -> one.equals(other) || isSameEquipment(one, other);
      default -> common(one).equals(common(other));
    };
  }

  private static boolean isWithoutCheckDigit(String one, String other) {
    return Math.abs(one.length() - other.length()) == 1
        && (one.startsWith(other) || other.startsWith(one));
  }

  /** A check digit or two digits of the software's version follow the number of the equipment. */
  private boolean isSameEquipment(String one, String other) {
    var haveCheckDigits = one.length() == IMEI_DIGITS && other.length() == IMEI_DIGITS;
    return !haveCheckDigits && common(one).equals(common(other));
  }

  /**
   * Returns the spelling that a subject has in the store: a device that is listed in two spellings
   * by two files must not be stored twice.
   */
  String normalized(String id) {
    return this == MSISDN && id.startsWith("+") ? id.substring(1) : id;
  }

  /** Eight bits of the manufacturer as three digits, 24 bits of the serial number as eight. */
  private static String decimalEsn(String id) {
    var number = Long.parseLong(id, 16);
    return String.format(Locale.ROOT, "%03d%08d", number >> 24, number & 0xFFFFFF);
  }
}
