package io.simtally.core;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a user's listener throws away from the call it listens to. */
final class SafeListener implements CallListener {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.listener");

  private final CallListener listener;

  SafeListener(CallListener listener) {
    this.listener = listener;
  }

  @Override
  public void callStarted(Started event) {
    tell(listener::callStarted, event);
  }

  @Override
  public void attemptStarted(Attempt event) {
    tell(listener::attemptStarted, event);
  }

  @Override
  public void retryScheduled(Retry event) {
    tell(listener::retryScheduled, event);
  }

  @Override
  public void callFinished(Finished event) {
    tell(listener::callFinished, event);
  }

  private static <E> void tell(Consumer<E> method, E event) {
    try {
      method.accept(event);
    } catch (RuntimeException e) {
      LOG.warn("A CallListener failed on {}", event, e);
    }
  }
}
