package io.simtally.core.internal.http;

import io.simtally.core.internal.ProxyLogin;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * Connections and threads that several clients share. Closing the last client releases them.
 * Thread-safe.
 */
public final class SharedResources {
  private static final long KEEP_ALIVE_MINUTES = 5;

  private final ExecutorService threads;
  private final ConnectionPool pool;
  private int clients = 1;

  /**
   * Creates resources that one client uses.
   *
   * @param provider names the threads
   * @param idle the largest number of idle connections
   */
  public SharedResources(String provider, int idle) {
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            60,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              var thread = new Thread(task, "simtally-" + provider);
              // A program ends when its main method returns, whatever calls are running.
              thread.setDaemon(true);
              return thread;
            });
    this.pool = new ConnectionPool(idle, KEEP_ALIVE_MINUTES, TimeUnit.MINUTES);
  }

  /** Adds a client and returns true, or returns false if the last client has been closed. */
  public synchronized boolean share() {
    if (clients == 0) {
      return false;
    }
    clients++;
    return true;
  }

  /** Removes a client. */
  public synchronized void release() {
    clients--;
    if (clients == 0) {
      threads.shutdown();
      pool.evictAll();
    }
  }

  /** Returns a client with a queue of its own: closing it ends only its own calls. */
  public OkHttpClient.Builder client(int concurrency) {
    var dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(concurrency);
    dispatcher.setMaxRequestsPerHost(concurrency);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectionPool(pool)
        .proxyAuthenticator(ProxyLogin.ONCE);
  }
}
