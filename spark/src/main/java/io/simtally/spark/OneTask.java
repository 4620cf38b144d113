package io.simtally.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * A call in one task of an executor, where the configuration and the credentials are. It uses
 * datasets only, because not every platform lets a library use the {@code SparkContext}.
 */
final class OneTask {
  private OneTask() {}

  /**
   * A call that can be sent to an executor.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  interface Call<T extends Serializable> extends Serializable {
    T run() throws IOException;
  }

  /** Runs a call and returns its result. An exception of the call fails the job. */
  static <T extends Serializable> T run(SparkSession spark, Call<T> call, Class<T> type) {
    var results =
        spark
            .range(0, 1, 1, 1)
            .mapPartitions(
                (MapPartitionsFunction<Long, byte[]>)
                    rows -> List.of(written(call.run())).iterator(),
                Encoders.BINARY())
            .collectAsList();
    return read(results.get(0), type);
  }

  private static byte[] written(Serializable result) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(result);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Class<T> type) {
    try (var in =
        new ObjectInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          protected Class<?> resolveClass(ObjectStreamClass name)
              throws IOException, ClassNotFoundException {
            // The jar of a job is not on the class path of the process.
            return Class.forName(name.getName(), false, OneTask.class.getClassLoader());
          }
        }) {
      return type.cast(in.readObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
