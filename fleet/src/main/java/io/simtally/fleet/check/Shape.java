package io.simtally.fleet.check;

import io.simtally.core.internal.Timestamps;
import io.simtally.fleet.check.Difference.Kind;
import io.simtally.fleet.contract.DocumentedCall;
import io.simtally.fleet.contract.DocumentedCall.Member;
import io.simtally.fleet.contract.JsonValue;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The members of an answer with their forms and order, without any value. */
final class Shape {
  private static final String ASCENDING = "ascending";

  private final DocumentedCall call;

  /** The forms at each path. */
  private final SortedMap<String, Set<String>> forms = new TreeMap<>();

  /** The number of objects at each path. */
  private final Map<String, Integer> objects = new HashMap<>();

  /** The number of objects that have a member at each path. */
  private final Map<String, Integer> holders = new HashMap<>();

  private final Map<String, Set<String>> orders = new HashMap<>();
  private final Set<String> unlistedWords = new TreeSet<>();

  private Shape(DocumentedCall call) {
    this.call = call;
  }

  /** Returns the differences from the documented shape that the answer is most like. */
  static List<Difference> differences(DocumentedCall call, JsonValue answer) {
    var shape = new Shape(call);
    shape.add("", answer);
    return call.shapes().stream()
        .map(shape::differences)
        .min(Comparator.comparingInt(List::size))
        .orElseThrow();
  }

  private void add(String path, JsonValue written) {
    forms.computeIfAbsent(path, place -> new TreeSet<>()).add(written.form());
    var value = written.unquoted();
    var words = call.words(path);
    if (!words.isEmpty() && words.stream().noneMatch(value.text()::equalsIgnoreCase)) {
      unlistedWords.add(path);
    }
    if (value.is(JsonValue.Type.OBJECT)) {
      addMembers(path, value);
    } else if (value.is(JsonValue.Type.ARRAY)) {
      var order = order(value);
      if (!order.isEmpty()) {
        orders.computeIfAbsent(path, place -> new TreeSet<>()).add(order);
      }
      value.items().forEach(item -> add(call.items(path), item));
    }
  }

  private void addMembers(String path, JsonValue object) {
    objects.merge(path, 1, Integer::sum);
    var seen = new TreeSet<String>();
    for (var member : object.members()) {
      var child = call.child(path, member.name());
      if (seen.add(child)) {
        holders.merge(child, 1, Integer::sum);
      }
      add(child, member.value());
    }
  }

  /** Returns how the rows of an array are ordered by time, empty if they do not show it. */
  private static String order(JsonValue array) {
    var times = array.items().stream().flatMap(row -> firstTime(row).stream()).toList();
    var rises = false;
    var falls = false;
    for (var i = 1; i < times.size(); i++) {
      var step = compare(times.get(i - 1), times.get(i));
      rises |= step < 0;
      falls |= step > 0;
    }
    return rises && falls ? "in no order" : rises ? ASCENDING : falls ? "descending" : "";
  }

  private static List<String> firstTime(JsonValue row) {
    return row.members().stream()
        .filter(member -> !member.name().isEmpty())
        .map(member -> member.value().text())
        .filter(JsonValue::isTime)
        .limit(1)
        .toList();
  }

  private static int compare(String time, String other) {
    try {
      return Timestamps.parse(time).compareTo(Timestamps.parse(other));
    } catch (DateTimeException notWholeTimes) {
      return time.compareTo(other);
    }
  }

  private List<Difference> differences(Map<String, Member> documented) {
    var found = new ArrayList<Difference>();
    forms.forEach((path, here) -> compareForms(path, here, documented, found));
    documented.forEach(
        (path, member) -> {
          if (!member.isOptional() && lacks(path)) {
            found.add(difference(path, Kind.MISSING, member.forms(), ""));
          }
          var order = orders.getOrDefault(path, Set.of(ASCENDING));
          if (member.isAscending() && !order.equals(Set.of(ASCENDING))) {
            found.add(difference(path, Kind.ORDER, ASCENDING, String.join(", ", order)));
          }
        });
    unlistedWords.forEach(
        path -> found.add(difference(path, Kind.WORD, String.join(", ", call.words(path)), "")));
    found.sort(Comparator.comparing(Difference::path).thenComparing(Difference::kind));
    return found;
  }

  /** Returns whether an object lacks a member that it could have; a map needs none. */
  private boolean lacks(String path) {
    var isMember = !path.isEmpty() && !path.endsWith("{}") && !path.endsWith("[]");
    return isMember && holders.getOrDefault(path, 0) < objects.getOrDefault(above(path), 0);
  }

  private void compareForms(
      String path, Set<String> here, Map<String, Member> documented, List<Difference> found) {
    var member = documented.get(path);
    if (member == null || member.forms().equals("-")) {
      if (documented.containsKey(above(path))) {
        found.add(difference(path, Kind.NEW, "", String.join(" or ", here)));
      }
      return;
    }
    for (var form : here) {
      var known = member.eachForm();
      if (known.stream().noneMatch(each -> covers(each, form))) {
        var isSameType = known.stream().anyMatch(each -> type(each).equals(type(form)));
        found.add(difference(path, isSameType ? Kind.FORMAT : Kind.TYPE, member.forms(), form));
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

  private Difference difference(String path, Kind kind, String expected, String found) {
    return new Difference(call.operation(), path, kind, expected, found);
  }
}
