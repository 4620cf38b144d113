package io.simtally.reliability.load;

import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.SeriesReport;
import io.simtally.core.ClientBuilder;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.thingspace.hyperprecise.SessionReport;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The five clients and their requests to a {@link FleetServer}. */
final class FleetClients implements AutoCloseable {
  private static final OffsetDateTime START = OffsetDateTime.parse("2026-01-01T00:00:00Z");
  private static final OffsetDateTime END = OffsetDateTime.parse("2026-01-08T00:00:00Z");

  /** Short delays, so that a test of minutes covers the faults of hours. */
  private static final RetryPolicy PATIENCE =
      RetryPolicy.standard().maxAttempts(4).delays(Duration.ofMillis(1), Duration.ofMillis(4));

  private final FleetServer server;
  private final ThingSpaceM2m m2m;
  private final ThingSpaceHyperPrecise hyperPrecise;
  private final IotxAnalytics iotx;
  private final MasonUsage mason;
  private final AlefConnectivity alef;

  FleetClients(FleetServer server) {
    this.server = server;
    var thingSpace = server.thingSpace();
    var credentials =
        ThingSpaceCredentials.oauth(thingSpace.key(), thingSpace.secret())
            .login(thingSpace.username(), thingSpace.password());
    m2m = set(ThingSpaceM2m.builder(), "/api").credentials(credentials).build();
    hyperPrecise = set(ThingSpaceHyperPrecise.builder(), "/api").credentials(credentials).build();
    iotx = set(IotxAnalytics.builder(), "").tokenSource(server.iotx()::issueToken).build();
    mason =
        set(MasonUsage.builder(), "")
            .apiKey(server.mason().apiKey())
            .fleet(server.mason().fleet())
            .build();
    alef = set(AlefConnectivity.builder(), "").apiKey(server.alef().apiKey()).build();
  }

  private <B extends ClientBuilder<B>> B set(B builder, String path) {
    return builder.baseUrl(server.url() + path).retryPolicy(PATIENCE);
  }

  /** Returns every job; those of the provider with the most tokens appear more often. */
  List<Job<?>> jobs() {
    var jobs = new ArrayList<Job<?>>();
    for (int i = 0; i < 3; i++) {
      server.thingSpace().devices().forEach(device -> jobs.add(usageHistory(device.id())));
    }
    server
        .thingSpace()
        .devices()
        .forEach(device -> jobs.add(sessionReport(Objects.requireNonNull(device.idOf("imei")))));
    server.iotx().subscribers().forEach(one -> jobs.add(subscriberUsage(one.physicalId())));
    server.mason().iccids().forEach(iccid -> jobs.add(simUsage(iccid)));
    server.alef().subscribers().forEach(one -> jobs.add(byteUsage(one.msisdn())));
    return jobs;
  }

  private Job<?> usageHistory(String iccid) {
    return new Job<>(
        m2m.usageHistory()
            .device(DeviceId.iccid(iccid))
            .earliest(START.toInstant())
            .latest(END.toInstant()),
        Function.identity(),
        answer -> answer.items().size());
  }

  private Job<?> sessionReport(String imei) {
    return new Job<>(
        hyperPrecise
            .sessionReport()
            .accountNumber(server.thingSpace().accountNumber())
            .imei(imei)
            .startDate(START.toInstant())
            .endDate(START.plusDays(2).toInstant()),
        // Each response has a different transaction id.
        SessionReport::sessions,
        answer -> answer.sessions().size());
  }

  private Job<?> subscriberUsage(String physicalId) {
    return new Job<>(
        iotx.subscriberDataUsage(physicalId).startDate(START).endDate(START.plusDays(1)),
        Function.identity(),
        answer ->
            answer.stream()
                .mapToLong(one -> one.mobileOriginated().size() + one.mobileTerminated().size())
                .sum());
  }

  private Job<?> simUsage(String iccid) {
    return new Job<>(
        mason.seriesSimUsage(iccid).start(START).end(END),
        Function.identity(),
        answer -> answer.items().size());
  }

  private Job<?> byteUsage(String msisdn) {
    return new Job<>(
        alef.subscriberByteUsage(server.alef().accountId(), msisdn)
            .between(START, START.plusDays(1)),
        Function.identity(),
        answer -> ((SeriesReport) answer).result().stream().mapToLong(List::size).sum());
  }

  @Override
  public void close() {
    m2m.close();
    hyperPrecise.close();
    iotx.close();
    mason.close();
    alef.close();
  }
}
