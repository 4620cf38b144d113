package consumer

import io.simtally.iotx.DataUsageBySubscriber

/** Must not compile: the total may be null. */
fun total(usage: DataUsageBySubscriber): Long = usage.totalDataUsage().toLong()
