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
 * Searches the output of a program for credentials. Thread-safe.
 *
 * <p>A credential is known as soon as it is sent. This class searches for whole words; {@code
 * SecretsTest} covers parts and escaped forms.
 */
final class SecretWatch {
  private static final Pattern WORD = Pattern.compile("[\\w.~+/-]+");
  private static final int EXAMPLES = 10;

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();
  private final LongAdder texts = new LongAdder();
  private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

  /** Adds the credentials in a text: all words that are not scheme names. */
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

  /** Returns the number of credentials. */
  int secrets() {
    return secrets.size();
  }

  /** Returns the number of texts read. */
  long texts() {
    return texts.sum();
  }

  /** Returns the first texts that contained a credential. */
  Queue<String> leaks() {
    return leaks;
  }

  /** {@return a stream for a log that checks each line and keeps none} */
  PrintStream log() {
    return new PrintStream(new Lines(), true, StandardCharsets.UTF_8);
  }

  /** The stream around it holds its lock while it prints. */
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
