package io.simtally.cli.terminal;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * One line of a terminal that is written again and again. It is never wider than the terminal,
 * since a terminal would move the rest to a new line. Thread-safe.
 */
public final class ProgressLine {
  private static final long NANOS_BETWEEN = 200_000_000;

  /** A bar with fewer characters says nothing. */
  private static final int LEAST_BAR = 10;

  private static final int MOST_BAR = 40;

  private final PrintStream terminal;
  private final IntSupplier width;
  private final LongSupplier nanoTime;

  /** The number of characters on the terminal, and the time since which they are there. */
  private int shown;

  private long shownAt;
  private boolean isCleared;

  ProgressLine(PrintStream terminal, IntSupplier width, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.width = width;
    this.nanoTime = nanoTime;
    this.shownAt = nanoTime.getAsLong() - NANOS_BETWEEN;
  }

  /** Returns the line of the terminal of the process, or null if there is no terminal. */
  @SuppressWarnings("SystemConsoleNull") // jdk.console=java.base keeps null for "no terminal"
  public static @Nullable ProgressLine ofTerminal() {
    // JDK 22 to 24 would hand out a console for a pipe as well.
    System.setProperty("jdk.console", "java.base");
    // With a console, System.out is the terminal; System.err may still be a file.
    if (System.console() == null) {
      return null;
    }
    var size = new TerminalWidth();
    Signals.register("WINCH", size::forget);
    return new ProgressLine(System.out, size, System::nanoTime);
  }

  /**
   * Shows a state, at most five times a second.
   *
   * @param share the part that is done, 0 to 1, or null if it is unknown
   */
  public synchronized void show(@Nullable Double share, String words) {
    var now = nanoTime.getAsLong();
    if (isCleared || now - shownAt < NANOS_BETWEEN) {
      return;
    }
    shownAt = now;
    // In the last column, some terminals move on to the next line.
    var room = width.getAsInt() - 1;
    var text = line(share, words, room);
    terminal.print("\r" + text + " ".repeat(Math.max(0, Math.min(shown, room) - text.length())));
    terminal.flush();
    shown = text.length();
  }

  private static String line(@Nullable Double share, String words, int room) {
    if (share == null) {
      return cut(words, room);
    }
    // 100 % is shown for the whole only.
    var percent = String.format(Locale.ROOT, "%3d %%", (int) Math.floor(share * 100));
    var barRoom = Math.min(room - percent.length() - words.length() - 4, MOST_BAR);
    if (barRoom < LEAST_BAR) {
      return cut(percent + "  " + words, room);
    }
    var filled = (int) (share * barRoom);
    return percent + " [" + "=".repeat(filled) + " ".repeat(barRoom - filled) + "] " + words;
  }

  private static String cut(String text, int room) {
    return text.length() <= room ? text : text.substring(0, Math.max(0, room));
  }

  /** Removes the line for good, before other output. */
  public synchronized void clear() {
    if (!isCleared && shown > 0) {
      terminal.print("\r" + " ".repeat(Math.min(shown, Math.max(0, width.getAsInt() - 1))) + "\r");
      terminal.flush();
    }
    isCleared = true;
  }
}
