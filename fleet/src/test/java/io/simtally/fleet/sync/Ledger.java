package io.simtally.fleet.sync;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageStore;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What a store must hold after the writes that were committed, account by account. */
final class Ledger {
  private record Key(String subject, LocalDate day) {}

  private static final class Rows {
    final Map<Key, Long> bytes = new ConcurrentHashMap<>();
    final Set<Key> read = new HashSet<>();
  }

  private final Map<String, Rows> accounts = new TreeMap<>();

  synchronized void add(List<Reading> readings) {
    for (var reading : readings) {
      var rows = accounts.computeIfAbsent(reading.account(), account -> new Rows());
      var isWhole = reading.subject().equals(UsageStore.ACCOUNT);
      rows.bytes
          .keySet()
          .removeIf(
              each ->
                  reading.days().contains(each.day())
                      && (isWhole || each.subject().equals(reading.subject())));
      for (var usage : reading.records()) {
        rows.bytes.merge(
            new Key(usage.subject(), DayRange.dayOf(usage.start())), usage.totalBytes(), Long::sum);
      }
      for (var day : reading.days().each()) {
        rows.read.add(new Key(reading.subject(), day));
      }
    }
  }

  synchronized boolean isKnown(String account) {
    return accounts.containsKey(account);
  }

  synchronized boolean isRead(String account, String subject, LocalDate day) {
    return accounts.containsKey(account)
        && accounts.get(account).read.contains(new Key(subject, day));
  }

  synchronized Stream<String> usage() {
    return accounts.entrySet().stream()
        .flatMap(
            account ->
                account.getValue().bytes.entrySet().stream()
                    .map(each -> line(account.getKey(), each.getKey()) + " " + each.getValue()));
  }

  synchronized Stream<String> coverage() {
    return accounts.entrySet().stream()
        .flatMap(
            account -> account.getValue().read.stream().map(each -> line(account.getKey(), each)));
  }

  static String line(String account, String subject, LocalDate day) {
    return account + " " + subject + " " + day;
  }

  private static String line(String account, Key key) {
    return line(account, key.subject(), key.day());
  }
}
