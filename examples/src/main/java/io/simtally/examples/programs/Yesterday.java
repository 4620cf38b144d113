package io.simtally.examples.programs;

import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.Granularity;
import io.simtally.core.DayRange;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;

/**
 * Prints the usage of one device of each carrier yesterday. The arguments are IoT-X's physical id,
 * Mason's ICCID, Alef's account and MSISDN, an IMEI of ThingSpace M2M, and the account and IMEI of
 * Hyper-Precise.
 */
public final class Yesterday {
  private Yesterday() {}

  // #region program
  public static void main(String... ids) {
    var yesterday = DayRange.last(1);
    try (var iotx = IotxAnalytics.fromEnv();
        var mason = MasonUsage.fromEnv();
        var alef = AlefConnectivity.fromEnv();
        var m2m = ThingSpaceM2m.fromEnv();
        var precise = ThingSpaceHyperPrecise.fromEnv()) {
      System.out.println(iotx.subscriberDataUsage(ids[0]).days(yesterday).usageRecords());
      System.out.println(mason.seriesSimUsage(ids[1]).days(yesterday).usageRecords());
      var report = alef.subscriberByteUsage(ids[2], ids[3]).granularity(Granularity.DAY);
      System.out.println(report.days(yesterday).usageRecords());
      System.out.println(m2m.usageHistory(DeviceId.imei(ids[4])).days(yesterday).usageRecords());
      System.out.println(precise.sessionReport(ids[5], ids[6]).days(yesterday).usageRecords());
    }
  }
  // #endregion program
}
