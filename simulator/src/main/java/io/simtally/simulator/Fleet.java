package io.simtally.simulator;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;

/** All devices of a simulated account: those whose rows a user gave and those made up. */
final class Fleet {
  private final List<ScriptedMember> scripted;
  private final GeneratedFleet generated;
  private final Map<String, FleetMember> byId = new HashMap<>();
  private final Map<SimulatedDevice.Label, FleetMember> byLabel = new HashMap<>();

  /**
   * Puts a fleet together.
   *
   * @throws IllegalArgumentException if two scripted devices share an identifier or a label
   */
  Fleet(List<ScriptedMember> scripted, GeneratedFleet generated) {
    this.scripted = List.copyOf(scripted);
    this.generated = generated;
    this.scripted.forEach(this::index);
  }

  private void index(ScriptedMember member) {
    SimulatedDevice device = member.device();
    index(device.kind(), device.id(), member);
    device.otherIds().forEach((kind, id) -> index(kind, id, member));
    if (device.label() != null && byLabel.put(device.label(), member) != null) {
      throw new IllegalArgumentException("two devices with the label " + device.label());
    }
  }

  private void index(String kind, String id, FleetMember member) {
    if (byId.put(key(DeviceKind.find(kind).orElseThrow(), id), member) != null) {
      throw new IllegalArgumentException("two devices with the " + kind + " " + id);
    }
  }

  Optional<FleetMember> find(DeviceKind kind, String id) {
    FleetMember member = byId.get(key(kind, id));
    return member == null ? generated.find(kind, id) : Optional.of(member);
  }

  Optional<FleetMember> find(SimulatedDevice.Label label) {
    FleetMember member = byLabel.get(label);
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
