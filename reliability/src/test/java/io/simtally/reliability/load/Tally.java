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

/** Counts how calls ended. Thread-safe. */
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

  /** Counts, and has every failure looked at for credentials. */
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

  /** Makes a call that counts its own answer. */
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
      // Whatever else comes out of a call breaks the promise of one exception type.
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

  /** How often the clients say that they asked. */
  long attempts() {
    return attempts.sum();
  }

  long rows() {
    return rows.sum();
  }

  /** How many calls threw something else than an {@link ApiException}. */
  long unexpected() {
    return unexpected.get();
  }

  /** What was thrown instead, and calls that ran out of time. */
  Queue<String> examples() {
    return examples;
  }

  /** The calls that ended in an {@link ApiException}, by kind, without kinds that have none. */
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
