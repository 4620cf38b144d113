package io.simtally.core.internal;

import io.simtally.core.internal.CallSpec.Parameter;
import java.util.ArrayList;
import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Fills in the template of a call. */
public final class CallSpecBuilder {
  private final String operation;
  private final List<Parameter> path = new ArrayList<>(2);
  private final List<Parameter> query = new ArrayList<>(4);
  private @Nullable ByteString body;
  private boolean repeatableAfter500 = true;

  private CallSpecBuilder(String operation) {
    this.operation = operation;
  }

  /**
   * Begins a call.
   *
   * @param operation verb and path below the base URL, for example {@code GET
   *     /analytics/data-usage/{physicalId}}
   * @return a builder
   */
  public static CallSpecBuilder of(String operation) {
    return new CallSpecBuilder(operation);
  }

  /**
   * Sends a JSON body, as only a POST does.
   *
   * @param json the body, in UTF-8
   * @return this builder
   */
  public CallSpecBuilder body(ByteString json) {
    body = json;
    return this;
  }

  /**
   * Fills in the segment {@code {name}}. The value stays one path segment whatever it holds.
   *
   * @param name the placeholder, without braces
   * @param value what to put in its place, not yet encoded
   * @return this builder
   * @throws IllegalArgumentException if the value is blank, {@code .} or {@code ..}, which no
   *     encoding keeps from naming another path
   */
  public CallSpecBuilder path(String name, String value) {
    var segment = Preconditions.text(name, value);
    if (segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException(name + " is not a name of anything: " + segment);
    }
    path.add(new Parameter(name, segment));
    return this;
  }

  /**
   * Adds a query parameter; null leaves it out.
   *
   * @param name the parameter, not yet encoded
   * @param value its value, whose text is sent, or null
   * @return this builder
   */
  public CallSpecBuilder query(String name, @Nullable Object value) {
    if (value != null) {
      query.add(new Parameter(name, value.toString()));
    }
    return this;
  }

  /**
   * A 500 of this provider does not pass by waiting.
   *
   * @return this builder
   */
  public CallSpecBuilder notRepeatableAfter500() {
    repeatableAfter500 = false;
    return this;
  }

  /**
   * Finishes the call.
   *
   * @param <T> what the answer is read into
   * @param decoder how the answer is read
   * @return the call
   */
  public <T> CallSpec<T> build(Decoder<T> decoder) {
    return build((reader, status) -> decoder.decode(reader));
  }

  /**
   * Finishes a call whose answers are not alike under each status.
   *
   * @param <T> what the answer is read into
   * @param decoder how the answer is read
   * @return the call
   */
  public <T> CallSpec<T> build(AnswerDecoder<T> decoder) {
    return new CallSpec<>(
        operation, List.copyOf(path), List.copyOf(query), body, decoder, repeatableAfter500);
  }
}
