package io.simtally.core.internal;

import com.squareup.moshi.JsonDataException;
import okio.Buffer;
import okio.Buffer.UnsafeCursor;

/**
 * Rejects JSON that takes quadratic time to read: numbers of thousands of digits, and long runs of
 * blanks. No provider sends either. 64 MiB of them would occupy a thread for hours, and no deadline
 * ends that.
 */
public final class JsonLimits {
  /** Checking one byte in each step finds every run of twice this length. */
  private static final int STEP = 2048;

  private static final int MOST_BLANK_STEPS = 32;

  private JsonLimits() {}

  /**
   * Checks JSON before it is read, without consuming it.
   *
   * @param json the whole JSON
   * @throws JsonDataException if there is a number of 4096 characters or a run of 68 KiB of blanks;
   *     a number from 2048 characters or a run from 66 KiB may be rejected, depending on its
   *     position
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

  /** Returns the run that fills the step ending at {@code end}. */
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
