package io.simtally.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;

/**
 * The steps of the next requests of one kind: faults, replies and samples.
 *
 * <p>Thread-safe: each of several concurrent requests takes one step, in any order.
 */
public final class FaultScript {
  private final Set<Operation> operations;
  private final Set<ExpiredCredential> carried;
  private final Queue<Step> next = new ArrayDeque<>();
  private final List<Recurring> recurring = new ArrayList<>();

  FaultScript(Set<Operation> operations, Set<ExpiredCredential> carried) {
    this.operations = operations;
    this.carried = carried;
  }

  /**
   * Adds one step for each of the next requests, after the steps that are already scripted.
   *
   * <p>A {@link Reply} or a {@link Sample}, and each step after it, waits for a request with valid
   * credentials.
   *
   * @param steps faults, replies and samples in the order of the requests
   * @return this script
   * @throws IllegalArgumentException if a fault expires a credential that these requests do not
   *     carry, or if a sample answers another operation
   */
  public FaultScript next(Step... steps) {
    List<Step> checked = new ArrayList<>();
    for (Step step : steps) {
      checked.add(check(step));
    }
    return addNext(checked);
  }

  private synchronized FaultScript addNext(List<Step> steps) {
    next.addAll(steps);
    return this;
  }

  /**
   * Repeats a step for every n-th request from now on, until {@link #clear()}.
   *
   * <p>A step of {@link #next} takes precedence; of several recurring steps the first one does.
   *
   * @param n 1 for every request
   * @param step a fault, reply or sample
   * @return this script
   * @throws IllegalArgumentException if {@code n} is below 1, or as {@link #next} does
   */
  public synchronized FaultScript every(int n, Step step) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1, was " + n);
    }
    recurring.add(new Recurring(n, check(step)));
    return this;
  }

  /**
   * Removes all steps.
   *
   * @return this script
   */
  public synchronized FaultScript clear() {
    next.clear();
    recurring.clear();
    return this;
  }

  /** {@return the steps of {@link #next} that no request has taken yet, in order; unmodifiable} */
  public synchronized List<Step> unmet() {
    return List.copyOf(next);
  }

  /** Takes the step of a request that has just arrived. */
  synchronized Step take(boolean authorized) {
    Step due = HttpFault.NONE;
    for (Recurring one : recurring) {
      if (one.isDue() && due == HttpFault.NONE && suits(one.step, authorized)) {
        due = one.step;
      }
    }
    Step scripted = next.peek();
    if (scripted == null || !suits(scripted, authorized)) {
      return due;
    }
    next.remove();
    return scripted;
  }

  private static boolean suits(Step step, boolean authorized) {
    return authorized || step instanceof Fault;
  }

  private Step check(Step step) {
    Objects.requireNonNull(step, "step");
    if (step instanceof ExpiredCredential credential && !carried.contains(credential)) {
      throw new IllegalArgumentException(
          "requests here carry no " + credential.name() + " to expire");
    }
    if (step instanceof Sample sample && !operations.contains(sample.operation())) {
      throw new IllegalArgumentException(
          "Sample.%s answers %s: script it with on(Operation.%s)"
              .formatted(sample, sample.operation().template(), sample.operation()));
    }
    return step;
  }

  private static final class Recurring {
    private final int n;
    private final Step step;
    private int seen;

    Recurring(int n, Step step) {
      this.n = n;
      this.step = step;
    }

    boolean isDue() {
      seen = (seen + 1) % n;
      return seen == 0;
    }
  }
}
