package io.simtally.simulator.thingspace;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;

/** All devices of a simulated account: those whose rows a user gave and those made up. */
final class ThingSpaceFleet {
  private final List<ThingSpaceScriptedMember> scripted;
  private final ThingSpaceGeneratedFleet generated;
  private final Map<String, ThingSpaceMember> byId = new HashMap<>();
  private final Map<SimulatedDevice.Label, ThingSpaceMember> byLabel = new HashMap<>();

  /**
   * Puts a fleet together.
   *
   * @throws IllegalArgumentException if two scripted devices share an identifier or a label
   */
  ThingSpaceFleet(List<ThingSpaceScriptedMember> scripted, ThingSpaceGeneratedFleet generated) {
    this.scripted = List.copyOf(scripted);
    this.generated = generated;
    this.scripted.forEach(this::index);
  }

  private void index(ThingSpaceScriptedMember member) {
    SimulatedDevice device = member.device();
    index(device.kind(), device.id(), member);
    device.otherIds().forEach((kind, id) -> index(kind, id, member));
    if (device.label() != null && byLabel.put(device.label(), member) != null) {
      throw new IllegalArgumentException("two devices with the label " + device.label());
    }
  }

  private void index(String kind, String id, ThingSpaceMember member) {
    if (byId.put(key(DeviceKind.find(kind).orElseThrow(), id), member) != null) {
      throw new IllegalArgumentException("two devices with the " + kind + " " + id);
    }
  }

  Optional<ThingSpaceMember> find(DeviceKind kind, String id) {
    ThingSpaceMember member = byId.get(key(kind, id));
    return member == null ? generated.find(kind, id) : Optional.of(member);
  }

  Optional<ThingSpaceMember> find(SimulatedDevice.Label label) {
    ThingSpaceMember member = byLabel.get(label);
    return member == null ? generated.find(label) : Optional.of(member);
  }

  List<SimulatedDevice> devices() {
    return new Devices();
  }

  private static String key(DeviceKind kind, String id) {
    // Hexadecimal identifiers may come in either case.
    return kind + " " + id.toUpperCase(Locale.ROOT);
  }

  /** Scripted devices first; each made when it is asked for. */
  private final class Devices extends AbstractList<SimulatedDevice> implements RandomAccess {
    @Override
    public SimulatedDevice get(int index) {
      if (index < scripted.size()) {
        return scripted.get(index).device();
      }
      return generated.device(Objects.checkIndex(index, size()) - scripted.size());
    }

    @Override
    public int size() {
      return scripted.size() + generated.size();
    }
  }
}
