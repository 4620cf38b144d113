package io.simtally.cli;

import io.simtally.fleet.sync.SyncListener;
import io.simtally.fleet.sync.SyncProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** One bar over all carriers, with rate, failures and the time left; gone when all is read. */
final class SyncBar implements SyncListener, AutoCloseable {
  private static final int WIDTH = 100;

  private final Map<String, SyncProgress> carriers = new ConcurrentHashMap<>();
  private final int expectedCarriers;
  private final @Nullable ProgressBar bar;

  private SyncBar(int expectedCarriers, @Nullable ProgressBar bar) {
    this.expectedCarriers = expectedCarriers;
    this.bar = bar;
  }

  /** The bar if a person is watching. */
  @SuppressWarnings("SystemConsoleNull") // jdk.console=java.base keeps null for "no terminal"
  static SyncBar of(int carriers, boolean mayShow) {
    // JDK 22 to 24 would hand out a console for a pipe as well.
    System.setProperty("jdk.console", "java.base");
    // With a console, System.out is the terminal; System.err may still be a file.
    return new SyncBar(carriers, mayShow && System.console() != null ? bar() : null);
  }

  private static ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("Devices")
        // No block characters: a terminal without UTF-8 shows them as question marks.
        .setStyle(ProgressBarStyle.ASCII)
        .setInitialMax(-1)
        .setUpdateIntervalMillis(200)
        .setConsumer(new ConsoleProgressBarConsumer(System.out, WIDTH))
        .hideEta()
        .clearDisplayOnFinish()
        .build();
  }

  @Override
  public void progressed(SyncProgress progress) {
    if (bar == null) {
      return;
    }
    carriers.put(progress.provider(), progress);
    var done = carriers.values().stream().mapToLong(SyncProgress::done).sum();
    var failed = carriers.values().stream().mapToLong(SyncProgress::failed).sum();
    var rate = carriers.values().stream().mapToDouble(SyncProgress::devicesPerSecond).sum();
    var expected = expected();
    bar.maxHint(expected == null ? -1 : expected);
    bar.stepTo(done);
    bar.setExtraMessage(words(rate, failed, expected == null ? null : expected - done));
  }

  private @Nullable Long expected() {
    if (carriers.size() < expectedCarriers
        || carriers.values().stream().anyMatch(each -> each.expected() == null)) {
      return null;
    }
    return carriers.values().stream()
        .mapToLong(each -> each.expected() == null ? 0 : each.expected())
        .sum();
  }

  private static String words(double rate, long failed, @Nullable Long left) {
    var words = String.format(Locale.ROOT, " %,.0f/s", rate);
    if (left != null && rate >= 1) {
      words += ", " + time(Duration.ofSeconds((long) (left / rate))) + " left";
    }
    return failed == 0 ? words : words + String.format(Locale.ROOT, ", %,d failed", failed);
  }

  private static String time(Duration left) {
    return left.toHours() > 0
        ? left.toHours() + " h " + left.toMinutesPart() + " min"
        : left.toMinutes() > 0
            ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
            : left.toSeconds() + " s";
  }

  /** Takes the bar away, before anything else is printed. */
  void clear() {
    if (bar != null) {
      bar.close();
    }
  }

  @Override
  public void close() {
    clear();
  }
}
