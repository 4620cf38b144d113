package io.simtally.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads pages sequentially without a waiting thread. */
final class AsyncPager<T extends Page<I>, I, R extends PagedRequest<T, I, R>, V> {
  private final PageIterator<T, I, R> pages;
  private final Consumer<T> taker;
  private final Supplier<V> result;
  private final CompletableFuture<V> end = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<T> pending;

  /**
   * Creates a pager that has not started.
   *
   * @param taker receives each page, in order
   * @param result provides the value of the future after the last page
   */
  AsyncPager(PagedRequest<T, I, R> first, Consumer<T> taker, Supplier<V> result) {
    this.pages = new PageIterator<>(first);
    this.taker = taker;
    this.result = result;
    Future<?> unused = end.whenComplete((value, failure) -> cancelPending());
  }

  /** Starts reading. Cancelling the future stops it. */
  CompletableFuture<V> start() {
    askForNext();
    return end;
  }

  private void askForNext() {
    var page = pages.request().executeAsync();
    pending = page;
    if (end.isDone()) {
      cancelPending();
    }
    Future<?> unused = page.whenComplete(this::came);
  }

  private void came(@Nullable T page, @Nullable Throwable failure) {
    if (page == null) {
      end.completeExceptionally(cause(failure));
      return;
    }
    try {
      taker.accept(pages.taken(page));
      if (end.isDone()) {
        return;
      }
      if (pages.hasNext()) {
        askForNext();
      } else {
        end.complete(result.get());
      }
    } catch (RuntimeException | Error e) {
      // Nothing else completes the future.
      end.completeExceptionally(e);
    }
  }

  private void cancelPending() {
    var page = pending;
    if (page != null) {
      page.cancel(true);
    }
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
  }
}
