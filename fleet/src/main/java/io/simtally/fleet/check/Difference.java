package io.simtally.fleet.check;

/**
 * A difference between an answer and the provider's page: its place and its form, never a value.
 *
 * @param operation verb and path template of the call
 * @param path the place in the answer, for example {@code data[].usage.total}; {@code {}} stands
 *     for a name that may be a customer's
 * @param kind the kind of the difference
 * @param expected the documented form, empty if nothing is documented there
 * @param found the form in the answer, empty if the answer has nothing there
 */
public record Difference(String operation, String path, Kind kind, String expected, String found) {

  /** The kinds of differences. */
  public enum Kind {
    /** The page does not have the member. */
    NEW,
    /** The answer lacks a member that the page has. */
    MISSING,
    /** The JSON type differs. */
    TYPE,
    /** The JSON type is right, but not how the value is written: a time, a decimal number. */
    FORMAT,
    /** The page does not list the word. The word is not kept, it may be a customer's. */
    WORD,
    /** The page has the rows in ascending order. */
    ORDER,
    /** The answer is not JSON, or too long to be compared. */
    UNREADABLE
  }

  /** {@return one plain line} */
  @Override
  public String toString() {
    var where = operation + ": " + (path.isEmpty() ? "the answer" : path);
    return where
        + switch (kind) {
          case NEW -> " is not on the page: " + found;
          case MISSING -> " is missing";
          case TYPE, FORMAT, UNREADABLE -> " is " + found + ", on the page " + expected;
          case WORD -> " has a word that is not one of the page's: " + expected;
          case ORDER -> " is " + found + " by time, on the page " + expected;
        };
  }
}
