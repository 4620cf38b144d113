package io.simtally.simulator.internal;

import java.util.concurrent.atomic.LongAdder;

/** Counts the rows and the bytes of answers that were sent whole. Thread-safe. */
public final class ServedMeter {
  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  public long rows() {
    return rows.sum();
  }

  public long bytes() {
    return bytes.sum();
  }

  /** Counts an answer once it has left. */
  public AnswerBody.Delivery answer(int answerRows, int answerBytes) {
    return new AnswerBody.Delivery() {
      @Override
      public void sent() {
        rows.add(answerRows);
        bytes.add(answerBytes);
      }

      @Override
      public void failed() {
        rows.add(-answerRows);
        bytes.add(-answerBytes);
      }
    };
  }
}
