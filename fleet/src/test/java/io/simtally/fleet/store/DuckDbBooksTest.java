package io.simtally.fleet.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class DuckDbBooksTest extends BooksContract {
  @TempDir private Path directory;

  @Override
  String location() {
    return directory.resolve("books.duckdb").toString();
  }

  @Override
  int days() {
    return 62;
  }

  @Override
  int devices() {
    return 12;
  }
}
