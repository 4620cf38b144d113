package io.simtally.benchmarks;

/** One way to read a response. */
interface Contestant extends AutoCloseable {
  /** Sends the request and returns the decoded response. */
  Object call() throws Exception;

  /** Returns the result of {@link #call} in a form that is comparable between contestants. */
  default Object comparable(Object answer) throws Exception {
    return answer;
  }

  @Override
  default void close() throws Exception {}
}
