package io.simtally.fleet.contract;

import io.simtally.fleet.contract.DocumentedCall.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a provider's page says about the answers, and what it leaves open. A text resource in the
 * package of the carrier holds it, in blocks between empty lines:
 *
 * <pre>
 * codes not_found|invalid_.*          error codes that the page lists, as a regular expression
 *
 * call GET /things                    a call, or several with the same shape of answers
 *   .              object             the answer itself
 *   data           array  ascending   rows, oldest first
 *   data[]         object             the items of an array
 *   data[].id      text               a member, its forms joined by "or"
 *   data[].unit    text   one of b    a member with its documented values
 *   data[].note    text   optional    a member that may be missing
 *   byName.{}      number             the members of a map
 *   unit           -  one of b        no member of this call, but if it appears, the values count
 *
 * question thing-order                an open question: id, question, what Simtally does
 *   Are things sorted?
 *   Simtally sorts them
 * </pre>
 *
 * <p>A call that stands in two blocks has two alternative shapes. {@code folded} is described at
 * {@link Member#isFolded}.
 *
 * @param calls the documented calls
 * @param questions the open questions
 * @param codes the documented error codes
 */
public record Contract(List<DocumentedCall> calls, List<Question> questions, Pattern codes) {

  /**
   * Reads a resource.
   *
   * @param room a class in the package of the resource
   * @param finders the finder of each question, by its id
   * @throws NullPointerException if a question has no finder; the message is its id
   */
  public static Contract read(
      Class<?> room, String resource, Map<String, Question.Finder> finders) {
    var shapes = new LinkedHashMap<String, List<Map<String, Member>>>();
    var questions = new ArrayList<Question>();
    var codes = new ArrayList<String>();
    for (var block : text(room, resource).split("\\R{2,}", -1)) {
      var lines = block.lines().filter(line -> !line.startsWith("#")).toList();
      values(lines, "codes ").forEach(codes::add);
      values(lines, "question ").map(id -> question(id, lines, finders)).forEach(questions::add);
      values(lines, "call ")
          .forEach(
              operation ->
                  shapes.computeIfAbsent(operation, call -> new ArrayList<>()).add(shape(lines)));
    }
    var calls =
        shapes.entrySet().stream()
            .map(call -> new DocumentedCall(call.getKey(), List.copyOf(call.getValue())))
            .toList();
    return new Contract(calls, List.copyOf(questions), Pattern.compile(String.join("|", codes)));
  }

  private static String text(Class<?> room, String resource) {
    try (var in = room.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  private static Stream<String> values(List<String> lines, String keyword) {
    return lines.stream()
        .filter(line -> line.startsWith(keyword))
        .map(line -> line.substring(keyword.length()));
  }

  private static Question question(
      String id, List<String> lines, Map<String, Question.Finder> finders) {
    return new Question(
        id,
        lines.get(1).strip(),
        lines.get(2).strip(),
        Objects.requireNonNull(finders.get(id), id));
  }

  private static Map<String, Member> shape(List<String> lines) {
    var members = new LinkedHashMap<String, Member>();
    values(lines, "  ")
        .map(line -> List.of(line.split(" {2,}", -1)))
        .forEach(
            columns -> {
              var path = columns.get(0);
              members.put(path.equals(".") ? "" : path, member(columns));
            });
    return members;
  }

  private static Member member(List<String> columns) {
    var words =
        values(columns, "one of ").flatMap(listed -> Stream.of(listed.split(", ", -1))).toList();
    return new Member(
        columns.get(1),
        columns.contains("optional"),
        columns.contains("ascending"),
        columns.contains("folded"),
        words);
  }
}
