package io.simtally.examples.fleet;

/** Shows how far the reading of one carrier has come. */
interface Progress extends AutoCloseable {

  /** Shows nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void expect(int steps) {}

        @Override
        public void step() {}

        @Override
        public void close() {}
      };

  void expect(int steps);

  void step();

  @Override
  void close();
}
