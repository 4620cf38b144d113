package io.simtally.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import mockwebserver3.RecordedRequest;

/** The latest requests. Thread-safe. */
final class RequestJournal {
  /** Enough for a test; what a load test sends would fill the heap. */
  static final int MAX_SIZE = 10_000;

  private final Deque<RecordedRequest> requests = new ArrayDeque<>();

  synchronized void add(RecordedRequest request) {
    if (requests.size() == MAX_SIZE) {
      requests.removeFirst();
    }
    requests.addLast(request);
  }

  synchronized List<RecordedRequest> read() {
    return List.copyOf(requests);
  }
}
