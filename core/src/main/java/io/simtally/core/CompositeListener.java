package io.simtally.core;

import java.util.List;

/** Tells several listeners the same; one that throws keeps nothing from the others. */
final class CompositeListener implements CallListener {
  private final List<? extends CallListener> listeners;

  CompositeListener(List<? extends CallListener> listeners) {
    this.listeners = listeners;
  }

  @Override
  public void callStarted(Started event) {
    listeners.forEach(listener -> listener.callStarted(event));
  }

  @Override
  public void attemptStarted(Attempt event) {
    listeners.forEach(listener -> listener.attemptStarted(event));
  }

  @Override
  public void attemptFinished(AttemptFinished event) {
    listeners.forEach(listener -> listener.attemptFinished(event));
  }

  @Override
  public void retryScheduled(Retry event) {
    listeners.forEach(listener -> listener.retryScheduled(event));
  }

  @Override
  public void tokenFetched(TokenFetch event) {
    listeners.forEach(listener -> listener.tokenFetched(event));
  }

  @Override
  public void callFinished(Finished event) {
    listeners.forEach(listener -> listener.callFinished(event));
  }
}
