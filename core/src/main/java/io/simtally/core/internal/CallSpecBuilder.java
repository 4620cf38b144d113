package io.simtally.core.internal;

import io.simtally.core.internal.CallSpec.Parameter;
import java.util.ArrayList;
import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Builds a {@link CallSpec}. */
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
   * Starts a call.
   *
   * @param operation verb and path below the base URL, for example {@code GET
   *     /analytics/data-usage/{physicalId}}
   * @return a builder
   */
  public static CallSpecBuilder of(String operation) {
    return new CallSpecBuilder(operation);
  }

  /**
   * Sets the JSON body of a POST.
   *
   * @param json the body, in UTF-8
   * @return this builder
   */
  public CallSpecBuilder body(ByteString json) {
    body = json;
    return this;
  }

  /**
   * Sets the value of the path segment {@code {name}}. The value is encoded as one segment.
   *
   * @param name the placeholder, without braces
   * @param value the value, not yet encoded
   * @return this builder
   * @throws IllegalArgumentException if the value is blank, {@code .} or {@code ..}, which name
   *     another path even when encoded
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
   * Adds a query parameter, unless the value is null.
   *
   * @param name the parameter, not yet encoded
   * @param value the value, sent as its text, or null
   * @return this builder
   */
  public CallSpecBuilder query(String name, @Nullable Object value) {
    if (value != null) {
      query.add(new Parameter(name, value.toString()));
    }
    return this;
  }

  /**
   * Excludes status 500 from the retries: the cause at this provider does not pass by waiting.
   *
   * @return this builder
   */
  public CallSpecBuilder notRepeatableAfter500() {
    repeatableAfter500 = false;
    return this;
  }

  /**
   * Builds the call.
   *
   * @param <T> the type of the answer
   * @param decoder reads the answer
   * @return the call
   */
  public <T> CallSpec<T> build(Decoder<T> decoder) {
    return build((reader, status) -> decoder.decode(reader));
  }

  /**
   * Builds a call with a decoder that depends on the status.
   *
   * @param <T> the type of the answer
   * @param decoder reads the answer
   * @return the call
   */
  public <T> CallSpec<T> build(AnswerDecoder<T> decoder) {
    return new CallSpec<>(
        operation, List.copyOf(path), List.copyOf(query), body, decoder, repeatableAfter500);
  }
}
