package io.simtally.simulator.mason;

import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;

/** All SIMs of a simulated account: those whose usage a user gave and those made up. */
final class MasonFleet {
  private final List<MasonScriptedMember> scripted;
  private final MasonGeneratedFleet generated;
  private final Map<String, MasonMember> byIccid = new LinkedHashMap<>();

  /**
   * Puts a fleet together.
   *
   * @throws IllegalArgumentException if two scripted SIMs share an ICCID
   */
  MasonFleet(List<MasonScriptedMember> scripted, MasonGeneratedFleet generated) {
    this.scripted = List.copyOf(scripted);
    this.generated = generated;
    for (MasonScriptedMember member : scripted) {
      if (byIccid.put(member.iccid(), member) != null) {
        throw new IllegalArgumentException("two SIMs with the ICCID " + member.iccid());
      }
    }
  }

  int size() {
    return scripted.size() + generated.size();
  }

  /** Scripted SIMs first. */
  MasonMember member(int index) {
    return index < scripted.size()
        ? scripted.get(index)
        : generated.member(Objects.checkIndex(index, size()) - scripted.size());
  }

  Optional<MasonMember> find(String iccid) {
    MasonMember member = byIccid.get(iccid);
    return member == null ? generated.find(iccid) : Optional.of(member);
  }

  List<String> iccids() {
    return new Iccids();
  }

  /** Each made when it is asked for. */
  private final class Iccids extends AbstractList<String> implements RandomAccess {
    @Override
    public String get(int index) {
      return member(index).iccid();
    }

    @Override
    public int size() {
      return MasonFleet.this.size();
    }
  }
}
