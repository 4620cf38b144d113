package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.NullMarked;
import org.postgresql.Driver;
import org.slf4j.Logger;

/** A program in another process with the store on its class path. */
final class ChildProgram {
  private static final int SUBJECTS = 500;
  private static final DayRange DAYS = StoreContract.days("2026-01-01", "2026-01-05");

  private ChildProgram() {}

  /**
   * Opens the store and prints the outcome. With a second argument, it then writes the same days of
   * the same subjects repeatedly, each time with other figures. The third argument is the account.
   */
  public static void main(String... args) {
    try (var store = UsageStore.open(args[0], Map.of())) {
      System.out.println("open");
      for (int round = 1; args.length > 1; round++) {
        store.write(round(args.length > 2 ? args[2] : StoreContract.EU, args[1], round), 3);
        System.out.println(round);
      }
    } catch (StoreException e) {
      System.out.println(e.getMessage());
    }
  }

  private static List<Reading> round(String account, String prefix, int round) {
    var readings = new ArrayList<Reading>();
    for (int i = 0; i < SUBJECTS; i++) {
      var subject = prefix + i;
      var records =
          DAYS.each().stream().map(day -> StoreContract.usage(subject, day.toString(), round));
      readings.add(
          new Reading(
              StoreContract.MASON,
              account,
              subject,
              DAYS,
              DAYS.end().plusSeconds(round),
              records.toList()));
    }
    return readings;
  }

  /** Returns whether the store contains exactly one complete round of a child. */
  static boolean isWhole(Collection<? extends UsageRecord> records) {
    return records.size() == SUBJECTS * DAYS.days()
        && records.stream().map(UsageRecord::totalBytes).distinct().count() == 1;
  }

  static Process start(String... args) throws IOException {
    return start(List.of(DuckDBDriver.class, Driver.class), args);
  }

  static Process start(List<Class<?>> drivers, String... args) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-cp", classPath(drivers), ChildProgram.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String classPath(List<Class<?>> drivers) {
    var places =
        Stream.concat(
                Stream.of(UsageStore.class, UsageRecord.class, Logger.class, NullMarked.class),
                drivers.stream())
            .map(ChildProgram::place);
    return Stream.concat(Stream.of(Path.of("target", "test-classes").toString()), places)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
