package io.simtally.fleet.check;

import io.simtally.core.internal.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which members answers have, in which forms and order: all that is compared, and no value. */
final class Shape {
  private final DocumentedCall page;

  /** The forms of each place. */
  private final SortedMap<String, Set<String>> forms = new TreeMap<>();

  /** How many objects stand at a place, and how many of those above have it. */
  private final Map<String, Integer> objects = new HashMap<>();

  private final Map<String, Integer> holders = new HashMap<>();
  private final SortedMap<String, Set<String>> orders = new TreeMap<>();
  private final Set<String> strangeWords = new TreeSet<>();

  private Shape(DocumentedCall page) {
    this.page = page;
  }

  /**
   * How an answer differs from the page: from those of its samples that it is most like.
   *
   * @param answer what came
   */
  static List<Difference> differences(DocumentedCall page, JsonValue answer) {
    var shape = new Shape(page);
    shape.add("", answer);
    return page.samples().stream()
        .map(samples -> shape.differences(ofSamples(page, samples)))
        .min(Comparator.comparingInt(List::size))
        .orElseThrow();
  }

  private static Shape ofSamples(DocumentedCall page, List<String> samples) {
    var shape = new Shape(page);
    samples.forEach(sample -> shape.add("", sample(sample)));
    for (var known : page.known()) {
      if (known.role() == DocumentedCall.Role.INSTEAD) {
        shape.forms.remove(known.path());
      }
      shape.forms.computeIfAbsent(known.path(), path -> new TreeSet<>()).addAll(known.forms());
    }
    return shape;
  }

  private static JsonValue sample(String name) {
    var resource = name + ".json";
    try (InputStream in = Shape.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the page's sample is not there: " + resource);
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return JsonValue.parse(text).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  private void add(String path, JsonValue written) {
    forms.computeIfAbsent(path, place -> new TreeSet<>()).add(written.form());
    var value = written.unquoted();
    var listed = page.words().get(path);
    if (listed != null && listed.stream().noneMatch(value.text()::equalsIgnoreCase)) {
      strangeWords.add(path);
    }
    if (value.is(JsonValue.Type.OBJECT)) {
      addMembers(path, value);
    } else if (value.is(JsonValue.Type.ARRAY)) {
      order(value).ifPresent(o -> orders.computeIfAbsent(path, p -> new TreeSet<>()).add(o));
      value.items().forEach(item -> add(page.items(path), item));
    }
  }

  private void addMembers(String path, JsonValue object) {
    objects.merge(path, 1, Integer::sum);
    var seen = new TreeSet<String>();
    for (var member : object.members()) {
      var child = page.child(path, member.name());
      if (seen.add(child)) {
        holders.merge(child, 1, Integer::sum);
      }
      add(child, member.value());
    }
  }

  /** How the rows of an array are ordered by their time; empty if that cannot be seen. */
  private static Optional<String> order(JsonValue array) {
    var times = array.items().stream().flatMap(row -> time(row).stream()).toList();
    var rising = 0;
    var falling = 0;
    for (var i = 1; i < times.size(); i++) {
      var step = compare(times.get(i - 1), times.get(i));
      rising += step < 0 ? 1 : 0;
      falling += step > 0 ? 1 : 0;
    }
    if (rising == 0 && falling == 0) {
      return Optional.empty();
    }
    return Optional.of(falling == 0 ? "ascending" : rising == 0 ? "descending" : "in no order");
  }

  private static Optional<String> time(JsonValue row) {
    return row.members().stream()
        .filter(member -> !member.name().isEmpty())
        .map(member -> member.value().text())
        .filter(JsonValue::isTime)
        .findFirst();
  }

  private static int compare(String time, String other) {
    try {
      return Timestamps.parse(time).compareTo(Timestamps.parse(other));
    } catch (DateTimeException notWholeTimes) {
      return time.compareTo(other);
    }
  }

  private List<Difference> differences(Shape expected) {
    var found = new ArrayList<Difference>();
    forms.forEach((path, here) -> compareForms(path, here, expected, found));
    expected.holders.keySet().stream()
        .filter(path -> expected.isAlwaysThere(path) && !isAlwaysThere(path))
        .forEach(
            path ->
                found.add(difference(path, Difference.Kind.MISSING, words(expected, path), "")));
    strangeWords.forEach(
        path ->
            found.add(
                difference(
                    path,
                    Difference.Kind.WORD,
                    String.join(", ", new TreeSet<>(page.words().getOrDefault(path, Set.of()))),
                    "")));
    orders.forEach(
        (path, here) -> {
          if (Set.of("ascending").equals(expected.orders.get(path))
              && !here.equals(Set.of("ascending"))) {
            found.add(
                difference(path, Difference.Kind.ORDER, "ascending", String.join(", ", here)));
          }
        });
    found.sort(Comparator.comparing(Difference::path).thenComparing(Difference::kind));
    return found;
  }

  /** Whether every object that could hold a member does; of a map, none has to. */
  private boolean isAlwaysThere(String path) {
    return !path.endsWith("{}")
        && (holders.getOrDefault(path, 0) >= objects.getOrDefault(above(path), 0)
            || page.known().stream()
                .anyMatch(
                    known ->
                        known.role() == DocumentedCall.Role.MAYBE && known.path().equals(path)));
  }

  private void compareForms(String path, Set<String> here, Shape expected, List<Difference> found) {
    var there = expected.forms.get(path);
    if (there == null) {
      if (expected.forms.containsKey(above(path))) {
        found.add(difference(path, Difference.Kind.NEW, "", String.join(" or ", here)));
      }
      return;
    }
    for (var form : here) {
      if (there.stream().noneMatch(known -> covers(known, form))) {
        var sameType = there.stream().anyMatch(known -> type(known).equals(type(form)));
        found.add(
            difference(
                path,
                sameType ? Difference.Kind.FORMAT : Difference.Kind.TYPE,
                words(expected, path),
                form));
      }
    }
  }

  private static String above(String path) {
    if (path.endsWith("[]")) {
      return path.substring(0, path.length() - 2);
    }
    return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
  }

  private static boolean covers(String known, String form) {
    return known.equals(form)
        || (known.equals("time") && form.startsWith("time as"))
        || (known.equals("decimal number") && form.equals("number"))
        || (known.equals("text") && type(form).equals("text") && !form.equals("empty text"));
  }

  private static String type(String form) {
    return switch (form) {
      case "object", "array", "null", "true or false" -> form;
      case "number", "decimal number" -> "number";
      default -> "text";
    };
  }

  private static String words(Shape expected, String path) {
    return String.join(" or ", new TreeSet<>(expected.forms.getOrDefault(path, Set.of())));
  }

  private Difference difference(String path, Difference.Kind kind, String expected, String found) {
    return new Difference(page.operation(), path, kind, expected, found);
  }
}
