package io.simtally.simulator;

/** A credential that stops being good; how that is refused differs from provider to provider. */
enum ExpiredCredential implements Fault {
  TOKEN,
  SESSION
}
