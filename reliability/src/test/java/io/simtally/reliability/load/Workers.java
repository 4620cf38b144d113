package io.simtally.reliability.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/** Threads that make one call after the other. */
final class Workers {
  private final List<Thread> threads = new ArrayList<>();

  private Workers() {}

  /**
   * Starts threads.
   *
   * @param more whether to make the call with the given number, counted from 0
   */
  static Workers start(
      int count,
      ThreadFactory factory,
      List<Job.Known<?>> questions,
      Tally tally,
      LongPredicate more) {
    var workers = new Workers();
    var next = new AtomicLong();
    for (int i = 0; i < count; i++) {
      workers.threads.add(factory.newThread(() -> work(next, questions, tally, more)));
    }
    workers.threads.forEach(Thread::start);
    return workers;
  }

  private static void work(
      AtomicLong next, List<Job.Known<?>> questions, Tally tally, LongPredicate more) {
    for (var number = next.getAndIncrement(); more.test(number); number = next.getAndIncrement()) {
      questions.get((int) (number % questions.size())).ask(tally);
    }
  }

  void join() throws InterruptedException {
    for (var thread : threads) {
      thread.join();
    }
  }
}
