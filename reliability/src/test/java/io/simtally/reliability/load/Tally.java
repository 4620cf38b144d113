package io.simtally.reliability.load;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.reliability.Shown;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts the outcomes of calls. Thread-safe. */
final class Tally {
  private static final int EXAMPLES = 10;

  private final SecretWatch secrets;
  private final LongAdder right = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder attempts = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final Map<Kind, LongAdder> failures = new EnumMap<>(Kind.class);
  private final AtomicLong unexpected = new AtomicLong();
  private final Queue<String> examples = new ConcurrentLinkedQueue<>();

  /** Creates a tally that checks every failure for credentials. */
  Tally(SecretWatch secrets) {
    this.secrets = secrets;
    for (var kind : Kind.values()) {
      failures.put(kind, new LongAdder());
    }
  }

  void answered(int sent, long rowsRead, boolean isRight) {
    (isRight ? right : wrong).increment();
    attempts.add(sent);
    rows.add(rowsRead);
  }

  /** Runs a call that counts its own response, and counts its failure. */
  void count(Runnable call) {
    try {
      call.run();
    } catch (ApiException e) {
      secrets.read(Shown.of(e));
      adder(e.kind()).increment();
      attempts.add(e.attempts());
      if (e.kind() == Kind.TIMEOUT && adder(Kind.TIMEOUT).sum() <= EXAMPLES) {
        examples.add(e.getMessage() + ", attempts " + e.attempts());
      }
    } catch (RuntimeException e) {
      secrets.read(Shown.of(e));
      // Any other exception of a call violates the contract of one exception type.
      if (unexpected.incrementAndGet() <= EXAMPLES) {
        examples.add(String.valueOf(e));
      }
    }
  }

  private LongAdder adder(Kind kind) {
    return failures.getOrDefault(kind, wrong);
  }

  long calls() {
    return right()
        + wrong()
        + failures().values().stream().mapToLong(Long::longValue).sum()
        + unexpected();
  }

  long right() {
    return right.sum();
  }

  long wrong() {
    return wrong.sum();
  }

  /** Returns the number of attempts that the clients report. */
  long attempts() {
    return attempts.sum();
  }

  long rows() {
    return rows.sum();
  }

  /** Returns the number of calls that threw another exception than an {@link ApiException}. */
  long unexpected() {
    return unexpected.get();
  }

  /** Returns the other exceptions, and calls that timed out. */
  Queue<String> examples() {
    return examples;
  }

  /**
   * Returns the number of calls that ended with an {@link ApiException}, by kind, without kinds
   * that have none.
   */
  Map<Kind, Long> failures() {
    var counts = new EnumMap<Kind, Long>(Kind.class);
    failures.forEach(
        (kind, adder) -> {
          if (adder.sum() > 0) {
            counts.put(kind, adder.sum());
          }
        });
    return counts;
  }
}
