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
   * {@return the rows of this page that no page before it has brought; may be empty in the middle}
   */
  List<T> items();

  /** {@return where the next page begins, or empty if this is the last one} */
  Optional<PageCursor> next();
}
