package io.simtally.cli;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file to write that changes in one step. The text goes into a draft beside the file, and {@link
 * #publish} gives the draft the name of the file. {@link #close} without it deletes the draft.
 *
 * <p>Links are followed: the file that a link leads to changes, and the link stays. A file that is
 * replaced keeps its mode. A pipe, a device, {@code -} (standard output), a file with several hard
 * links and a file in a folder without write access are written directly.
 */
final class AtomicFile implements AutoCloseable {
  private static final String STANDARD_OUTPUT = "-";
  private static final int MOST_LINKS = 40;

  /** Names of this process's own streams. The system opens them anew, and would truncate a file. */
  private static final Pattern STANDARD =
      Pattern.compile("/dev/std(?<name>out|err)|/(?:dev|proc/(?:self|[0-9]+))/fd/(?<number>[12])");

  private final Path target;
  private final @Nullable Path draft;
  private final FileChannel channel;
  private final boolean isStandard;

  private AtomicFile(Path target, @Nullable Path draft, FileChannel channel, boolean isStandard) {
    this.target = target;
    this.draft = draft;
    this.channel = channel;
    this.isStandard = isStandard;
  }

  static AtomicFile at(Path target) throws IOException {
    if (isStandardOutput(target)) {
      return standard(target, FileDescriptor.out);
    }
    var file = target.toAbsolutePath();
    for (var i = 0; i < MOST_LINKS; i++) {
      var standard = STANDARD.matcher(file.normalize().toString());
      if (standard.matches()) {
        var isError = "err".equals(standard.group("name")) || "2".equals(standard.group("number"));
        return standard(file, isError ? FileDescriptor.err : FileDescriptor.out);
      }
      if (file.startsWith("/dev") || file.startsWith("/proc") || !Files.isSymbolicLink(file)) {
        break;
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    return found(file);
  }

  /** Whether the text of such a file goes to standard output by its name alone. */
  static boolean isStandardOutput(Path target) {
    return target.toString().equals(STANDARD_OUTPUT);
  }

  private static AtomicFile standard(Path target, FileDescriptor stream) {
    return new AtomicFile(target, null, new FileOutputStream(stream).getChannel(), true);
  }

  private static AtomicFile found(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    var parent = file.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new NoSuchFileException(parent.toString(), null, "no such directory");
    }
    if (!Files.exists(file)) {
      return drafted(file);
    }
    if (file.startsWith("/dev") || file.startsWith("/proc")) {
      return through(file, Files.isRegularFile(file));
    }
    if (!Files.isRegularFile(file)) {
      return through(file, false);
    }
    if (!Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    if (hardLinks(file) > 1) {
      return through(file, false);
    }
    try {
      return drafted(file);
    } catch (AccessDeniedException folder) {
      // The file may be written all the same.
      return through(file, false);
    }
  }

  private static int hardLinks(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? (int) Files.getAttribute(file, "unix:nlink")
        : 1;
  }

  private static AtomicFile through(Path file, boolean append) throws IOException {
    var channel =
        append
            ? FileChannel.open(file, WRITE, APPEND)
            : Files.isRegularFile(file)
                ? FileChannel.open(file, WRITE, TRUNCATE_EXISTING)
                : FileChannel.open(file, WRITE);
    return new AtomicFile(file, null, channel, false);
  }

  private static AtomicFile drafted(Path file) throws IOException {
    var draft = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    var channel = FileChannel.open(draft, CREATE, READ, WRITE, TRUNCATE_EXISTING);
    // For a Ctrl-C; close() deletes the draft otherwise.
    draft.toFile().deleteOnExit();
    if (Files.exists(file)) {
      keepMode(file, draft);
    }
    return new AtomicFile(file, draft, channel, false);
  }

  private static void keepMode(Path file, Path draft) throws IOException {
    var from = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    var to = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
    if (from == null || to == null) {
      return;
    }
    var attributes = from.readAttributes();
    try {
      if (!attributes.owner().equals(to.readAttributes().owner())) {
        to.setOwner(attributes.owner());
      }
      if (!attributes.group().equals(to.readAttributes().group())) {
        to.setGroup(attributes.group());
      }
    } catch (FileSystemException notPermitted) {
      // Only root may give a file away; the mode is kept nevertheless.
    }
    to.setPermissions(attributes.permissions());
  }

  FileChannel channel() {
    return channel;
  }

  /** Gives the draft the name of the file. */
  void publish() throws IOException {
    if (draft == null) {
      return;
    }
    channel.force(true);
    channel.close();
    try {
      Files.move(draft, target, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (FileSystemException e) {
      // A file that is mounted by itself cannot be replaced, but written.
      if (!Files.isRegularFile(target)) {
        throw e;
      }
      try (var out = Files.newOutputStream(target, WRITE, TRUNCATE_EXISTING)) {
        Files.copy(draft, out);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (!isStandard) {
      channel.close();
    }
    if (draft != null) {
      Files.deleteIfExists(draft);
    }
  }
}
