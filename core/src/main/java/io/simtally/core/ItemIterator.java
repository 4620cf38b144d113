package io.simtally.core;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The rows of one page after the other; a page without rows does not end it. */
final class ItemIterator<I> implements Iterator<I> {
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
