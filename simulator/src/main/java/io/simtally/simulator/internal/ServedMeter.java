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
    int rowsOfAnswer = answerRows.getAsInt();
    return AnswerBody.response(
        status,
        JsonText.CONTENT_TYPE,
        json,
        sign -> {
          rows.add((long) sign * rowsOfAnswer);
          bytes.add((long) sign * json.size());
        });
  }
}
