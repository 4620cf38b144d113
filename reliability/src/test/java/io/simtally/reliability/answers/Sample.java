package io.simtally.reliability.answers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import okio.Buffer;
import okio.ByteString;
import okio.GzipSink;
import okio.Okio;

/** A sample response of a provider's page and its call. */
record Sample(String file, Call call) {
  /** Returns all samples with usage. */
  static Stream<Sample> all() {
    return Arrays.stream(Call.values()).flatMap(Call::samples);
  }

  /**
   * Returns the bytes of this sample. The placeholders of the Hyper-Precise page are replaced by
   * values.
   */
  ByteString bytes() {
    var text = bytes(file).utf8();
    return ByteString.encodeUtf8(
        text.replace("\"startTime\": \"string\"", "\"startTime\": \"2022-12-09T22:01:06.217Z\"")
            .replace("\"endTime\": \"string\"", "\"endTime\": \"2022-12-09T22:31:06.217Z\"")
            .replace("\"numBytes\": 0", "\"numBytes\": 8704"));
  }

  /** Returns the bytes of a sample file. */
  static ByteString bytes(String file) {
    try (var stream = Sample.class.getResourceAsStream(file)) {
      return ByteString.of(Objects.requireNonNull(stream, file).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns compressed {@code bytes}. */
  static ByteString gzip(ByteString bytes) {
    var compressed = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(compressed))) {
      sink.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.readByteString();
  }

  @Override
  public String toString() {
    return file;
  }
}
