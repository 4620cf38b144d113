package io.simtally.examples.fleet;

import io.simtally.core.UsageRecord;

/** Takes what a carrier reports; called from one thread. */
interface UsageSink {

  /** Says how many devices will be read, where that is known. */
  void expect(int devices);

  /** Takes one record, of at most a day. */
  void record(UsageRecord record);

  /** Says that one of the expected devices has been read, with or without records. */
  void deviceDone();

  /** Says that the records are those of a whole account, whose devices are not told apart. */
  void wholeAccount();

  /** Takes a sentence that a reader of the figures must know to read them rightly. */
  void note(String sentence);

  /** Says that the carrier refused one of the expected devices, while the others go on. */
  void refused(Device device, RuntimeException why);
}
