package io.simtally.reliability.paging;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.Page;
import io.simtally.core.PageCursor;
import io.simtally.core.PagedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The ways to read all rows of a paged request. */
enum Reading {
  ITEMS,
  STREAM,
  PAGES,
  BY_HAND,
  /** Page by page, with the cursor stored as text between pages. */
  BY_HAND_IN_NEW_CLIENTS;

  /** The maximum number of failures of one page. */
  private static final int PATIENCE = 4;

  boolean isByHand() {
    return this == BY_HAND || this == BY_HAND_IN_NEW_CLIENTS;
  }

  /**
   * Reads to the end.
   *
   * @param request creates the request, with a new client
   * @param rows receives each row, including those before a failure
   */
  <T extends Page<I>, I, R extends PagedRequest<T, I, R>> void read(
      Supplier<R> request, Consumer<? super I> rows) {
    switch (this) {
      case ITEMS -> {
        var items = request.get().iterator();
        while (patiently(items::hasNext)) {
          rows.accept(items.next());
        }
      }
      case STREAM -> request.get().stream().forEach(rows);
      case PAGES -> {
        var pages = request.get().pages().iterator();
        while (pages.hasNext()) {
          patiently(pages::next).items().forEach(rows);
        }
      }
      case BY_HAND -> byHand(request.get(), request, false, rows);
      case BY_HAND_IN_NEW_CLIENTS -> byHand(request.get(), request, true, rows);
    }
  }

  private static <T extends Page<I>, I, R extends PagedRequest<T, I, R>> void byHand(
      R first, Supplier<R> fresh, boolean newClients, Consumer<? super I> rows) {
    var next = Optional.of(first);
    while (next.isPresent()) {
      var request = next.get();
      var page = patiently(request::execute);
      page.items().forEach(rows);
      next =
          newClients
              ? page.next().map(c -> fresh.get().from(PageCursor.parse(c.toString())))
              : page.next().map(request::from);
    }
  }

  /** Retries every failure except a stalled paging. */
  private static <V> V patiently(Supplier<V> question) {
    for (int failures = 1; ; failures++) {
      try {
        return question.get();
      } catch (ApiException e) {
        if (e.kind() == Kind.PAGING_STALLED || failures >= PATIENCE) {
          throw e;
        }
      }
    }
  }

  /** Returns the cursor of each page but the last, with the rows before it. */
  static <T extends Page<I>, I, R extends PagedRequest<T, I, R>> List<Bookmark> bookmarks(
      R request) {
    var bookmarks = new ArrayList<Bookmark>();
    var delivered = new ArrayList<I>();
    for (var page : request.pages()) {
      delivered.addAll(page.items());
      if (page.next().isPresent()) {
        bookmarks.add(new Bookmark(page.next().get().toString(), List.copyOf(delivered)));
      }
    }
    return bookmarks;
  }

  /** A stored cursor and the rows before it. */
  record Bookmark(String cursor, List<?> delivered) {

    /** Returns the rows after this cursor. */
    <T extends Page<I>, I, R extends PagedRequest<T, I, R>> List<I> rest(R request) {
      return request.from(PageCursor.parse(cursor)).stream().toList();
    }
  }
}
