package io.simtally.core.internal;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The rows of an answer. Immutable, so that a model which promises an immutable list keeps it as it
 * was read: a page holds five hundred of these, and each copy costs as much again.
 *
 * @param <E> the rows
 */
public final class ImmutableArrayList<E> extends AbstractList<E> implements RandomAccess {
  private final E[] items;

  private ImmutableArrayList(E[] items) {
    this.items = items;
  }

  /**
   * Makes a list immutable.
   *
   * @param <E> the rows
   * @param list the rows, none of them null
   * @return {@code list} itself if it is one of these, else an immutable copy
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

  /** Collects what is read, of which there are few most of the time. */
  static final class Builder<E> {
    private static final int FEW = 4;

    @SuppressWarnings("unchecked") // Nobody sees the array.
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
