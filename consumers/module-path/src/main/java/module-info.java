/** A program that names one provider, and the simulator that its tests use. */
module consumer {
  requires io.simtally.iotx;
  requires io.simtally.simulator;
}
