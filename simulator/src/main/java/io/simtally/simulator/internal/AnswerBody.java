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

/** The body of an answer. A fault can damage it, and its delivery can be counted. */
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

  /** Counts a body. */
  @FunctionalInterface
  public interface Delivery {
    Delivery UNCOUNTED = sign -> {};

    /** Called with 1 before the last byte is sent, and with -1 if sending it failed. */
    void count(int sign);
  }

  public static MockResponse text(int status, String text) {
    return response(status, "text/plain; charset=utf-8", text);
  }

  /** Returns a JSON answer that is not counted. */
  public static MockResponse json(int status, JsonText.Content content) {
    return response(status, JsonText.CONTENT_TYPE, JsonText.of(content), Delivery.UNCOUNTED);
  }

  /** Returns a JSON object of these names and text values, in pairs. */
  public static MockResponse json(int status, String... members) {
    return json(
        status,
        writer -> {
          writer.beginObject();
          for (int i = 0; i < members.length; i += 2) {
            writer.name(members[i]).value(members[i + 1]);
          }
          writer.endObject();
        });
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

  /** Returns what is sent for a request: the answer, without its body for HEAD. */
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
    throw new IllegalStateException("not an answer of a simulator: " + answer);
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
    // Counted before the last byte is sent: a client that has the body must see the count.
    sink.write(bytes, 0, sentBytes - 1);
    if (slow) {
      sink.flush();
    }
    delivery.count(1);
    try {
      sink.write(bytes, sentBytes - 1, 1);
      sink.flush();
    } catch (IOException e) {
      delivery.count(-1);
      throw e;
    }
  }
}
