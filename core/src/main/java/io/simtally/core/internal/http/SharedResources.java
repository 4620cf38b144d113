package io.simtally.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * The connections and threads of the clients that share them; the last client that closes releases
 * them. Thread-safe.
 */
final class SharedResources {
  private static final long KEEP_ALIVE_MINUTES = 5;

  private final ExecutorService threads;
  private final ConnectionPool pool;
  private int clients = 1;

  /** For one client. */
  SharedResources(String provider, int idle) {
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            60,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              var thread = new Thread(task, "simtally-" + provider);
              // A program whose main method returns is done, whatever is still under way.
              thread.setDaemon(true);
              return thread;
            });
    this.pool = new ConnectionPool(idle, KEEP_ALIVE_MINUTES, TimeUnit.MINUTES);
  }

  /**
   * One more client shares them, unless the last one has closed.
   *
   * @return whether it may
   */
  synchronized boolean share() {
    if (clients == 0) {
      return false;
    }
    clients++;
    return true;
  }

  /** One client less. */
  synchronized void release() {
    clients--;
    if (clients == 0) {
      threads.shutdown();
      pool.evictAll();
    }
  }

  /** With a queue of its own, so that a client that closes ends no calls but its own. */
  OkHttpClient.Builder client(int concurrency) {
    var dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(concurrency);
    dispatcher.setMaxRequestsPerHost(concurrency);
    return new OkHttpClient.Builder().dispatcher(dispatcher).connectionPool(pool);
  }
}
