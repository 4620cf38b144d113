package io.simtally.simulator.iotx;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;

/** All subscribers of a simulated company: those whose usage a user gave and those made up. */
final class IotxFleet {
  private final List<IotxScriptedMember> scripted;
  private final IotxGeneratedFleet generated;
  private final Map<String, IotxMember> byPhysicalId = new HashMap<>();

  /**
   * Puts a fleet together.
   *
   * @throws IllegalArgumentException if two subscribers share a name
   */
  IotxFleet(List<IotxScriptedMember> scripted, IotxGeneratedFleet generated) {
    this.scripted = List.copyOf(scripted);
    this.generated = generated;
    Set<String> msisdns = new HashSet<>();
    for (IotxScriptedMember member : scripted) {
      IotxSubscriber subscriber = member.subscriber();
      if (byPhysicalId.put(subscriber.physicalId(), member) != null
          || !msisdns.add(subscriber.msisdn())
          || generated.hasNameOf(subscriber)) {
        throw new IllegalArgumentException("two subscribers share a name of " + subscriber);
      }
    }
  }

  Optional<IotxMember> find(String physicalId) {
    IotxMember member = byPhysicalId.get(physicalId);
    return member == null ? generated.find(physicalId) : Optional.of(member);
  }

  /** Scripted subscribers first; each made when it is asked for. */
  List<IotxMember> members() {
    return new AllMembers();
  }

  private final class AllMembers extends AbstractList<IotxMember> implements RandomAccess {
    @Override
    public IotxMember get(int index) {
      return index < scripted.size()
          ? scripted.get(index)
          : generated.member(Objects.checkIndex(index, size()) - scripted.size());
    }

    @Override
    public int size() {
      return scripted.size() + generated.size();
    }
  }

  List<IotxSubscriber> subscribers() {
    return new Subscribers(members());
  }

  private static final class Subscribers extends AbstractList<IotxSubscriber>
      implements RandomAccess {
    private final List<IotxMember> members;

    Subscribers(List<IotxMember> members) {
      this.members = members;
    }

    @Override
    public IotxSubscriber get(int index) {
      return members.get(index).subscriber();
    }

    @Override
    public int size() {
      return members.size();
    }
  }
}
