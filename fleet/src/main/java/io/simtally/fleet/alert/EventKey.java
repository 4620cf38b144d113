package io.simtally.fleet.alert;

import io.simtally.core.DayRange;

/**
 * What makes an event unique, besides its subject.
 *
 * @param rule the name of the rule
 * @param type the type of the event
 * @param level the threshold among several of one rule, or an empty text
 * @param provider the provider, or an empty text for an event of the whole account
 * @param account the account
 * @param cycle the billing cycle
 */
record EventKey(
    String rule, String type, String level, String provider, String account, DayRange cycle) {
  /** No part holds a line break. */
  String beforeSubject() {
    return String.join("\n", rule, type, level, provider, account, "");
  }

  String afterSubject() {
    return "\n" + cycle.from();
  }
}
