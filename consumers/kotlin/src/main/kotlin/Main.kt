package consumer

import io.simtally.iotx.IotxAnalytics
import java.time.OffsetDateTime

/** Prints what was used on one day: what may be null is asked first, what may not is not. */
fun main() {
    val day = OffsetDateTime.parse(System.getenv("DAY") + "T00:00:00Z")
    IotxAnalytics.fromEnv().use { iotx ->
        val usage = iotx.dataUsageBySubscriber().startDate(day).endDate(day.plusDays(1).minusSeconds(1)).execute()
        val subscribers: Int = usage.subscriberDataUsage().size
        val total: Long = usage.totalDataUsage() ?: error("$subscribers subscribers, but no total")
        println("$total bytes")
    }
}
