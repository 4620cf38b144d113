package io.simtally.simulator.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the members of a roster by one kind of identifier; an added member comes first. */
public final class RosterIndex<M> {
  private final Roster<M> roster;
  private final @Nullable SeededId generatedIds;
  private final Map<String, M> added = new HashMap<>();

  /**
   * Creates an index.
   *
   * @param what the members and the identifier, for the error: {@code devices with the IMEI}
   * @param idOf the identifier of an added member, null if it has none
   * @param generatedIds the identifiers of the generated members, null if they have none
   * @throws IllegalArgumentException if two added members share an identifier
   */
  public RosterIndex(
      Roster<M> roster,
      String what,
      Function<M, @Nullable String> idOf,
      @Nullable SeededId generatedIds) {
    this.roster = roster;
    this.generatedIds = generatedIds;
    for (M member : roster.added()) {
      String id = idOf.apply(member);
      if (id != null && added.put(id, member) != null) {
        throw new IllegalArgumentException("two " + what + " " + id);
      }
    }
  }

  /** Returns the member with an identifier. */
  public Optional<M> find(String id) {
    M member = added.get(id);
    return member == null ? findGenerated(id) : Optional.of(member);
  }

  /**
   * Refuses added members that have the identifier of a generated one.
   *
   * @throws IllegalArgumentException if there is one
   */
  public RosterIndex<M> requireNoGenerated() {
    for (String id : added.keySet()) {
      if (findGenerated(id).isPresent()) {
        throw new IllegalArgumentException(id + " is the identifier of a generated member");
      }
    }
    return this;
  }

  private Optional<M> findGenerated(String id) {
    OptionalInt number = generatedIds == null ? OptionalInt.empty() : generatedIds.number(id);
    return number.isPresent() && roster.isGenerated(number.getAsInt())
        ? Optional.of(roster.generated(number.getAsInt()))
        : Optional.empty();
  }
}
