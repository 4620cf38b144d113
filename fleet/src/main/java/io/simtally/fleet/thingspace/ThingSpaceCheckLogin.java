package io.simtally.fleet.thingspace;

import io.simtally.core.ApiException;
import io.simtally.fleet.contract.CheckLogin;
import io.simtally.fleet.contract.Probe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Request;

/**
 * The login that both ThingSpace services share. Its session is passed on as fixed tokens, so that
 * no call refreshes them or logs in again.
 */
record ThingSpaceCheckLogin(Map<String, String> environment, Probe probe) implements CheckLogin {
  private static final List<String> LOGIN = SharedLogin.VARIABLES.get(0);
  private static final String TOKEN = "THINGSPACE_TOKEN";
  private static final String M2M_TOKEN = "THINGSPACE_M2M_TOKEN";

  /** Returns the record without its environment, which holds credentials. */
  @Override
  public String toString() {
    return "ThingSpaceCheckLogin";
  }

  @Override
  public String openSession() {
    var isComplete = LOGIN.stream().noneMatch(name -> environment.getOrDefault(name, "").isBlank());
    return isComplete ? "" : M2M_TOKEN;
  }

  /** One for the bearer token, one for the session. */
  @Override
  public int requests() {
    return 2;
  }

  @Override
  public Map<String, String> session(Request signed) {
    var session = new HashMap<>(environment);
    session.keySet().removeAll(LOGIN);
    session.put(
        TOKEN, String.valueOf(signed.header("Authorization")).replaceFirst("(?i)^Bearer ", ""));
    session.put(M2M_TOKEN, String.valueOf(signed.header("VZ-M2M-Token")));
    return session;
  }

  @Override
  public String advice(ApiException failure) {
    return failure.kind() == ApiException.Kind.UNAUTHENTICATED
        ? "compare THINGSPACE_KEY and THINGSPACE_SECRET with the portal's, THINGSPACE_USERNAME and"
            + " THINGSPACE_PASSWORD with the UWS account; do not try often: five failures in a row"
            + " lock the account"
        : "try again later: ThingSpace gave no session, and did not say that the login is wrong";
  }
}
