package io.simtally.fleet.contract;

import io.simtally.core.ApiException;
import java.util.Map;
import okhttp3.Request;

/** The login before the calls of a service. Services at the same address share it. */
public interface CheckLogin {
  /** Returns the variable that holds an open session, empty if a login has to be sent. */
  String openSession();

  /** Returns the number of requests that a login takes. */
  int requests();

  /** Returns a call that needs the login. The check never sends the call itself. */
  Probe probe();

  /**
   * Returns the environment of the calls after the login, which holds only the session.
   *
   * @param signed the request of {@link #probe()} with the credentials that the login returned
   */
  Map<String, String> session(Request signed);

  /** Returns what the user can do about a failed login. */
  String advice(ApiException failure);
}
