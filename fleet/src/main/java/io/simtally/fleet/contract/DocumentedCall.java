package io.simtally.fleet.contract;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * What a provider's page says about the answers to one call.
 *
 * @param operation verb and path template
 * @param shapes the alternative shapes of an answer: what the page says about each path
 */
public record DocumentedCall(String operation, List<Map<String, Member>> shapes) {

  /**
   * What the page says about a member.
   *
   * @param forms the documented values of {@link JsonValue#form}, joined by "or"; {@code time} is
   *     any time
   * @param isOptional whether an answer may lack the member
   * @param isAscending whether the rows of the array are ordered by time
   * @param isFolded whether a top-level member may be an object, an array of objects, or hold
   *     another member of its name
   * @param words the values that the page lists, empty if it lists none
   */
  public record Member(
      String forms, boolean isOptional, boolean isAscending, boolean isFolded, List<String> words) {

    /** Returns the documented forms. */
    public Set<String> eachForm() {
      return Set.of(forms.split(" or (?!false)", -1));
    }
  }

  /** Returns the path of a member of an object; a map's members share one path. */
  public String child(String path, String name) {
    if (isFolded(path) && name.equals(path)) {
      return path;
    }
    var prefix = path.isEmpty() ? "" : path + ".";
    var isMap = shapes.stream().anyMatch(shape -> shape.containsKey(prefix + "{}"));
    return prefix + (isMap || !isWord(name) ? "{}" : name);
  }

  /** Returns the path of the items of an array. */
  public String items(String path) {
    return isFolded(path) ? path : path + "[]";
  }

  private boolean isFolded(String path) {
    return shapes.stream().flatMap(shape -> member(shape, path)).anyMatch(Member::isFolded);
  }

  /** Returns whether a provider chose the name: a number or a text may be a customer's. */
  private static boolean isWord(String name) {
    return name.length() <= 40 && name.matches("[a-z][A-Za-z_-]*");
  }

  /** Returns the values that the page lists for a path, empty if it lists none. */
  public List<String> words(String path) {
    return shapes.stream()
        .flatMap(shape -> member(shape, path))
        .flatMap(member -> member.words().stream())
        .toList();
  }

  private static Stream<Member> member(Map<String, Member> shape, String path) {
    return Stream.ofNullable(shape.get(path));
  }

  /**
   * Returns how well a URL fits: the number of segments that are the template's own words, or -1 if
   * the URL does not fit.
   */
  public int fit(String method, HttpUrl url) {
    var template = operation.substring(operation.indexOf('/') + 1).split("/", -1);
    var segments = url.pathSegments();
    var offset = segments.size() - template.length;
    if (!operation.startsWith(method + " ") || offset < 0) {
      return -1;
    }
    var words = 0;
    for (var i = 0; i < template.length; i++) {
      if (template[i].equals(segments.get(offset + i))) {
        words++;
      } else if (!template[i].startsWith("{")) {
        return -1;
      }
    }
    return words;
  }
}
