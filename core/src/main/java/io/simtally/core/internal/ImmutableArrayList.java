package io.simtally.core.internal;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * An immutable list of the rows of an answer. A model keeps it without another copy: a page has
 * five hundred of them.
 *
 * @param <E> the rows
 */
public final class ImmutableArrayList<E> extends AbstractList<E> implements RandomAccess {
  private final E[] items;

  private ImmutableArrayList(E[] items) {
    this.items = items;
  }

  /**
   * Returns an immutable list.
   *
   * @param <E> the rows
   * @param list the rows, none of them null
   * @return {@code list} itself if it is an {@code ImmutableArrayList}, else an immutable copy
   */
  public static <E> List<E> copyOf(List<E> list) {
    return list instanceof ImmutableArrayList ? list : List.copyOf(list);
  }

  @Override
  public E get(int index) {
    return items[index];
  }

  @Override
  public int size() {
    return items.length;
  }

  @Override
  public Object[] toArray() {
    return Arrays.copyOf(items, items.length, Object[].class);
  }

  /** Collects elements; most lists are short. */
  static final class Builder<E> {
    private static final int FEW = 4;

    @SuppressWarnings("unchecked") // The array does not escape.
    private E[] items = (E[]) new Object[FEW];

    private int size;

    void add(E item) {
      if (size == items.length) {
        items = Arrays.copyOf(items, 2 * size);
      }
      items[size++] = item;
    }

    List<E> build() {
      return size == 0
          ? List.of()
          : new ImmutableArrayList<>(size == items.length ? items : Arrays.copyOf(items, size));
    }
  }
}
