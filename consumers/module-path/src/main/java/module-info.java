/** A program that names one provider, and needs nothing else. */
module consumer {
  requires io.simtally.iotx;
}
