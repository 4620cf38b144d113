package consumer

import io.simtally.iotx.DataUsageBySubscriber

/** Does not compile, because the total may be null. */
fun total(usage: DataUsageBySubscriber): Long = usage.totalDataUsage().toLong()
