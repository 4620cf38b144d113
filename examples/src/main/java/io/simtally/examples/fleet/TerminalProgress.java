package io.simtally.examples.fleet;

import java.io.PrintStream;
import java.util.function.Function;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar that is gone when the carrier is read. */
final class TerminalProgress implements Progress {

  private static final int WIDTH = 80;

  private final ProgressBar bar;

  /** The bar if a person is watching, else nothing. */
  @SuppressWarnings("SystemConsoleNull") // jdk.console=java.base keeps null for "no terminal"
  static Function<String, Progress> ifTerminal() {
    // JDK 22 to 24 would hand out a console for a pipe as well.
    System.setProperty("jdk.console", "java.base");
    // With a console, System.out is the terminal; System.err may still be a file.
    return System.console() == null
        ? carrier -> Progress.NONE
        : carrier -> new TerminalProgress(carrier, System.out);
  }

  TerminalProgress(String carrier, PrintStream terminal) {
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(carrier)
            .setUnit(" devices", 1)
            // No block characters: a terminal without UTF-8 shows them as question marks.
            .setStyle(ProgressBarStyle.ASCII)
            .setInitialMax(-1)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
            .clearDisplayOnFinish()
            .build();
  }

  @Override
  public void expect(int steps) {
    bar.maxHint(steps);
  }

  @Override
  public void step() {
    bar.step();
  }

  @Override
  public void close() {
    bar.close();
  }
}
