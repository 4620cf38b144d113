package io.simtally.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import io.simtally.iotx.IotxAnswers;
import io.simtally.mason.MasonAnswers;
import io.simtally.thingspace.m2m.M2mAnswers;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Decodes the bytes of a response, in a buffer as OkHttp returns it, into the model. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
  static final int THING_SPACE_ROWS = 500;
  static final int MASON_ROWS = 1_000;
  static final int SUBSCRIBERS = 10_000;
  static final int BUCKETS = 3;

  private final Buffer thingSpace = new Buffer().write(Bodies.thingSpace(THING_SPACE_ROWS));
  private final Buffer mason = new Buffer().write(Bodies.mason(MASON_ROWS));
  private final Buffer iotx = new Buffer().write(Bodies.iotx(SUBSCRIBERS, BUCKETS));

  private final ObjectMapper jackson = Libraries.jackson();
  private final JsonAdapter<Wire.UsagePage> moshiThingSpace =
      Libraries.moshi().adapter(Wire.UsagePage.class);
  private final JsonAdapter<Wire.MasonPage> moshiMason =
      Libraries.moshi().adapter(Wire.MasonPage.class);
  private final JsonAdapter<Wire.IotxAnswer> moshiIotx =
      Libraries.moshi().adapter(Wire.IotxAnswer.class);

  /** Simtally's decoder. */
  @Benchmark
  public Object thingSpaceSimtally() throws IOException {
    return M2mAnswers.read(JsonReader.of(thingSpace.clone()));
  }

  /** Jackson databind. */
  @Benchmark
  public Object thingSpaceJackson() throws IOException {
    return jackson.readValue(thingSpace.clone().inputStream(), Wire.UsagePage.class);
  }

  /** Moshi's reader, which skips the same bytes. */
  @Benchmark
  public Object thingSpaceSkip() throws IOException {
    return skipped(thingSpace);
  }

  /** Handwritten adapters without Simtally's code. */
  @Benchmark
  public Object thingSpaceHandMoshi() throws IOException {
    return HandMoshi.thingSpace(JsonReader.of(thingSpace.clone()));
  }

  /** Moshi with reflection. */
  @Benchmark
  public Object thingSpaceMoshi() throws IOException {
    return moshiThingSpace.fromJson(thingSpace.clone());
  }

  /** Simtally's decoder. */
  @Benchmark
  public Object masonSimtally() throws IOException {
    return MasonAnswers.read(JsonReader.of(mason.clone()));
  }

  /** Jackson databind. */
  @Benchmark
  public Object masonJackson() throws IOException {
    return jackson.readValue(mason.clone().inputStream(), Wire.MasonPage.class);
  }

  /** Moshi's reader, which skips the same bytes. */
  @Benchmark
  public Object masonSkip() throws IOException {
    return skipped(mason);
  }

  /** Handwritten adapters without Simtally's code. */
  @Benchmark
  public Object masonHandMoshi() throws IOException {
    return HandMoshi.mason(JsonReader.of(mason.clone()));
  }

  /** Moshi with reflection. */
  @Benchmark
  public Object masonMoshi() throws IOException {
    return moshiMason.fromJson(mason.clone());
  }

  /** Simtally's decoder. */
  @Benchmark
  public Object iotxSimtally() throws IOException {
    return IotxAnswers.read(JsonReader.of(iotx.clone()));
  }

  /** Jackson databind. */
  @Benchmark
  public Object iotxJackson() throws IOException {
    return jackson.readValue(iotx.clone().inputStream(), Wire.IotxAnswer.class);
  }

  /** Moshi's reader, which skips the same bytes. */
  @Benchmark
  public Object iotxSkip() throws IOException {
    return skipped(iotx);
  }

  /** Moshi with reflection. */
  @Benchmark
  public Object iotxMoshi() throws IOException {
    return moshiIotx.fromJson(iotx.clone());
  }

  private static Object skipped(Buffer body) throws IOException {
    var reader = JsonReader.of(body.clone());
    reader.skipValue();
    return reader.peek();
  }

  /**
   * Checks that all contestants return the same values.
   *
   * @throws IllegalStateException if one differs
   */
  void check() throws IOException {
    Agreement.of("ThingSpace page")
        .add("Simtally", Wire.UsagePage.of(M2mAnswers.read(JsonReader.of(thingSpace.clone()))))
        .add("Jackson", thingSpaceJackson())
        .add("hand-wired Moshi", thingSpaceHandMoshi())
        .add("reflective Moshi", thingSpaceMoshi());
    Agreement.of("Mason page")
        .add("Simtally", Wire.MasonPage.of(MasonAnswers.read(JsonReader.of(mason.clone()))))
        .add("Jackson", masonJackson())
        .add("hand-wired Moshi", masonHandMoshi())
        .add("reflective Moshi", masonMoshi());
    Agreement.of("IoT-X by subscriber")
        .add("Simtally", Wire.IotxAnswer.of(IotxAnswers.read(JsonReader.of(iotx.clone()))))
        .add("Jackson", iotxJackson())
        .add("hand-wired Moshi", HandMoshi.iotx(JsonReader.of(iotx.clone())))
        .add("reflective Moshi", iotxMoshi());
  }

  /** Returns the size of a page in bytes, by the prefix of its benchmarks' names. */
  long bytes(String payload) {
    return switch (payload) {
      case "thingSpace" -> thingSpace.size();
      case "mason" -> mason.size();
      default -> iotx.size();
    };
  }
}
