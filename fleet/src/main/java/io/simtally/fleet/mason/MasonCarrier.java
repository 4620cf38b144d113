package io.simtally.fleet.mason;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.contract.CheckedCarrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.DeviceReading;
import io.simtally.fleet.source.EnvironmentCarrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.Usage;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Mason: reads one SIM at a time; without listed SIMs, all that the lists of the months name. */
public final class MasonCarrier extends EnvironmentCarrier implements CheckedCarrier {
  private static final String PROVIDER = "mason-usage";
  private static final String OPERATION = "GET /beta/{fleet}/data/series/usage/sim/{iccid}";
  private static final String KIND = "iccid";
  private static final List<List<String>> VARIABLES = List.of(List.of("MASON_API_KEY"));
  private static final String SETTLE_REASON =
      "the page does not say that figures change; three days are assumed"
          + " (https://docs.bymason.com/platform/api/beta/usage)";

  private final Map<String, String> environment;

  /**
   * Creates the carrier.
   *
   * @param environment the variables of the client
   */
  public MasonCarrier(Map<String, String> environment) {
    super("Mason", PROVIDER, VARIABLES, environment);
    this.environment = environment;
    // A missing jar must fail here, not when a source is opened.
    MasonUsage.builder();
  }

  @Override
  public List<String> optionalVariables() {
    return List.of("MASON_FLEET", "MASON_BASE_URL");
  }

  @Override
  public void check(Device device) {
    if (!device.kind().equals(KIND)) {
      throw new IllegalArgumentException(device + ": " + PROVIDER + " asks for the kind iccid");
    }
  }

  @Override
  public String settleReason() {
    return SETTLE_REASON;
  }

  @Override
  public CheckService checkService() {
    return new MasonService(this);
  }

  @Override
  public UsageSource open(ListedDevices listed, SourceSettings settings) {
    return new Source(
        settings.on(MasonUsage.builder()).environment(environment).build(),
        listed.has(PROVIDER) ? listed.of(PROVIDER) : null);
  }

  private final class Source extends CarrierSource {
    private final MasonUsage client;
    private final @Nullable Iterable<Device> listed;

    Source(MasonUsage client, @Nullable Iterable<Device> listed) {
      super(client::close);
      this.client = client;
      this.listed = listed;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      return devices(days, named -> {});
    }

    @Override
    public Iterable<Device> devices(DayRange days, LongConsumer named) {
      return listed == null ? discovered(days, named) : listed;
    }

    @Override
    public Optional<String> discoveredKind() {
      return listed == null ? Optional.of(KIND) : Optional.empty();
    }

    /** Returns the SIMs of the months. The list of a month says nothing about days. */
    private Iterable<Device> discovered(DayRange days, LongConsumer named) {
      var sims = new LinkedHashSet<Device>();
      var unnamed = 0L;
      named.accept(0);
      var last = YearMonth.from(days.to());
      for (var month = YearMonth.from(days.from());
          !month.isAfter(last);
          month = month.plusMonths(1)) {
        for (var usage : client.aggregateSimUsage().month(month)) {
          var sim = usage.sim();
          if (sim != null && isId(sim.iccid())) {
            sims.add(new Device(KIND, sim.iccid()));
          } else {
            unnamed++;
          }
          named.accept(sims.size());
        }
      }
      return unnamed == 0 ? sims : followedByFailure(sims, unnamed);
    }

    private static boolean isId(String iccid) {
      return !iccid.isBlank() && !iccid.equals(Device.ACCOUNT.id());
    }

    /** Returns the SIMs, with an iterator that fails after the last one. */
    private static Iterable<Device> followedByFailure(Set<Device> sims, long unnamed) {
      return () -> {
        var each = sims.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            if (!each.hasNext()) {
              throw new IllegalStateException(
                  "Mason lists usage of SIMs without an ICCID, in %s rows; the other SIMs were read"
                      .formatted(unnamed));
            }
            return true;
          }

          @Override
          public Device next() {
            return each.next();
          }
        };
      };
    }

    @Override
    public CompletableFuture<List<UsageRecord>> read(Device sim, DayRange days) {
      var reading = new DeviceReading(PROVIDER, OPERATION, sim, days);
      return reading.records(
          () ->
              client
                  .seriesSimUsage(sim.id())
                  .start(days.start().atOffset(ZoneOffset.UTC))
                  .end(days.end().atOffset(ZoneOffset.UTC))
                  .executeAllAsync(),
          page -> records(reading, page.items()));
    }

    /** The page calls the end exclusive, and its samples have the day of the end as well. */
    private static List<UsageRecord> records(DeviceReading reading, List<Usage> rows) {
      var days = reading.days();
      var dayAfter = DayRange.of(days.to().plusDays(1));
      var records = new ArrayList<UsageRecord>();
      var starts = new HashSet<Instant>();
      for (var row : rows) {
        var start = row.date().toInstant();
        if (!starts.add(start)) {
          throw reading.unreadable("the response has two rows of " + start);
        }
        if (days.contains(start)) {
          records.add(row.dailyUsageRecord(reading.device().subject()));
        } else if (!dayAfter.contains(start)) {
          throw reading.unreadable("the request was for " + days + ", a row is of " + start);
        }
      }
      return records;
    }
  }
}
