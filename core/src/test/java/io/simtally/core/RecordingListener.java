package io.simtally.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A listener that keeps all it hears, and the names of the threads it hears it on. */
final class RecordingListener implements CallListener {
  private final List<Object> events = new CopyOnWriteArrayList<>();
  private final List<String> threads = new CopyOnWriteArrayList<>();
  private final CountDownLatch finished;

  RecordingListener() {
    this(1);
  }

  /** For tests that wait for the end of more than one call. */
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

  /** Everything, in order. */
  List<Object> events() {
    return events;
  }

  /** The thread of each event. */
  List<String> threads() {
    return threads;
  }

  /** All events of one kind, in order. */
  <E> List<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The number of the n-th call that was started, from 0. */
  long call(int n) {
    return all(Started.class).get(n).call();
  }

  /** Waits until as many calls as the test is about have ended. */
  boolean isFinished() throws InterruptedException {
    return finished.await(20, TimeUnit.SECONDS);
  }
}
