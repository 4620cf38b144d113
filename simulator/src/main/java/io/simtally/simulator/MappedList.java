package io.simtally.simulator;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;

/** A view of a list whose elements are created on access, so that a large fleet needs no memory. */
public final class MappedList<T> extends AbstractList<T> {
  private final int size;
  private final Function<Integer, T> element;

  private MappedList(int size, Function<Integer, T> element) {
    this.size = size;
    this.element = element;
  }

  /** Returns a view of all elements. */
  public static <E, T> List<T> of(List<E> list, Function<E, T> mapping) {
    return new MappedList<>(list.size(), index -> mapping.apply(list.get(index)));
  }

  /** Returns a view of every other element, from the first or the second one on. */
  public static <E, T> List<T> everyOther(List<E> list, int first, Function<E, T> mapping) {
    return new MappedList<>(
        (list.size() - first + 1) / 2, index -> mapping.apply(list.get(first + 2 * index)));
  }

  /** Creates the element at an index. */
  @Override
  public T get(int index) {
    return element.apply(index);
  }

  /** Returns the number of elements. */
  @Override
  public int size() {
    return size;
  }
}
