package io.simtally.cli.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads rows of a store on a second thread while the calling thread uses the rows before them. */
public final class ReadAhead {
  private static final int BATCH = 4_096;

  private ReadAhead() {}

  /**
   * Calls an action with each row, in order, on the calling thread. One thread at a time uses the
   * stream, and none does after this method has returned or thrown.
   *
   * @param rows a sequential stream, which the caller closes
   * @param action must not use the state of the store that the rows are read from: another thread
   *     uses its connection
   */
  public static <T> void forEach(Stream<T> rows, Consumer<? super T> action) {
    var unread = rows.spliterator();
    var reader = Executors.newSingleThreadExecutor();
    var next = batch(unread, reader);
    try {
      for (var batch = next.join(); !batch.isEmpty(); batch = next.join()) {
        next = batch(unread, reader);
        batch.forEach(action);
      }
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    } finally {
      next.exceptionally(failure -> List.of()).join();
      reader.shutdown();
    }
  }

  private static <T> CompletableFuture<List<T>> batch(
      Spliterator<T> unread, ExecutorService reader) {
    return CompletableFuture.supplyAsync(
        () -> {
          var batch = new ArrayList<T>(BATCH);
          while (batch.size() < BATCH && unread.tryAdvance(batch::add)) {
            // The condition adds the row.
          }
          return batch;
        },
        reader);
  }
}
