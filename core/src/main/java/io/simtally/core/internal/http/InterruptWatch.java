package io.simtally.core.internal.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a blocking call when its thread is interrupted. A platform thread that waits for a socket
 * does not notice an interrupt, so one daemon thread polls the threads of all blocking calls. It
 * ends soon after the last call.
 */
public final class InterruptWatch {
  private static final long LOOK_EVERY_NANOS = 20_000_000;
  private static final int IDLE_LOOKS = 50;

  private final String name;
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Thread watcher;
  private volatile boolean closed;

  public InterruptWatch(String name) {
    this.name = name;
  }

  /** Watches the calling thread until the result is closed. */
  public Watched watch(Call call) {
    var entry = new Watched(Thread.currentThread(), call);
    watched.add(entry);
    if (watcher == null) {
      start();
    }
    return entry;
  }

  private synchronized void start() {
    if (watcher == null) {
      var thread = new Thread(this::look, name);
      thread.setDaemon(true);
      watcher = thread;
      thread.start();
    }
  }

  private void look() {
    for (int idle = 0; idle < (closed ? 1 : IDLE_LOOKS); idle = watched.isEmpty() ? idle + 1 : 0) {
      for (var call : watched) {
        call.look();
      }
      LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
    }
    watcher = null;
    // A call that was added before that line relies on the watcher.
    if (!watched.isEmpty()) {
      start();
    }
  }

  /** Ends the watcher with the last call instead of a second later. */
  public void close() {
    closed = true;
    LockSupport.unpark(watcher);
  }

  /** One blocking call with its thread. Compared by identity. */
  public final class Watched {
    private final Thread thread;
    private final Call call;

    private Watched(Thread thread, Call call) {
      this.thread = thread;
      this.call = call;
    }

    private void look() {
      if (thread.isInterrupted()) {
        call.cancel();
      }
    }

    public void close() {
      watched.remove(this);
    }
  }
}
