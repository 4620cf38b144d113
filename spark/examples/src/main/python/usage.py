"""Reads the usage of a fleet with PySpark, and streams the changes of a store.

    spark-submit --packages io.simtally:simtally-spark:VERSION,org.duckdb:duckdb_jdbc:1.5.0.0 usage.py

Executors take the credentials from their environment, or from the file of the option `config`.
The project's tests run the data source from Java and SQL. They do not run this file.
"""

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.appName("usage").getOrCreate()

# #region read
usage = (
    spark.read.format("simtally")
    .option("account", "mason-eu")
    .option("config", "/etc/simtally/simtally.toml")  # on the executors
    .option("from", "2026-01-01")
    .option("to", "2026-01-31")
    .option("onFailure", "keep")
    .load()
)

# One device: only this device is asked for.
usage.where(F.col("subject") == "89148000000800784259").show()
# #endregion read

# Monthly bytes, and the devices that could not be read.
usage.where("failure is null").groupBy("account", "subject").agg(F.sum("total_bytes")).show()
usage.where("failure is not null").select("subject", "failure").show(truncate=False)

# Days that have settled since the last run, and corrections. Each row comes once.
changes = spark.readStream.format("simtally").option("store", "fleet.duckdb").load()
(
    changes.writeStream.format("parquet")
    .option("checkpointLocation", "changes-checkpoint")
    .trigger(availableNow=True)
    .start("changes")
    .awaitTermination()
)
