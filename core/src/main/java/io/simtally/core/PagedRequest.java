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
 * A request whose answer comes in pages. Iterating over it brings the rows of all pages, each
 * fetched when it is needed and each row once; {@link #execute()} brings one page. Every iteration
 * starts anew, and a failure leaves it where it was: asking again tries the same page again.
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
   * @param handle what the request carries beside its own settings
   */
  protected PagedRequest(CallHandle handle) {
    super(handle);
  }

  /**
   * Begins at {@code cursor} instead of at the first page.
   *
   * @param cursor the {@link Page#next()} of a page that a request with the same settings brought
   * @return a new request
   * @throws IllegalArgumentException if it is null; when the request runs also if the cursor comes
   *     from a request with other settings
   */
  public final R from(PageCursor cursor) {
    return with(context().with(Preconditions.present("cursor", cursor)));
  }

  /**
   * Asks for one page ahead while the rows of the page before are used.
   *
   * @return a new request
   */
  public final R prefetch() {
    return with(context().withPrefetching());
  }

  /**
   * Iterates over the rows of all pages.
   *
   * @return an iterator of its own, which begins at the first page or at {@link #from}, for one
   *     thread
   * @throws ApiException from the iterator's methods, as {@link #execute()}, and of kind {@code
   *     PAGING_STALLED} where going on would loop
   */
  @Override
  public final Iterator<I> iterator() {
    return new ItemIterator<>(pages().iterator());
  }

  /** {@return the rows of all pages as a sequential stream, which fetches pages as it is read} */
  public final Stream<I> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /**
   * {@return the pages, each with the cursor to go on from later; fetched as they are iterated
   * over}
   */
  public final Iterable<T> pages() {
    return () -> new PageIterator<>(this);
  }

  /**
   * Reads all pages, one after the other, and returns at once: {@link #executeAsync()} for the
   * whole answer, which is held in memory. The time limit is that of each page. Cancelling the
   * future cancels the call under way.
   *
   * @return the answer that would have come had it fitted on one page: all rows, each once, and no
   *     next page; it fails with {@link ApiException} where one page fails or, of kind {@code
   *     PAGING_STALLED}, where going on would loop
   */
  public final CompletableFuture<T> executeAllAsync() {
    var pages = new ArrayList<T>();
    return new AsyncPager<>(this, pages::add, () -> joined(pages)).start();
  }

  /**
   * Reads all pages, one after the other, and returns at once; a page is forgotten when its rows
   * have been taken. The time limit is that of each page. Cancelling the future cancels the call
   * under way, and no other page is asked for.
   *
   * @param taker takes the rows of all pages in order, each once, on a thread of the client that it
   *     must not keep waiting; what it throws ends the walk and fails the future
   * @return ends when the last row was taken; fails with {@link ApiException} where one page fails
   *     or, of kind {@code PAGING_STALLED}, where going on would loop
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
   * Makes one page of several.
   *
   * @param rows the rows of all pages
   * @param first the first of the pages, for what they say beside their rows
   * @return the last page of an answer that has no other
   */
  protected abstract T withAll(List<I> rows, T first);

  /** {@return a text that describes everything that a cursor of this request depends on} */
  protected abstract String scope();

  /**
   * Says where this request begins.
   *
   * @return the provider's words for that place, or null for the first page
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
   * Makes a cursor of this request.
   *
   * @param position the provider's words for where a page begins
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

  /** The operation, for an exception that no call has thrown. */
  final ApiException stalled(String reason) {
    return context().transport().stalled(spec(), context(), reason);
  }

  /** The request as one page of an iteration. */
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
