package io.simtally.reliability.load;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/**
 * Looks for credentials in what a program shows. Thread-safe.
 *
 * <p>A credential is known from the moment it is sent, and never forgotten. It is looked for as a
 * whole word: {@code SecretsTest} has its parts and other spellings.
 */
final class SecretWatch {
  private static final Pattern WORD = Pattern.compile("[\\w.~+/-]+");
  private static final int EXAMPLES = 10;

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();
  private final LongAdder texts = new LongAdder();
  private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

  /** Learns the credentials among the words of a text, which are all that are not scheme names. */
  void learn(String credentials) {
    WORD.matcher(credentials)
        .results()
        .map(match -> match.group())
        .filter(word -> !word.equalsIgnoreCase("bearer") && !word.equalsIgnoreCase("basic"))
        .forEach(secrets::add);
  }

  void read(String text) {
    texts.increment();
    var words = WORD.matcher(text);
    while (words.find()) {
      if (secrets.contains(words.group()) && leaks.size() < EXAMPLES) {
        leaks.add(text);
      }
    }
  }

  /** How many credentials there were. */
  int secrets() {
    return secrets.size();
  }

  /** How many texts have been read. */
  long texts() {
    return texts.sum();
  }

  /** The first texts that showed a credential. */
  Queue<String> leaks() {
    return leaks;
  }

  /** {@return a stream for a log, of which each line is read and none kept} */
  PrintStream log() {
    return new PrintStream(new Lines(), true, StandardCharsets.UTF_8);
  }

  /** Whoever prints holds the lock of the stream around it. */
  private final class Lines extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int one) {
      if (one == '\n') {
        read(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(one);
      }
    }
  }
}
