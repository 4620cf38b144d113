package io.simtally.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A listener that records all events and the names of their threads. */
final class RecordingListener implements CallListener {
  private final List<Object> events = new CopyOnWriteArrayList<>();
  private final List<String> threads = new CopyOnWriteArrayList<>();
  private final CountDownLatch finished;

  RecordingListener() {
    this(1);
  }

  /** Creates a listener for tests that wait for the end of several calls. */
  RecordingListener(int calls) {
    finished = new CountDownLatch(calls);
  }

  @Override
  public void callStarted(Started event) {
    hear(event);
  }

  @Override
  public void attemptStarted(Attempt event) {
    hear(event);
  }

  @Override
  public void attemptFinished(AttemptFinished event) {
    hear(event);
  }

  @Override
  public void retryScheduled(Retry event) {
    hear(event);
  }

  @Override
  public void tokenFetched(TokenFetch event) {
    hear(event);
  }

  @Override
  public void callFinished(Finished event) {
    hear(event);
    finished.countDown();
  }

  private void hear(Object event) {
    threads.add(Thread.currentThread().getName());
    events.add(event);
  }

  /** Returns all events, in order. */
  List<Object> events() {
    return events;
  }

  /** Returns the thread of each event. */
  List<String> threads() {
    return threads;
  }

  /** Returns all events of one kind, in order. */
  <E> List<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Returns the call number of the n-th started call, counted from 0. */
  long call(int n) {
    return all(Started.class).get(n).call();
  }

  /** Waits for the end of the expected number of calls. */
  boolean isFinished() throws InterruptedException {
    return finished.await(20, TimeUnit.SECONDS);
  }
}
