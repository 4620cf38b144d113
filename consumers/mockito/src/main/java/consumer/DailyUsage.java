package consumer;

import java.time.LocalDate;

// #region interface
/** All that the rest of the program knows of usage: easy to fake, and no type of a provider in it. */
public interface DailyUsage {
  long bytes(String iccid, LocalDate day);
}
// #endregion interface
