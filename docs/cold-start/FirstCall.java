import io.simtally.mason.MasonUsage;
import java.time.YearMonth;

/** A program that is started for one answer. */
public final class FirstCall {
  private FirstCall() {}

  public static void main(String... args) {
    try (MasonUsage mason = MasonUsage.fromEnv()) {
      var month = YearMonth.now().minusMonths(1);
      System.out.println(mason.aggregateSimUsage().month(month).execute().items().size());
    }
  }
}
