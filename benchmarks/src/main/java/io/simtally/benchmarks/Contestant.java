package io.simtally.benchmarks;

/** One way to get an answer. */
interface Contestant extends AutoCloseable {
  /** Sends the request and returns what it has read. */
  Object call() throws Exception;

  /** What {@link #call} returns, in the form that the contestants are compared in. */
  default Object comparable(Object answer) throws Exception {
    return answer;
  }

  @Override
  default void close() throws Exception {}
}
