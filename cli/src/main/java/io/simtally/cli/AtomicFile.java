package io.simtally.cli;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that appears under its name only when it is whole: until then it has a name of its own
 * beside it, and without {@link #publish} it vanishes.
 */
final class AtomicFile implements AutoCloseable {

  private final Path target;
  private final Path draft;
  private final FileChannel channel;

  private AtomicFile(Path target, Path draft, FileChannel channel) {
    this.target = target;
    this.draft = draft;
    this.channel = channel;
  }

  static AtomicFile at(Path target) throws IOException {
    Path draft =
        target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid());
    // For the user's Ctrl-C; close() deletes it otherwise.
    draft.toFile().deleteOnExit();
    return new AtomicFile(
        target, draft, FileChannel.open(draft, CREATE, READ, WRITE, TRUNCATE_EXISTING));
  }

  FileChannel channel() {
    return channel;
  }

  /** Gives the file its name, in place of what stood there. */
  void publish() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(draft, target, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }
}
