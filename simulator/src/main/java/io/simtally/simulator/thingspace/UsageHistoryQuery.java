package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.RequestObject;
import io.simtally.simulator.internal.IsoTime;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters of a request for usage history.
 *
 * @param subject the device of the usage
 * @param earliest included
 * @param latest included
 */
record UsageHistoryQuery(Subject subject, Instant earliest, Instant latest) {
  /** The page has samples but no format; ISO 8601 with an offset is accepted. */
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  private static final Pattern ILLEGAL_CHARACTER = Pattern.compile("['<\\\\]");

  /** A device by one of its identifiers. */
  sealed interface Subject {
    Optional<ThingSpaceMember> find(ThingSpaceFleet fleet);

    /** Returns the identifier of the device in the answer. */
    AnsweredId answeredId(ThingSpaceMember member);
  }

  /** The {@code deviceId} of an answer. */
  record AnsweredId(String kind, String id) {}

  private record ById(SimulatedDeviceKind kind, String id) implements Subject {
    @Override
    public Optional<ThingSpaceMember> find(ThingSpaceFleet fleet) {
      return fleet.find(kind, id);
    }

    @Override
    public AnsweredId answeredId(ThingSpaceMember member) {
      return new AnsweredId(kind.lowerCase(), id);
    }
  }

  private record ByLabel(SimulatedDevice.Label label) implements Subject {
    @Override
    public Optional<ThingSpaceMember> find(ThingSpaceFleet fleet) {
      return fleet.find(label);
    }

    @Override
    public AnsweredId answeredId(ThingSpaceMember member) {
      SimulatedDevice device = member.device();
      return new AnsweredId(
          SimulatedDeviceKind.find(device.kind()).orElseThrow().capitalized(), device.id());
    }
  }

  static UsageHistoryQuery read(RequestObject body) throws ProviderError {
    body.allowOnly("deviceId", "label", "earliest", "latest");
    Subject subject = subject(body);
    Instant earliest = instant(body, "earliest");
    Instant latest = instant(body, "latest");
    if (earliest.isAfter(latest)) {
      throw M2mError.UNEXPECTED.error("The earliest date is after the latest date.");
    }
    return new UsageHistoryQuery(subject, earliest, latest);
  }

  private static Subject subject(RequestObject body) throws ProviderError {
    if (body.has("deviceId") == body.has("label")) {
      throw M2mError.UNEXPECTED.error("Specify either deviceId or label.");
    }
    return body.has("deviceId")
        ? device(body.object("deviceId").allowOnly("id", "kind"))
        : label(body.object("label").allowOnly("name", "value"));
  }

  private static Subject device(RequestObject deviceId) throws ProviderError {
    String word = legal(deviceId.text("kind"));
    String id = legal(deviceId.text("id"));
    Optional<SimulatedDeviceKind> kind = SimulatedDeviceKind.find(word);
    if (kind.isEmpty()) {
      throw M2mError.DEVICE_KIND_INVALID.error("The device kind " + word + " is not valid.");
    }
    if (!kind.get().allows(id)) {
      throw M2mError.DEVICE_IDENTIFIER_INVALID.error(
          "The device identifier " + id + " is not valid for the kind " + word + ".");
    }
    return new ById(kind.get(), id);
  }

  private static Subject label(RequestObject label) throws ProviderError {
    String name = legal(label.text("name"));
    String value = legal(label.text("value"));
    if (!SimulatedDevice.Label.isNameLength(name.length())
        || !SimulatedDevice.Label.isValueLength(value.length())) {
      throw M2mError.UNEXPECTED.error(
          "A label has a name of 1 to 20 and a value of 1 to 50 characters.");
    }
    return new ByLabel(new SimulatedDevice.Label(name, value));
  }

  private static Instant instant(RequestObject body, String name) throws ProviderError {
    return IsoTime.parse(legal(body.text(name)), MOMENT)
        .orElseThrow(
            () -> M2mError.UNEXPECTED.error("The value of " + name + " is not a valid date."))
        .toInstant();
  }

  private static String legal(String text) throws ProviderError {
    if (ILLEGAL_CHARACTER.matcher(text).find()) {
      throw M2mError.INVALID_CHARACTER.error(
          "There was an invalid character (' or < or \\) in your input.");
    }
    return text;
  }
}
