package io.simtally.spark.changes;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of a stream in its checkpoint: for each position, the rows of the batch and what the
 * stream has returned with them. A file is never changed, so that a repeated batch has equal rows
 * whatever the store holds by then.
 */
final class ChangeFiles {
  private static final int ROWS_OF_A_FILE = 100_000;
  private static final String ROWS = "rows-";
  private static final String RETURNED = "returned-";

  /** The length of a position in a name. */
  private static final int DIGITS = 18;

  private final Path folder;
  private final Configuration configuration;

  ChangeFiles(String checkpoint, Configuration configuration) {
    this.folder = new Path(checkpoint, "simtally");
    this.configuration = configuration;
  }

  private FileSystem files() throws IOException {
    return folder.getFileSystem(configuration);
  }

  /** Returns a writer of the rows of a position. */
  RowsWriter rows(ChangeOffset offset) {
    return new RowsWriter(offset);
  }

  /** Writes rows to files of a limited size, each of which one task reads. */
  final class RowsWriter implements AutoCloseable {
    private final ChangeOffset offset;
    private @Nullable DataOutputStream out;
    private int inFile;
    private int file;

    private RowsWriter(ChangeOffset offset) {
      this.offset = offset;
    }

    void write(Change change) throws IOException {
      if (out == null) {
        out = create(String.format(Locale.ROOT, "%s%s-%06d", ROWS, offset.fileName(), file));
      }
      out.writeBoolean(true);
      change.write(out);
      inFile++;
      if (inFile == ROWS_OF_A_FILE) {
        close();
      }
    }

    boolean isEmpty() {
      return file == 0 && out == null;
    }

    @Override
    public void close() throws IOException {
      if (out != null) {
        out.writeBoolean(false);
        out.close();
        out = null;
        inFile = 0;
        file++;
      }
    }
  }

  /** Writes what the stream has returned, and the position before. */
  void write(ChangeOffset offset, ChangeOffset previous, Returned returned) throws IOException {
    try (var out = create(RETURNED + offset.fileName())) {
      out.writeUTF(previous.json());
      returned.write(out);
    }
  }

  private DataOutputStream create(String name) throws IOException {
    var files = files();
    files.mkdirs(folder);
    return new DataOutputStream(
        new BufferedOutputStream(
            new GZIPOutputStream(files.create(new Path(folder, name), false))));
  }

  /** Returns what the stream has returned at a position. */
  Returned returned(ChangeOffset offset) throws IOException {
    if (offset.equals(ChangeOffset.START)) {
      return Returned.nothing();
    }
    try (var in = open(offset)) {
      in.readUTF();
      return Returned.read(in);
    }
  }

  private ChangeOffset previous(ChangeOffset offset) throws IOException {
    try (var in = open(offset)) {
      return ChangeOffset.of(in.readUTF());
    }
  }

  private DataInputStream open(ChangeOffset offset) throws IOException {
    try {
      return open(files(), new Path(folder, RETURNED + offset.fileName()));
    } catch (FileNotFoundException e) {
      throw new IOException(
          "the checkpoint has no position "
              + offset.json()
              + " any more; start the stream with a new checkpoint and an empty target",
          e);
    }
  }

  static DataInputStream open(FileSystem files, Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(new GZIPInputStream(files.open(file))));
  }

  /** Returns the files with the rows behind one position, up to another. */
  List<String> rows(ChangeOffset start, ChangeOffset end) throws IOException {
    var found = new ArrayList<String>();
    for (var offset = end; !offset.equals(start); offset = previous(offset)) {
      if (offset.position() <= start.position()) {
        throw new IOException("position " + end.json() + " does not follow " + start.json());
      }
      for (var file : names(ROWS + offset.fileName())) {
        found.add(new Path(folder, file).toString());
      }
    }
    return found;
  }

  /** Deletes the files before a position that Spark has committed, and those of lost attempts. */
  void deleteBefore(ChangeOffset offset) throws IOException {
    for (var kind : List.of(ROWS, RETURNED)) {
      for (var name : names(kind)) {
        var of = name.substring(kind.length());
        var position = Long.parseLong(of.substring(0, DIGITS));
        if (position < offset.position()
            || (position == offset.position() && !of.startsWith(offset.fileName()))) {
          files().delete(new Path(folder, name), false);
        }
      }
    }
  }

  private List<String> names(String prefix) throws IOException {
    try {
      return Arrays.stream(files().listStatus(folder))
          .map(each -> each.getPath().getName())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }
}
