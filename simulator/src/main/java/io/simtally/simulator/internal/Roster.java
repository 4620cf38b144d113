package io.simtally.simulator.internal;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The members of a simulated fleet: first those that the user added, then the generated ones, which
 * are created on each access and take no memory.
 */
public final class Roster<M> extends AbstractList<M> implements RandomAccess {
  private final List<M> added;
  private final int generated;
  private final IntFunction<M> generator;

  /** Creates a roster; the generator is called with numbers from 0 to below {@code generated}. */
  public Roster(List<M> added, int generated, IntFunction<M> generator) {
    this.added = List.copyOf(added);
    this.generated = generated;
    this.generator = generator;
  }

  @Override
  public M get(int index) {
    return index < added.size()
        ? added.get(index)
        : generated(Objects.checkIndex(index, size()) - added.size());
  }

  @Override
  public int size() {
    return added.size() + generated;
  }

  List<M> added() {
    return added;
  }

  /** Returns the generated members from one number to below another, as far as they exist. */
  public List<M> generated(int from, int to) {
    return subList(Math.min(added.size() + from, size()), Math.min(added.size() + to, size()));
  }

  M generated(int number) {
    return generator.apply(number);
  }

  boolean isGenerated(int number) {
    return number < generated;
  }

  /** Returns a read-only view of this roster in which each member is replaced by one value. */
  public <T> List<T> view(Function<M, T> value) {
    return new Roster<>(List.of(), size(), index -> value.apply(get(index)));
  }
}
