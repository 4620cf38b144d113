package io.simtally.reliability.paging;

/** The counts of a run, printed at its end for the documentation. */
final class Tally {
  private final String name;
  private final long started = System.nanoTime();
  private int cases;
  private long rows;

  Tally(String name) {
    this.name = name;
  }

  synchronized void count(int delivered) {
    cases++;
    rows += delivered;
  }

  void print(Carrier carrier) {
    System.out.printf(
        "%s: %,d cases, %,d rows delivered, %,d requests, %.1f s%n",
        name, cases, rows, carrier.requests(), (System.nanoTime() - started) / 1e9);
  }
}
