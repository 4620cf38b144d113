package io.simtally.reliability.network;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** A reader of HTTP/1.1 messages with a Content-Length or chunks without trailers. */
final class Http1Reader implements PieceReader {
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)\r\n");

  private final InputStream in;

  Http1Reader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  @Override
  public Piece next() throws IOException {
    var message = new ByteArrayOutputStream();
    var head = readUntil("\r\n\r\n", message).toLowerCase(Locale.ROOT);
    var headLength = message.size();
    var length = LENGTH.matcher(head);
    if (length.find()) {
      message.write(in.readNBytes(Integer.parseInt(length.group(1))));
    } else if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
      readUntil("\r\n0\r\n\r\n", message);
    }
    return new Piece(message.toByteArray(), headLength);
  }

  private String readUntil(String end, ByteArrayOutputStream message) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf(end, text.length() - end.length()) < 0) {
      var next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      message.write(next);
      text.append(new String(new byte[] {(byte) next}, StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }
}
