package io.simtally.simulator.alef;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All subscribers of a simulated account: those whose usage a user gave and those made up. */
final class AlefFleet {
  private final List<AlefScriptedMember> scripted;
  private final AlefGeneratedFleet generated;
  private final Map<String, AlefMember> byMsisdn = new HashMap<>();
  private final Map<String, AlefMember> byImsi = new HashMap<>();

  /**
   * Puts a fleet together.
   *
   * @throws IllegalArgumentException if two scripted subscribers share an identifier
   */
  AlefFleet(List<AlefScriptedMember> scripted, AlefGeneratedFleet generated) {
    this.scripted = List.copyOf(scripted);
    this.generated = generated;
    for (AlefScriptedMember member : scripted) {
      index(byMsisdn, member.subscriber().msisdn(), member);
      index(byImsi, member.subscriber().imsi(), member);
    }
  }

  private static void index(Map<String, AlefMember> index, String id, AlefMember member) {
    if (index.put(id, member) != null) {
      throw new IllegalArgumentException("two subscribers with the number " + id);
    }
  }

  Stream<AlefMember> all() {
    return Stream.concat(
        scripted.stream(), IntStream.range(0, generated.size()).mapToObj(generated::member));
  }

  Stream<AlefMember> ofMsisdn(String msisdn) {
    return found(byMsisdn.get(msisdn)).or(() -> generated.findMsisdn(msisdn)).stream();
  }

  Stream<AlefMember> ofImsi(String imsi) {
    return found(byImsi.get(imsi)).or(() -> generated.findImsi(imsi)).stream();
  }

  Stream<AlefMember> ofSite(String siteId) {
    return Stream.concat(
        scripted.stream().filter(member -> member.subscriber().siteId().equals(siteId)),
        generated.findSite(siteId).stream().flatMap(this::generatedAt));
  }

  private Stream<AlefMember> generatedAt(int site) {
    int end = Math.min(generated.firstOf(site + 1), generated.size());
    return IntStream.range(generated.firstOf(site), end).mapToObj(generated::member);
  }

  private static Optional<AlefMember> found(@Nullable AlefMember member) {
    return Optional.ofNullable(member);
  }

  /** Scripted subscribers first; each made when it is asked for. */
  List<AlefSubscriber> subscribers() {
    return new Subscribers();
  }

  private final class Subscribers extends AbstractList<AlefSubscriber> implements RandomAccess {
    @Override
    public AlefSubscriber get(int index) {
      if (index < scripted.size()) {
        return scripted.get(index).subscriber();
      }
      return generated.subscriber(Objects.checkIndex(index, size()) - scripted.size());
    }

    @Override
    public int size() {
      return scripted.size() + generated.size();
    }
  }
}
