package io.simtally.spark;

import io.simtally.core.DayRange;
import io.simtally.fleet.source.Device;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps the executors of a job from locking an account. Five refused logins in a row lock a user,
 * and each executor logs in by itself. So one executor logs in first, and the others start when its
 * login was accepted. The driver remembers refused credentials, by a digest, for later queries.
 */
final class LoginGuard {
  /** As many as a single process sends. */
  private static final int MOST_REFUSALS = 3;

  private static final byte[] SALT = salt();

  /** The digests of refused credentials since the last accepted login, by client. */
  private static final Map<SourceKey, Set<String>> REFUSED = new HashMap<>();

  private LoginGuard() {}

  private static byte[] salt() {
    var salt = new byte[32];
    new SecureRandom().nextBytes(salt);
    return salt;
  }

  /** Returns the salt of the digests, which differs between drivers. */
  static byte[] digestSalt() {
    return SALT.clone();
  }

  /**
   * Logs in on one executor. Does nothing in a local session, where the only process counts its
   * logins itself.
   *
   * @param device the first device that the client reads
   * @param days the first days that are read of it
   * @throws IllegalStateException if the login is refused, or refused logins could lock the account
   */
  static FirstLogin first(SparkSession spark, SourceKey key, Device device, DayRange days) {
    synchronized (REFUSED) {
      var user = new SourceKey(key.account(), "", key.config(), 1, null, key.credentialsProvider());
      var refused = REFUSED.computeIfAbsent(user, each -> new HashSet<>());
      if (refused.size() >= MOST_REFUSALS) {
        throw new IllegalStateException(
            key.account()
                + ": no login is sent, since the last "
                + MOST_REFUSALS
                + " were refused and five lock the account; check the credentials with `simtally"
                + " check`, then restart the driver");
      }
      List<String> known = new ArrayList<>(refused);
      var salt = digestSalt();
      var devices = DeviceList.of(List.of(device));
      var from = days.from();
      var to = days.to();
      var login =
          OneTask.run(
              spark, () -> FirstLogin.of(key, devices, from, to, known, salt), FirstLogin.class);
      if (login.refusal() == null) {
        refused.clear();
        return login;
      }
      if (login.credentials() != null) {
        refused.add(login.credentials());
      }
      throw new IllegalStateException(
          key.account()
              + ": an executor could not log in, the others were not started: "
              + login.refusal());
    }
  }
}
