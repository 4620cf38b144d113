package io.simtally.core;

import io.simtally.core.CallListener.IteratedPage;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Iterates over pages, and throws if a cursor repeats. */
final class PageIterator<T extends Page<I>, I, R extends PagedRequest<T, I, R>>
    implements Iterator<T> {
  private static final AtomicLong ITERATIONS = new AtomicLong();

  /** The largest number of consecutive pages without rows. */
  private static final int MOST_EMPTY_PAGES = 1_000;

  private final long iteration = ITERATIONS.incrementAndGet();
  private final Set<PageCursor> followed = new HashSet<>();

  /** The number of the next page. */
  private int number = 1;

  private @Nullable PagedRequest<T, I, R> next;
  private @Nullable CompletableFuture<T> ahead;
  private @Nullable String deadEnd;
  private int emptyPages;

  PageIterator(PagedRequest<T, I, R> first) {
    next = first.as(new IteratedPage(iteration, number));
    var cursor = first.context().paging().cursor();
    if (cursor != null) {
      followed.add(cursor);
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public T next() {
    var page = taken(fetch(request()));
    if (next != null && deadEnd == null && next.context().paging().prefetching()) {
      ahead = next.executeAsync();
    }
    return page;
  }

  /** Returns the request of the next page. The caller passes its answer to {@link #taken}. */
  PagedRequest<T, I, R> request() {
    var request = next;
    if (request == null) {
      throw new NoSuchElementException("there are no more pages");
    }
    if (deadEnd != null) {
      throw request.stalled(deadEnd);
    }
    return request;
  }

  /** Advances to the page after {@code page}, the answer to {@link #request}. */
  T taken(T page) {
    emptyPages = page.items().isEmpty() ? emptyPages + 1 : 0;
    var cursor = page.next().orElse(null);
    next = cursor == null ? null : following(request(), cursor);
    deadEnd = cursor == null ? null : deadEnd(cursor);
    return page;
  }

  private PagedRequest<T, I, R> following(PagedRequest<T, I, R> request, PageCursor cursor) {
    number++;
    return request.from(cursor).as(new IteratedPage(iteration, number));
  }

  /** Returns why the iteration must not follow {@code cursor}, or null. */
  private @Nullable String deadEnd(PageCursor cursor) {
    if (!followed.add(cursor)) {
      return "the last page names a page as next that was read before";
    }
    return emptyPages < MOST_EMPTY_PAGES
        ? null
        : "the last " + MOST_EMPTY_PAGES + " pages promise more rows and bring none";
  }

  private T fetch(PagedRequest<T, I, R> request) {
    var pending = ahead;
    ahead = null;
    if (pending == null) {
      return request.execute();
    }
    try {
      return pending.get();
    } catch (ExecutionException | CancellationException e) {
      throw e.getCause() instanceof ApiException failure ? failure : new IllegalStateException(e);
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      return request.execute(); // the interrupt ends it before it sends
    }
  }
}
