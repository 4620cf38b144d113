package io.simtally.cli.report;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Rows of a CSV file that are known before the file may be opened: the rows before them are not yet
 * known, or the file is written only if the whole report succeeds. They are in a temporary file.
 */
final class Spool implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final CsvRow rows;

  private Spool(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
    this.rows = new CsvRow(channel);
  }

  static Spool create() throws IOException {
    var file = Files.createTempFile("simtally", ".csv");
    return new Spool(
        file,
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  CsvRow rows() {
    return rows;
  }

  /** Appends all rows to a file. */
  void copyTo(FileChannel target) throws IOException {
    rows.flush();
    var size = channel.size();
    channel.position(0);
    var in = Channels.newInputStream(channel);
    var copied = in.transferTo(Channels.newOutputStream(target));
    if (copied != size) {
      throw new IOException("the temporary file " + file + " was changed");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
