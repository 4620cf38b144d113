package io.simtally.simulator;

import java.util.concurrent.atomic.LongAdder;

/** Counts the rows and the bytes of answers that were sent whole. Thread-safe. */
final class ServedMeter {
  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  long rows() {
    return rows.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  /** Counts an answer once it has left. */
  AnswerBody.Delivery answer(int answerRows, int answerBytes) {
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
