package io.simtally.mason;

/** What an answer can be ordered by. */
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

  /** Mason's word, as its {@code orderByColumn} takes it. */
  String word() {
    return word;
  }
}
