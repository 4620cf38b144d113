package io.simtally.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests. Thread-safe. */
final class RequestJournal {
  /** Enough for a test; the requests of a load test would fill the heap. */
  static final int MAX_SIZE = 10_000;

  private final Deque<RecordedCall> calls = new ArrayDeque<>();

  synchronized void add(RecordedCall call) {
    if (calls.size() == MAX_SIZE) {
      calls.removeFirst();
    }
    calls.addLast(call);
  }

  synchronized List<RecordedCall> read() {
    return List.copyOf(calls);
  }
}
