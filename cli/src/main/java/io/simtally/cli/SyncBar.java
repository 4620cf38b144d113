package io.simtally.cli;

import io.simtally.cli.usage.AccountRow;
import io.simtally.fleet.sync.SyncListener;
import io.simtally.fleet.sync.SyncProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar over all carriers with rate, failures and remaining time. */
final class SyncBar implements SyncListener, AutoCloseable {
  private static final int WIDTH = 100;

  private final Map<AccountRow, SyncProgress> carriers = new ConcurrentHashMap<>();
  private final Map<AccountRow, Long> lists = new ConcurrentHashMap<>();
  private final int expectedCarriers;
  private final @Nullable ProgressBar bar;

  private SyncBar(int expectedCarriers, @Nullable ProgressBar bar) {
    this.expectedCarriers = expectedCarriers;
    this.bar = bar;
  }

  /** Returns a bar, which is visible on a terminal only. */
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
    var key = new AccountRow(progress.provider(), progress.account());
    lists.remove(key);
    carriers.put(key, progress);
    show();
  }

  @Override
  public void listing(String provider, String account, long devices) {
    lists.put(new AccountRow(provider, account), devices);
    show();
  }

  private void show() {
    if (bar != null) {
      var expected = expected();
      bar.maxHint(expected == null ? -1 : expected);
      bar.stepTo(done());
      bar.setExtraMessage(" " + words());
    }
  }

  private long done() {
    return carriers.values().stream().mapToLong(SyncProgress::done).sum();
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

  /** Returns the text behind the bar. It has no rate while only lists are read. */
  String words() {
    var words = new ArrayList<String>();
    var rate = carriers.values().stream().mapToDouble(SyncProgress::devicesPerSecond).sum();
    if (lists.isEmpty() || !carriers.isEmpty()) {
      words.add(String.format(Locale.ROOT, "%,.0f/s", rate));
    }
    var expected = expected();
    if (expected != null && rate >= 1) {
      words.add(time(Duration.ofSeconds((long) ((expected - done()) / rate))) + " left");
    }
    var failed = carriers.values().stream().mapToLong(SyncProgress::failed).sum();
    if (failed > 0) {
      words.add(String.format(Locale.ROOT, "%,d failed", failed));
    }
    if (!lists.isEmpty()) {
      var named = lists.values().stream().mapToLong(Long::longValue).sum();
      words.add(String.format(Locale.ROOT, "reading the list of SIMs: %,d", named));
    }
    return String.join(", ", words);
  }

  private static String time(Duration left) {
    return left.toHours() > 0
        ? left.toHours() + " h " + left.toMinutesPart() + " min"
        : left.toMinutes() > 0
            ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
            : left.toSeconds() + " s";
  }

  /** Removes the bar, before other output. */
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
