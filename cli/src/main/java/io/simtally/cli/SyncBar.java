package io.simtally.cli;

import io.simtally.cli.terminal.ProgressLine;
import io.simtally.cli.usage.AccountRow;
import io.simtally.fleet.sync.SyncListener;
import io.simtally.fleet.sync.SyncProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A progress line over all carriers: share, count, rate, remaining time and failures. */
final class SyncBar implements SyncListener, AutoCloseable {
  private final Map<AccountRow, SyncProgress> carriers = new ConcurrentHashMap<>();
  private final Map<AccountRow, Long> lists = new ConcurrentHashMap<>();
  private final int expectedCarriers;
  private final @Nullable ProgressLine line;

  private SyncBar(int expectedCarriers, @Nullable ProgressLine line) {
    this.expectedCarriers = expectedCarriers;
    this.line = line;
  }

  /** Returns a bar, which is visible on a terminal only. */
  static SyncBar of(int carriers, boolean mayShow) {
    return new SyncBar(carriers, mayShow ? ProgressLine.ofTerminal() : null);
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
    if (line != null) {
      line.show(share(), words());
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

  /** Returns the share of the devices that are done, or null while their number is unknown. */
  private @Nullable Double share() {
    var expected = expected();
    return expected == null || expected == 0
        ? null
        : (Double) Math.min((double) done() / expected, 1);
  }

  /** Returns the text of the line. It has no rate while only lists are read. */
  String words() {
    var words = new ArrayList<String>();
    var expected = expected();
    if (lists.isEmpty() || !carriers.isEmpty()) {
      words.add(
          expected == null
              ? String.format(Locale.ROOT, "%,d devices", done())
              : String.format(Locale.ROOT, "%,d of %,d devices", done(), expected));
      var rate = carriers.values().stream().mapToDouble(SyncProgress::devicesPerSecond).sum();
      if (expected != null && rate >= 1) {
        words.add(time(Duration.ofSeconds((long) ((expected - done()) / rate))) + " left");
      }
      words.add(String.format(Locale.ROOT, "%,.0f/s", rate));
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
    if (line != null) {
      line.clear();
    }
  }

  @Override
  public void close() {
    clear();
  }
}
