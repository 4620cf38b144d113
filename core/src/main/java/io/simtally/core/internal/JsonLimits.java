package io.simtally.core.internal;

import com.squareup.moshi.JsonDataException;
import okio.Buffer;
import okio.Buffer.UnsafeCursor;

/**
 * Refuses what takes the square of its length to read: numbers of thousands of digits, and blanks
 * by the hundred thousand. No provider sends either, and 64 MiB of them would keep a thread busy
 * for hours, which no deadline ends.
 */
public final class JsonLimits {
  /** Looking at one byte in so many finds every run of twice the length, and costs nothing. */
  private static final int STEP = 2048;

  private static final int MOST_BLANK_STEPS = 32;

  private JsonLimits() {}

  /**
   * Looks for them in JSON that is about to be read, and leaves it as it is.
   *
   * @param json all of the JSON
   * @throws JsonDataException if there is a number of 4096 characters or 68 KiB of blanks; from
   *     half that number and from 66 KiB of blanks on it depends on where they lie
   */
  public static void check(Buffer json) {
    if (json.size() < STEP) {
      return;
    }
    var blankSteps = 0;
    try (var cursor = json.readUnsafe(new UnsafeCursor())) {
      for (long end = STEP - 1; end < json.size(); end += STEP) {
        var run = run(cursor, end);
        if (run == Run.NUMBER) {
          throw new JsonDataException("Expected no number of thousands of digits");
        }
        blankSteps = run == Run.BLANK ? blankSteps + 1 : 0;
        if (blankSteps > MOST_BLANK_STEPS) {
          throw new JsonDataException("Expected no more than 64 KiB of blanks");
        }
      }
    }
  }

  /** What the step that ends with the byte at {@code end} consists of. */
  private static Run run(UnsafeCursor cursor, long end) {
    var run = Run.of(byteAt(cursor, end));
    for (long at = end - 1; run != Run.NONE && at > end - STEP; at--) {
      if (Run.of(byteAt(cursor, at)) != run) {
        return Run.NONE;
      }
    }
    return run;
  }

  private static byte byteAt(UnsafeCursor cursor, long offset) {
    cursor.seek(offset);
    return cursor.data[cursor.start];
  }

  private enum Run {
    NUMBER,
    BLANK,
    NONE;

    static Run of(byte b) {
      return switch (b) {
        case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '-', '.', 'e', 'E' -> NUMBER;
        case ' ', '\t', '\r', '\n' -> BLANK;
        default -> NONE;
      };
    }
  }
}
