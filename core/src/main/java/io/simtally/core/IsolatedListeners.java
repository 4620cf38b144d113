package io.simtally.core;

import io.simtally.core.internal.Preconditions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes each event to several listeners. An exception of a listener is logged and reaches neither
 * the call nor the other listeners.
 */
final class IsolatedListeners implements CallListener {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.listener");

  private final List<Isolated> listeners;

  private IsolatedListeners(List<Isolated> listeners) {
    this.listeners = listeners;
  }

  static CallListener of(List<? extends CallListener> listeners) {
    return new IsolatedListeners(
        listeners.stream()
            .map(listener -> new Isolated(Preconditions.present("listener", listener)))
            .toList());
  }

  @Override
  public void callStarted(Started event) {
    send(CallListener::callStarted, event);
  }

  @Override
  public void attemptStarted(Attempt event) {
    send(CallListener::attemptStarted, event);
  }

  @Override
  public void attemptFinished(AttemptFinished event) {
    send(CallListener::attemptFinished, event);
  }

  @Override
  public void retryScheduled(Retry event) {
    send(CallListener::retryScheduled, event);
  }

  @Override
  public void tokenFetched(TokenFetch event) {
    send(CallListener::tokenFetched, event);
  }

  @Override
  public void callFinished(Finished event) {
    send(CallListener::callFinished, event);
  }

  private <E> void send(BiConsumer<CallListener, E> method, E event) {
    for (var listener : listeners) {
      listener.accept(method, event);
    }
  }

  /**
   * One listener.
   *
   * @param failed whether it has thrown before
   */
  private record Isolated(CallListener listener, AtomicBoolean failed) {
    Isolated(CallListener listener) {
      this(listener, new AtomicBoolean());
    }

    <E> void accept(BiConsumer<CallListener, E> method, E event) {
      try {
        method.accept(listener, event);
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Throwable e) {
        // Throwable: Kotlin throws checked exceptions, and a metrics library of the wrong version
        // linkage errors.
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        log(event, e);
      }
    }

    /** Logs at WARN once: a listener that fails on one event is likely to fail on each. */
    private void log(Object event, Throwable thrown) {
      if (failed.compareAndSet(false, true)) {
        LOG.warn(
            "A CallListener failed on {}; further failures are logged at DEBUG", event, thrown);
      } else {
        LOG.debug("A CallListener failed on {}", event, thrown);
      }
    }
  }
}
