package io.simtally.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;

/**
 * The faults that the coming requests to one endpoint meet.
 *
 * <p>Thread-safe: of requests that arrive at once each takes one fault, in some order.
 */
public final class FaultScript {
  private final Set<ExpiredCredential> carried;
  private final Queue<Fault> next = new ArrayDeque<>();
  private final List<Recurring> recurring = new ArrayList<>();

  FaultScript(Set<ExpiredCredential> carried) {
    this.carried = carried;
  }

  /**
   * Lets the next requests meet these faults, one each, in order, after those already scripted.
   *
   * @return this script
   * @throws IllegalArgumentException if a fault expires a credential that this endpoint's requests
   *     do not carry
   */
  public FaultScript next(Fault... faults) {
    List<Fault> checked = new ArrayList<>();
    for (Fault fault : faults) {
      checked.add(check(fault));
    }
    return addNext(checked);
  }

  private synchronized FaultScript addNext(List<Fault> faults) {
    next.addAll(faults);
    return this;
  }

  /**
   * Lets every n-th request from now on meet a fault, until {@link #clear()}.
   *
   * <p>A request that is due for a fault given to {@link #next} meets that one instead; of several
   * recurring faults the first told wins.
   *
   * @param n 1 for every request
   * @return this script
   * @throws IllegalArgumentException if {@code n} is below 1, or if the fault expires a credential
   *     that this endpoint's requests do not carry
   */
  public synchronized FaultScript every(int n, Fault fault) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1, was " + n);
    }
    recurring.add(new Recurring(n, check(fault)));
    return this;
  }

  /**
   * Forgets all faults that are still to come.
   *
   * @return this script
   */
  public synchronized FaultScript clear() {
    next.clear();
    recurring.clear();
    return this;
  }

  /** Takes the fault of the request that has just arrived. */
  synchronized Fault take() {
    Fault due = HttpFault.NONE;
    for (Recurring one : recurring) {
      if (one.isDue() && due == HttpFault.NONE) {
        due = one.fault;
      }
    }
    Fault scripted = next.poll();
    return scripted == null ? due : scripted;
  }

  private Fault check(Fault fault) {
    Objects.requireNonNull(fault, "fault");
    if (fault instanceof ExpiredCredential credential && !carried.contains(credential)) {
      throw new IllegalArgumentException("requests here carry no " + credential + " to expire");
    }
    return fault;
  }

  private static final class Recurring {
    private final int n;
    private final Fault fault;
    private int seen;

    Recurring(int n, Fault fault) {
      this.n = n;
      this.fault = fault;
    }

    boolean isDue() {
      seen = (seen + 1) % n;
      return seen == 0;
    }
  }
}
