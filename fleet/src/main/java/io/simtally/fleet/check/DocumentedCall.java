package io.simtally.fleet.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * What a provider's page says of the answers to one call.
 *
 * @param provider as in usage records
 * @param operation verb and path template
 * @param samples the page's sample answers, as resources; those of one list have one shape
 * @param maps the objects whose members have names of their own, by path
 * @param known what the page says elsewhere than in its samples
 * @param words the words that the page lists for a member, by its path
 */
record DocumentedCall(
    String provider,
    String operation,
    List<List<String>> samples,
    Set<String> maps,
    List<Known> known,
    Map<String, Set<String>> words) {

  /**
   * A member that the page tells of.
   *
   * @param path where it is
   * @param forms what it may be, as {@link JsonValue#form}; {@code time} is any time
   * @param role what that means for the samples
   */
  record Known(String path, Set<String> forms, Role role) {}

  enum Role {
    /** These forms count as well as the sample's. */
    ALSO,
    /** So they do, and the member may be missing. */
    MAYBE,
    /** The sample has a placeholder, whose form does not count. */
    INSTEAD
  }

  static DocumentedCall of(String provider, String operation, String... samples) {
    return new DocumentedCall(
        provider, operation, List.of(List.of(samples)), Set.of(), List.of(), Map.of());
  }

  /** Samples of another shape. */
  DocumentedCall orSamples(String... others) {
    var all = new ArrayList<>(samples);
    all.add(List.of(others));
    return new DocumentedCall(provider, operation, List.copyOf(all), maps, known, words);
  }

  /** Objects whose members are named by customers, addresses or times. */
  DocumentedCall map(String... paths) {
    var all = new HashSet<>(maps);
    all.addAll(Arrays.asList(paths));
    return new DocumentedCall(provider, operation, samples, Set.copyOf(all), known, words);
  }

  /** A member that has these forms too. */
  DocumentedCall also(String path, String... forms) {
    return known(new Known(path, Set.of(forms), Role.ALSO));
  }

  /** A member that has these forms too, if it is there. */
  DocumentedCall maybe(String path, String... forms) {
    return known(new Known(path, Set.of(forms), Role.MAYBE));
  }

  /** A member whose sample is a placeholder. */
  DocumentedCall instead(String path, String... forms) {
    return known(new Known(path, Set.of(forms), Role.INSTEAD));
  }

  DocumentedCall words(String path, String... listed) {
    var all = new HashMap<>(words);
    all.put(path, Set.of(listed));
    return new DocumentedCall(provider, operation, samples, maps, known, Map.copyOf(all));
  }

  private DocumentedCall known(Known one) {
    return new DocumentedCall(
        provider,
        operation,
        samples,
        maps,
        Stream.concat(known.stream(), Stream.of(one)).toList(),
        words);
  }

  /** The name of a member below a path, or of what stands for all members there. */
  String child(String path, String name) {
    if (isContent(path) && name.equals("content")) {
      return path; // IoT-X wraps some answers twice.
    }
    var shown = maps.contains(path) || !isWord(name) ? "{}" : name;
    return path.isEmpty() ? shown : path + "." + shown;
  }

  /** The items of an array. */
  String items(String path) {
    // Whether IoT-X's content is an array is a question of its own, asked once.
    return isContent(path) ? path : path + "[]";
  }

  private boolean isContent(String path) {
    return provider.equals(Pages.IOTX) && path.equals("content");
  }

  /** Whether it is written as the providers write their own words, not as a number or a name. */
  private static boolean isWord(String name) {
    return name.length() <= 40 && name.matches("[a-z][A-Za-z_-]*");
  }

  /**
   * How well an address fits: the number of segments that are the template's own words, or -1 if it
   * does not.
   */
  int fit(String method, HttpUrl url) {
    var verb = operation.substring(0, operation.indexOf(' '));
    var template = operation.substring(operation.indexOf('/') + 1).split("/", -1);
    var segments = url.pathSegments();
    var offset = segments.size() - template.length;
    if (!verb.equals(method) || offset < 0) {
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
