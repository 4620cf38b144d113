package consumer

import io.simtally.iotx.IotxAnalytics
import java.time.OffsetDateTime

/** Prints the usage of one day. Only values that may be null need a check. */
fun main() {
    val day = OffsetDateTime.parse(System.getenv("DAY") + "T00:00:00Z")
    IotxAnalytics.fromEnv().use { iotx ->
        val usage = iotx.dataUsageBySubscriber().startDate(day).endDate(day.plusDays(1).minusSeconds(1)).execute()
        val subscribers: Int = usage.subscriberDataUsage().size
        val total: Long = usage.totalDataUsage() ?: error("$subscribers subscribers, but no total")
        println("$total bytes")
    }
}
