package io.simtally.core.internal;

import java.util.ArrayList;
import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Fills in the template of a call. */
public final class CallSpecBuilder {
  private final String method;
  private final String template;
  private final List<String> path = new ArrayList<>();
  private final List<CallSpec.Parameter> query = new ArrayList<>();
  private @Nullable ByteString body;
  private boolean repeatableAfter500 = true;

  private CallSpecBuilder(String method, String template) {
    this.method = method;
    this.template = template;
    var start = 1;
    for (int end = template.indexOf('/', start); end >= 0; end = template.indexOf('/', start)) {
      path.add(template.substring(start, end));
      start = end + 1;
    }
    path.add(template.substring(start));
  }

  /**
   * Begins a GET.
   *
   * @param template the path below the base URL, for example {@code
   *     /analytics/data-usage/{physicalId}}
   * @return a builder
   */
  public static CallSpecBuilder get(String template) {
    return new CallSpecBuilder("GET", template);
  }

  /**
   * Begins a POST of a JSON body.
   *
   * @param template the path below the base URL, as of {@link #get}
   * @param json the body, in UTF-8
   * @return a builder
   */
  public static CallSpecBuilder post(String template, ByteString json) {
    var post = new CallSpecBuilder("POST", template);
    post.body = json;
    return post;
  }

  /**
   * Fills in {@code {name}}. The value stays one path segment whatever it holds.
   *
   * @param name the placeholder, without braces
   * @param value what to put in its place, not yet encoded
   * @return this builder
   * @throws IllegalArgumentException if the value is blank, {@code .} or {@code ..}, which no
   *     encoding keeps from naming another path
   */
  public CallSpecBuilder path(String name, String value) {
    var segment = Setting.text(name, value);
    if (segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException(name + " is not a name of anything: " + segment);
    }
    path.set(path.indexOf("{" + name + "}"), segment);
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
      query.add(new CallSpec.Parameter(name, value.toString()));
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
    return new CallSpec<>(
        method + " " + template,
        List.copyOf(path),
        List.copyOf(query),
        body,
        decoder,
        repeatableAfter500);
  }
}
