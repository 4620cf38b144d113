package io.simtally.spark;

import io.simtally.fleet.DevicesFile;
import io.simtally.fleet.account.Account;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a query can read. The accounts of a configuration file are found by a task, because
 * the file and its secrets are on the executors.
 */
final class TargetAccounts {
  private final UsageOptions options;
  private final SparkSession spark;

  TargetAccounts(UsageOptions options, SparkSession spark) {
    this.options = options;
    this.spark = spark;
  }

  /**
   * Returns the accounts and reads their devices files.
   *
   * @throws IllegalArgumentException if a file is refused, or an account has no devices and needs
   *     them
   */
  List<TargetAccount> find() {
    var listed = options.devices() == null ? ListedDevices.NONE : devicesFile(options.devices());
    var targets = options.config() == null ? ofEnvironment(listed) : ofConfig(listed);
    for (var target : targets) {
      var needed = UsageOptions.carrier(target.provider()).deviceRequirement();
      if (target.devices() == null && needed != null) {
        throw new IllegalArgumentException(
            (options.devices() == null
                    ? "account " + target.account()
                    : "devices file " + options.devices())
                + " lists no device of "
                + target.provider()
                + ", which needs "
                + needed);
      }
    }
    return targets;
  }

  private List<TargetAccount> ofEnvironment(ListedDevices listed) {
    var carriers = options.environmentCarriers();
    var hasDevices = carriers.stream().anyMatch(each -> listed.has(each.provider()));
    return carriers.stream()
        // Of the carriers of one account, those that the list is about.
        .filter(each -> options.provider() != null || isWanted(each, listed, hasDevices))
        .map(
            each ->
                new TargetAccount(
                    each.account(), each.provider(), devices(listed, each.provider()), null))
        .toList();
  }

  private static boolean isWanted(Carrier carrier, ListedDevices listed, boolean hasDevices) {
    return !hasDevices || carrier.deviceRequirement() == null || listed.has(carrier.provider());
  }

  private static @Nullable DeviceList devices(ListedDevices listed, String provider) {
    return listed.has(provider) ? DeviceList.of(listed.of(provider)) : null;
  }

  private List<TargetAccount> ofConfig(ListedDevices listed) {
    var providers =
        UsageOptions.carriers().stream().map(Carrier::provider).filter(listed::has).toList();
    var found = new ArrayList<TargetAccount>();
    var query =
        new ConfigQuery(
            options.config(),
            options.account(),
            options.provider(),
            options.credentialsProvider(),
            new ArrayList<>(providers));
    for (var each : OneTask.run(spark, query::find, ArrayList.class)) {
      var target = (TargetAccount) each;
      found.add(
          providers.contains(target.provider())
              ? new TargetAccount(
                  target.account(),
                  target.provider(),
                  devices(listed, target.provider()),
                  target.interval())
              : target);
    }
    return found;
  }

  /** Reads the devices file once, in the driver, from any file system of Hadoop. */
  private ListedDevices devicesFile(String file) {
    var path = new Path(file);
    try (var in = path.getFileSystem(spark.sessionState().newHadoopConf()).open(path)) {
      return DevicesFile.read("devices file " + file, in, UsageOptions.carriers());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the devices file " + file + " (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /**
   * A question about the configuration file of an executor.
   *
   * @param config the path of the file
   * @param account the account, or null for all
   * @param provider the provider, or null for all
   * @param credentialsProvider the class that supplies variables, or null
   * @param listed the providers whose devices the driver has
   */
  private record ConfigQuery(
      @Nullable String config,
      @Nullable String account,
      @Nullable String provider,
      @Nullable String credentialsProvider,
      ArrayList<String> listed)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    ArrayList<TargetAccount> find() {
      var accounts = OpenSource.accounts(config, credentialsProvider);
      if (account != null) {
        accounts = accounts.select(List.of(account));
      }
      if (provider != null) {
        accounts = accounts.selectProviders(List.of(provider));
      }
      // The devices themselves stay with the driver; these stand for them in the checks.
      Map<String, List<Device>> placeholders = new HashMap<>();
      listed.forEach(each -> placeholders.put(each, List.of(new Device("iccid", "0"))));
      var found = new ArrayList<TargetAccount>();
      for (var each : accounts.devices(ListedDevices.of(placeholders)).accounts()) {
        found.addAll(targets(each));
      }
      if (found.isEmpty()) {
        throw new IllegalArgumentException(config + " has no account of " + provider);
      }
      return found;
    }

    private static List<TargetAccount> targets(Account of) {
      var devices = of.devices();
      return of.wanted(devices).stream()
          .map(
              carrier ->
                  new TargetAccount(
                      of.name(),
                      carrier.provider(),
                      devices(devices, carrier.provider()),
                      of.rateLimit().map(TargetAccount::interval).orElse(null)))
          .toList();
    }
  }
}
