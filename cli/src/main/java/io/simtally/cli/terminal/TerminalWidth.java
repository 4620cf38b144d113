package io.simtally.cli.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The number of columns of the terminal, which {@code stty} returns. Thread-safe. */
public final class TerminalWidth implements IntSupplier {
  /** The width of a terminal that has no other. */
  static final int DEFAULT = 80;

  private static final int LEAST = 20;
  private static final File TERMINAL = new File("/dev/tty");

  private volatile @Nullable Integer columns;

  /** Forgets the width, after the terminal has been resized. */
  void forget() {
    columns = null;
  }

  @Override
  public int getAsInt() {
    var known = columns;
    if (known == null) {
      known = ask();
      columns = known;
    }
    return known;
  }

  private static int ask() {
    if (!TERMINAL.exists()) {
      return DEFAULT;
    }
    try {
      var stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(TERMINAL)
              .redirectError(Redirect.DISCARD)
              .start();
      var size = new String(stty.getInputStream().readAllBytes(), US_ASCII).strip().split(" ", -1);
      if (stty.waitFor(1, TimeUnit.SECONDS) && size.length == 2) {
        var width = Integer.parseInt(size[1]);
        return width == 0 ? DEFAULT : Math.max(width, LEAST);
      }
    } catch (IOException | NumberFormatException noTerminal) {
      // The width is not known.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return DEFAULT;
  }
}
