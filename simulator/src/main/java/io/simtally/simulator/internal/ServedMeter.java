package io.simtally.simulator.internal;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import mockwebserver3.MockResponse;
import okio.ByteString;

/** Counts the rows and the bytes of answers that were sent completely. Thread-safe. */
public final class ServedMeter {
  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  public long rows() {
    return rows.sum();
  }

  public long bytes() {
    return bytes.sum();
  }

  /**
   * Returns an answer that is counted when it is sent.
   *
   * @param answerRows the number of rows in the content, called after it is written
   */
  public MockResponse answer(int status, JsonText.Content content, IntSupplier answerRows) {
    ByteString json = JsonText.of(content);
    return AnswerBody.response(
        status, JsonText.CONTENT_TYPE, json, delivery(answerRows.getAsInt(), json.size()));
  }

  private AnswerBody.Delivery delivery(int answerRows, int answerBytes) {
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
