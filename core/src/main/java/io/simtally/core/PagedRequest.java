package io.simtally.core;

import io.simtally.core.CallListener.IteratedPage;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.PagingStalledException;
import io.simtally.core.internal.Preconditions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A request with a paged answer. An iterator returns the rows of all pages, each row once, and
 * fetches each page when it is needed; {@link #execute()} returns one page. Every iterator starts
 * at the first page. After a failure, an iterator tries the same page again.
 *
 * @param <T> the page
 * @param <I> one row
 * @param <R> the request's own type
 */
public abstract class PagedRequest<T extends Page<I>, I, R extends PagedRequest<T, I, R>>
    extends ApiRequest<T, R> implements Iterable<I> {

  /**
   * For the provider modules.
   *
   * @param handle the client's handle, or the handle of another request
   */
  protected PagedRequest(CallHandle handle) {
    super(handle);
  }

  /**
   * Starts at {@code cursor} instead of the first page.
   *
   * @param cursor the {@link Page#next()} of a page of a request with the same settings
   * @return a new request
   * @throws IllegalArgumentException if the cursor is null; the call itself throws it if the cursor
   *     comes from a request with other settings
   */
  public final R from(PageCursor cursor) {
    return with(context().with(Preconditions.present("cursor", cursor)));
  }

  /**
   * Fetches one page ahead while the program uses the rows of the page before.
   *
   * @return a new request
   */
  public final R prefetch() {
    return with(context().withPrefetching());
  }

  /**
   * Returns an iterator over the rows of all pages.
   *
   * @return a new iterator, which starts at the first page or at {@link #from}; not thread-safe
   * @throws ApiException from the iterator's methods, as {@link #execute()}, and of kind {@code
   *     PAGING_STALLED} if the next page would loop
   */
  @Override
  public final Iterator<I> iterator() {
    return new ItemIterator<>(pages().iterator());
  }

  /** {@return the rows of all pages as a sequential stream, which fetches pages lazily} */
  public final Stream<I> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /** {@return the pages, fetched lazily, each with the cursor to resume from} */
  public final Iterable<T> pages() {
    return () -> new PageIterator<>(this);
  }

  /**
   * Reads all pages sequentially into memory and returns immediately. The timeout applies to each
   * page. Cancelling the future cancels the current call.
   *
   * @return the future answer with all rows, each once, and no next page; it fails with {@link
   *     ApiException} if a page fails, or with kind {@code PAGING_STALLED} if the next page would
   *     loop
   */
  public final CompletableFuture<T> executeAllAsync() {
    var pages = new ArrayList<T>();
    return new AsyncPager<>(this, pages::add, () -> joined(pages)).start();
  }

  /**
   * Reads all pages sequentially and returns immediately. Only one page is in memory at a time. The
   * timeout applies to each page. Cancelling the future cancels the current call and stops the
   * iteration.
   *
   * @param taker receives the rows of all pages in order, each once, on a thread of the client, so
   *     it should not block; an exception of it fails the future
   * @return a future that completes after the last row; it fails with {@link ApiException} if a
   *     page fails, or with kind {@code PAGING_STALLED} if the next page would loop
   * @throws IllegalArgumentException if it is null
   */
  public final CompletableFuture<Void> forEachAsync(Consumer<? super I> taker) {
    Preconditions.present("taker", taker);
    return new AsyncPager<>(
            this, page -> page.items().forEach(taker), (Supplier<@Nullable Void>) () -> null)
        .start();
  }

  private T joined(List<T> pages) {
    var first = pages.get(0);
    if (pages.size() == 1) {
      return first;
    }
    var rows = new ArrayList<I>();
    pages.forEach(page -> rows.addAll(page.items()));
    return withAll(rows, first);
  }

  /**
   * Joins several pages into one.
   *
   * @param rows the rows of all pages
   * @param first the first page, for the members beside the rows
   * @return one page with all rows and no next page
   */
  protected abstract T withAll(List<I> rows, T first);

  /** {@return a text of all settings that a cursor of this request depends on} */
  protected abstract String scope();

  /**
   * Returns the start position of this request.
   *
   * @return the position in the provider's own words, or null for the first page
   * @throws IllegalArgumentException if the cursor comes from a request with other settings
   */
  protected final @Nullable String position() {
    var cursor = context().paging().cursor();
    if (cursor == null) {
      return null;
    }
    if (!cursor.isOf(scope())) {
      throw new IllegalArgumentException("cursor comes from a request with other settings");
    }
    return cursor.position();
  }

  /**
   * Creates a cursor of this request.
   *
   * @param position the position of a page in the provider's own words
   * @return a cursor to that page
   */
  protected final PageCursor cursorTo(String position) {
    return PageCursor.of(scope(), position);
  }

  @Override
  final CallSpec<T> checkedSpec() {
    var spec = spec();
    var cursor = context().paging().cursor();
    if (cursor == null) {
      return spec;
    }
    return spec.decodedBy(
        (reader, status) -> {
          var page = spec.decoder().decode(reader, status);
          if (page.next().filter(cursor::equals).isPresent()) {
            throw new PagingStalledException("the page names itself as the next one");
          }
          return page;
        });
  }

  /** Returns the exception of an iteration that would loop. */
  final ApiException stalled(String reason) {
    return context().transport().stalled(spec(), context(), reason);
  }

  /** Returns this request as one page of an iteration. */
  final PagedRequest<T, I, R> as(IteratedPage page) {
    return with(context().with(page));
  }

  /** Iterates over the rows of pages. */
  private static final class ItemIterator<I> implements Iterator<I> {
    private final Iterator<? extends Page<I>> pages;
    private Iterator<I> items = Collections.emptyIterator();

    ItemIterator(Iterator<? extends Page<I>> pages) {
      this.pages = pages;
    }

    @Override
    public boolean hasNext() {
      while (!items.hasNext() && pages.hasNext()) {
        items = pages.next().items().iterator();
      }
      return items.hasNext();
    }

    @Override
    public I next() {
      if (!hasNext()) {
        throw new NoSuchElementException("there are no more rows");
      }
      return items.next();
    }
  }
}
