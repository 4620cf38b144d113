package io.simtally.fleet.check;

/**
 * Something in an answer that is not as the provider's page has it. Tells where and in which form,
 * never a value.
 *
 * @param operation verb and path template of the call
 * @param path where in the answer, for example {@code data[].usage.total}; a name that may be a
 *     customer's is {@code {}}
 * @param kind in what way
 * @param expected the form that the page shows, empty if it shows nothing there
 * @param found the form that came, empty if nothing did
 */
public record Difference(String operation, String path, Kind kind, String expected, String found) {

  /** In what way an answer differs. */
  public enum Kind {
    /** A member that the page does not know. */
    NEW,
    /** A member that all of the page's samples have, and an answer has not. */
    MISSING,
    /** Another JSON type. */
    TYPE,
    /**
     * The same JSON type, written in another way: a time with fractions, a number with decimals.
     */
    FORMAT,
    /** A word that the page does not list. Which one is not told: it may be a customer's. */
    WORD,
    /** Rows in another order than all of the page's samples have. */
    ORDER,
    /** No JSON at all, or more of it than is compared. */
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
