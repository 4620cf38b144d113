package io.simtally.simulator.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.BufferedSink;
import okio.ByteString;

/** The body of an answer, able to be damaged by a fault and to tell that it was sent. */
public final class AnswerBody implements MockResponseBody {
  private static final int SLOW_PIECES = 10;

  private final ByteString bytes;
  private final int sentBytes;
  private final Delivery delivery;
  private final boolean slow;

  private AnswerBody(ByteString bytes, int sentBytes, Delivery delivery, boolean slow) {
    this.bytes = bytes;
    this.sentBytes = sentBytes;
    this.delivery = delivery;
    this.slow = slow;
  }

  /** Told what became of a body. */
  public interface Delivery {
    /** A delivery nobody counts. */
    Delivery UNCOUNTED =
        new Delivery() {
          @Override
          public void sent() {}

          @Override
          public void failed() {}
        };

    /** The last byte is about to leave. */
    void sent();

    /** The last byte did not leave after all; takes a {@link #sent()} back. */
    void failed();
  }

  public static MockResponse response(int status, String contentType, String text) {
    return response(status, contentType, ByteString.encodeUtf8(text), Delivery.UNCOUNTED);
  }

  public static MockResponse response(
      int status, String contentType, ByteString bytes, Delivery delivery) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", contentType)
        .body(new AnswerBody(bytes, bytes.size(), delivery, false))
        .build();
  }

  /** What goes out on a request: the answer, or no more than its head if that was asked for. */
  public static MockResponse to(RecordedRequest request, MockResponse answer) {
    if (!"HEAD".equals(request.getMethod())) {
      return answer;
    }
    ByteString bytes = bytesOf(answer);
    return answer.newBuilder().body(new AnswerBody(bytes, 0, Delivery.UNCOUNTED, false)).build();
  }

  public static MockResponse cutOff(MockResponse answer) {
    ByteString bytes = bytesOf(answer);
    return answer
        .newBuilder()
        .body(new AnswerBody(bytes, bytes.size() / 2, Delivery.UNCOUNTED, false))
        .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
        .build();
  }

  public static MockResponse emptied(MockResponse answer) {
    return answer
        .newBuilder()
        .body(new AnswerBody(ByteString.EMPTY, 0, Delivery.UNCOUNTED, false))
        .build();
  }

  public static MockResponse slowed(MockResponse answer, Duration duration) {
    AnswerBody whole = of(answer);
    long pauseNanos = duration.toNanos() / SLOW_PIECES;
    int pieceBytes = Math.max(1, (whole.bytes.size() + SLOW_PIECES - 1) / SLOW_PIECES);
    return answer
        .newBuilder()
        .body(new AnswerBody(whole.bytes, whole.sentBytes, whole.delivery, true))
        .bodyDelay(pauseNanos, TimeUnit.NANOSECONDS)
        .throttleBody(pieceBytes, pauseNanos, TimeUnit.NANOSECONDS)
        .build();
  }

  private static ByteString bytesOf(MockResponse answer) {
    return of(answer).bytes;
  }

  private static AnswerBody of(MockResponse answer) {
    if (answer.getBody() instanceof AnswerBody body) {
      return body;
    }
    throw new IllegalStateException("no simulator made this answer: " + answer);
  }

  @Override
  public long getContentLength() {
    return bytes.size();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    if (sentBytes == 0) {
      return;
    }
    // Counted before the last byte leaves: once the client has it, the count must hold.
    sink.write(bytes, 0, sentBytes - 1);
    if (slow) {
      sink.flush();
    }
    delivery.sent();
    try {
      sink.write(bytes, sentBytes - 1, 1);
      sink.flush();
    } catch (IOException e) {
      delivery.failed();
      throw e;
    }
  }
}
