package io.simtally.mason;

/** Count to order the rows by. */
public enum UsageColumn {
  /** Bytes in both directions. */
  TOTAL("total"),
  /** Bytes that the devices sent. */
  UPLOAD("upload"),
  /** Bytes that the devices received. */
  DOWNLOAD("download");

  private final String word;

  UsageColumn(String word) {
    this.word = word;
  }

  /** Returns the value of Mason's {@code orderByColumn}. */
  String word() {
    return word;
  }
}
