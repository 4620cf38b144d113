package io.simtally.iotx;

import com.squareup.moshi.JsonDataException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A part of an answer that tells a total of its entries, which is checked before the part becomes
 * its model: a total that the entries do not make says that one is missing or counted twice.
 *
 * @param model makes the model of settled entries and the total
 * @param entries what has been read, not settled yet
 * @param total the total of this part or of all parts together, or null if it is not told
 */
record TotalledPart<V, T>(
    BiFunction<Map<String, V>, @Nullable Long, T> model, Entries<V> entries, @Nullable Long total) {

  /**
   * Makes the models of all parts of an answer. Entries of one name are added up where that makes
   * the totals true, and taken for one where they are equal and that does.
   *
   * @throws JsonDataException if neither makes the totals true, or entries of one name have no
   *     total to say what they mean
   */
  static <V, T> List<T> settled(List<TotalledPart<V, T>> parts) {
    if (makeTotals(parts, Entries::bytesAdded)) {
      return parts.stream().map(part -> part.of(part.entries.added())).toList();
    }
    if (parts.stream().allMatch(part -> part.entries.areRepeatedAlike())
        && makeTotals(parts, Entries::bytesOnce)) {
      return parts.stream().map(part -> part.of(part.entries.once())).toList();
    }
    throw contradiction(parts);
  }

  private T of(Map<String, V> settled) {
    return model.apply(settled, total);
  }

  /** Each total may be that of its part, or all may be that of the whole. */
  private static <V, T> boolean makeTotals(
      List<TotalledPart<V, T>> parts, ToLongFunction<Entries<V>> bytes) {
    try {
      return parts.stream().allMatch(part -> part.makesItsOwn(bytes))
          || makeTheTotalOfTheWhole(parts, bytes);
    } catch (ArithmeticException e) {
      return false; // no total is greater than a long
    }
  }

  private boolean makesItsOwn(ToLongFunction<Entries<V>> bytes) {
    return total == null ? entries.areUnambiguous() : total == bytes.applyAsLong(entries);
  }

  private static <V, T> boolean makeTheTotalOfTheWhole(
      List<TotalledPart<V, T>> parts, ToLongFunction<Entries<V>> bytes) {
    var whole = 0L;
    for (var part : parts) {
      whole = Math.addExact(whole, bytes.applyAsLong(part.entries));
    }
    for (var part : parts) {
      if (part.total == null ? !part.entries.isEmpty() : part.total != whole) {
        return false;
      }
    }
    return true;
  }

  private static <V, T> JsonDataException contradiction(List<TotalledPart<V, T>> parts) {
    var totals = parts.stream().map(part -> part.total).filter(Objects::nonNull).toList();
    var sums = parts.stream().map(part -> part.entries.bytesInWords()).toList();
    return new JsonDataException(
        totals.isEmpty()
            ? "Expected a total that says what entries of one name count but found none at path"
                + " $.content"
            : "Expected entries that make their total, "
                + totals
                + ", but found "
                + sums
                + " at path $.content");
  }
}
