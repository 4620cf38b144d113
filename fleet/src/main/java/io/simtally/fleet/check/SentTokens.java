package io.simtally.fleet.check;

/** Which of ThingSpace's two tokens a request carries. Travels as a tag of the request. */
enum SentTokens {
  ALL,
  SESSION_ALONE,
  BEARER_ALONE
}
