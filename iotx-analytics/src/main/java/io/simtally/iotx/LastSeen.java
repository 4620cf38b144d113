package io.simtally.iotx;

import io.simtally.core.internal.Timestamps;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link IpAddressUsage} can say beside its members. */
interface LastSeen {
  /** The time as IoT-X wrote it, or null. */
  @Nullable String lastSeen();

  /**
   * {@return when data was last sent to the address, at the offset that IoT-X wrote} Empty if IoT-X
   * does not say, or writes a time that is none, such as the {@code 2017-08-17T13:15:00+00:1} of
   * its own page.
   */
  default Optional<OffsetDateTime> lastSeenAt() {
    var text = lastSeen();
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Timestamps.parse(text));
    } catch (DateTimeException damaged) {
      return Optional.empty(); // the text itself is in lastSeen()
    }
  }
}
