package io.simtally.benchmarks;

import io.simtally.core.internal.Timestamps;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Parses a timestamp as the providers write it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimestampBenchmark {
  private static final String[] TEXTS = {
    "2020-12-01T00:00:00Z",
    "2016-12-06T10:30:00+00:00",
    "2020-05-31T00:00:00Z",
    "2016-12-29T11:00:00+00:00"
  };

  private int next;

  /** Simtally's parser. */
  @Benchmark
  public OffsetDateTime timestampSimtally() {
    return Timestamps.parse(text());
  }

  /** The JDK's parser. */
  @Benchmark
  public OffsetDateTime timestampJdk() {
    return OffsetDateTime.parse(text());
  }

  private String text() {
    return TEXTS[next++ & 3];
  }

  void check() {
    for (var text : TEXTS) {
      Agreement.of("timestamp " + text)
          .add("Simtally", Timestamps.parse(text))
          .add("JDK", OffsetDateTime.parse(text));
    }
  }
}
