package io.simtally.core;

import java.util.List;
import java.util.Optional;

/**
 * One page of a longer answer.
 *
 * @param <T> one row
 */
public interface Page<T> {
  /**
   * {@return the rows of this page that no earlier page returned; a page in the middle may be
   * empty}
   */
  List<T> items();

  /** {@return the position of the next page, or empty if this is the last page} */
  Optional<PageCursor> next();
}
