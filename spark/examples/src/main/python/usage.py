"""Reads the usage of an account with PySpark, and streams the changes of a store.

    spark-submit --packages io.simtally:simtally-spark:VERSION,org.duckdb:duckdb_jdbc:1.5.0.0 \
        usage.py /etc/simtally/simtally.toml mason-eu 89148000000800784259 2026-01-01 2026-01-31 fleet.duckdb changes

Executors take the credentials from their environment, or from files that the configuration file names.
UsagePythonTest runs this file.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

config, account, subject, first, last, store, target = sys.argv[1:]
spark = SparkSession.builder.appName("usage").getOrCreate()

# #region read
usage = (
    spark.read.format("simtally")
    .option("config", config)  # a path on the executors
    .option("account", account)
    .option("from", first)
    .option("to", last)
    .option("onFailure", "keep")
    .load()
)

# One device of the account's devices file: the query requests only this device.
usage.where(F.col("subject") == subject).show()
# #endregion read

# The bytes of each device, and the devices that could not be read. The account is read once.
usage.cache()
usage.where("failure is null").groupBy("account", "subject").agg(F.sum("total_bytes")).show(truncate=False)
usage.where("failure is not null").select("subject", "failure").show(truncate=False)
usage.unpersist()

# Days that have settled since the last run, and corrections. The stream returns each of them once.
changes = spark.readStream.format("simtally").option("store", store).load()
(
    changes.writeStream.format("json")
    .option("checkpointLocation", target + "-checkpoint")
    .trigger(availableNow=True)
    .start(target)
    .awaitTermination()
)
