package consumer;

import java.time.LocalDate;

// #region interface
/** The usage as the rest of the program sees it: easy to fake, and free of provider types. */
public interface DailyUsage {
  long bytes(String iccid, LocalDate day);
}
// #endregion interface
