package io.simtally.core;

import java.util.List;
import java.util.Optional;

/** One page of a longer answer. */
public interface Page<T> {
  /** The rows of this page that no page before it has brought; may be empty in the middle. */
  List<T> items();

  /** Where the next page begins, or empty if this is the last one. */
  Optional<PageCursor> next();
}
