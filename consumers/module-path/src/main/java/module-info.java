/** A program that requires one provider, and the simulator that its tests use. */
module consumer {
  requires io.simtally.iotx;
  requires io.simtally.simulator;
}
