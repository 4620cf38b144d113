package io.simtally.core;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a user's listener throws away from the call it listens to. */
final class SafeListener implements CallListener {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.listener");

  private final CallListener listener;
  private final AtomicBoolean failed = new AtomicBoolean();

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
  public void attemptFinished(AttemptFinished event) {
    tell(listener::attemptFinished, event);
  }

  @Override
  public void retryScheduled(Retry event) {
    tell(listener::retryScheduled, event);
  }

  @Override
  public void tokenFetched(TokenFetch event) {
    tell(listener::tokenFetched, event);
  }

  @Override
  public void callFinished(Finished event) {
    tell(listener::callFinished, event);
  }

  private <E> void tell(Consumer<E> method, E event) {
    try {
      method.accept(event);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      // Throwable: Kotlin throws checked exceptions, and a metrics library of the wrong version
      // linkage errors.
      keepInterrupt(e);
      log(event, e);
    }
  }

  private static void keepInterrupt(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  /** Once aloud: what fails on one event is likely to fail on each. */
  private void log(Object event, Throwable thrown) {
    if (failed.compareAndSet(false, true)) {
      LOG.warn("A CallListener failed on {}; further failures are logged at DEBUG", event, thrown);
    } else {
      LOG.debug("A CallListener failed on {}", event, thrown);
    }
  }
}
