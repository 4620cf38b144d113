package io.simtally.cli;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The folder in which Parquet files are made until all of them are there. It lies beside the
 * target, or inside a target that exists, which may be a file system of its own.
 *
 * <p>The end of the process deletes it. A draft of a process that was killed is deleted by the next
 * export to the same place, because its lock is free.
 */
final class ParquetDraft implements AutoCloseable {
  private static final String PREFIX = ".simtally-export-";
  private static final String LOCK = "lock";

  /** The root of a file system of its own has this folder. */
  private static final String LOST_AND_FOUND = "lost+found";

  /** Longer than a process takes from making a draft to locking it. */
  private static final Duration UNLOCKED = Duration.ofMinutes(1);

  private final Path target;
  private final Path folder;
  private final FileChannel lock;
  private final Thread atTheEnd;

  private ParquetDraft(Path target, Path folder, FileChannel lock) {
    this.target = target;
    this.folder = folder;
    this.lock = lock;
    this.atTheEnd = new Thread(this::deleteQuietly, "simtally-export-draft");
    Runtime.getRuntime().addShutdownHook(atTheEnd);
  }

  /**
   * Makes a draft.
   *
   * @throws IllegalArgumentException if the target is a file, or a folder that is not empty
   */
  static ParquetDraft of(Path out) throws IOException {
    if (AtomicFile.isStandardOutput(out) || (Files.exists(out) && !Files.isDirectory(out))) {
      throw new IllegalArgumentException(
          out + " is no directory; --format parquet writes a directory of files");
    }
    var isThere = Files.exists(out);
    var target = isThere ? out.toRealPath() : out.toAbsolutePath();
    var place = isThere ? target : Objects.requireNonNull(target.getParent(), "the root is there");
    deleteAbandoned(place);
    if (isThere && !isEmpty(target)) {
      throw new IllegalArgumentException(out + " is there already, and not empty");
    }
    var folder = Files.createTempDirectory(place, PREFIX);
    var lock = FileChannel.open(folder.resolve(LOCK), CREATE, WRITE);
    lock.lock();
    return new ParquetDraft(target, folder, lock);
  }

  Path database() {
    return folder.resolve("export.duckdb");
  }

  Path files() {
    return folder.resolve("files");
  }

  /** Moves the files to their place. */
  void publish() throws IOException {
    Files.createDirectories(files()); // Of no records, DuckDB makes none.
    if (!Files.exists(target)) {
      Files.move(files(), target);
      return;
    }
    for (var each : list(files())) {
      Files.move(each, target.resolve(each.getFileName()));
    }
  }

  private static void deleteAbandoned(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return;
    }
    for (var each : list(place)) {
      if (each.getFileName().toString().startsWith(PREFIX)
          && Files.isDirectory(each)
          && isAbandoned(each)) {
        deleteAll(each);
      }
    }
  }

  private static boolean isAbandoned(Path draft) throws IOException {
    if (Files.getLastModifiedTime(draft).toInstant().isAfter(Instant.now().minus(UNLOCKED))
        && !Files.exists(draft.resolve(LOCK))) {
      return false;
    }
    try (var lock = FileChannel.open(draft.resolve(LOCK), CREATE, WRITE);
        var held = lock.tryLock()) {
      return held != null;
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    return list(folder).stream()
        .allMatch(each -> each.getFileName().toString().equals(LOST_AND_FOUND));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private void deleteQuietly() {
    try {
      deleteAll(folder);
    } catch (IOException | UncheckedIOException stillWritten) {
      // The next export deletes the rest.
    }
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException ending) {
      // The hook deletes it as well.
    }
    lock.close();
    deleteAll(folder);
  }
}
