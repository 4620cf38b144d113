package io.simtally.fleet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a,b\nc,d", "a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "\uFEFFa,b\nc,d"})
  void endsARowAtAnyLineEnd(String text) throws IOException {
    assertThat(rows(text)).containsExactly(List.of("a", "b"), List.of("c", "d"));
  }

  @Test
  void keepsCommasQuotationMarksAndLineBreaksOfAQuotedCell() throws IOException {
    assertThat(rows("\"a,b\",\"c \"\"d\"\"\"\n\"e\r\nf\",\"\"\n"))
        .containsExactly(List.of("a,b", "c \"d\""), List.of("e\r\nf", ""));
  }

  @Test
  void returnsAnEmptyCellForEachCommaOfABlankRow() throws IOException {
    assertThat(rows(",,,\n\na"))
        .containsExactly(List.of("", "", "", ""), List.of(""), List.of("a"));
  }

  @Test
  void stripsTheWhiteSpaceAroundACell() throws IOException {
    assertThat(rows(" a ,\tb\u00A0c,\"d\" ,e\n"))
        .containsExactly(List.of("a", "b\u00A0c", "d", "e"));
  }

  @Test
  void readsTheFormulaOfASpreadsheetWithAndWithoutQuotes() throws IOException {
    assertThat(rows("=\"89\",\"=\"\"89\"\"\"\n")).containsExactly(List.of("=\"89\"", "=\"89\""));
  }

  @Test
  void countsTheLinesOfQuotedCells() throws IOException {
    var reader = reader("\"a\nb\nc\"\nd\r\ne\n".getBytes(UTF_8));
    var lines = new ArrayList<Integer>();
    while (reader.row() != null) {
      lines.add(reader.line());
    }
    assertThat(lines).containsExactly(1, 4, 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"a\"b,c | text after the closing quotation mark",
        "a\"b,c | a quotation mark inside an unquoted cell",
        "\"a,b | a quoted cell that does not end"
      })
  void refusesWhatIsNoCsv(String text, String message) {
    assertThatThrownBy(() -> rows(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesOtherEncodings() {
    assertThatThrownBy(() -> reader("zürich\n".getBytes(ISO_8859_1)).row())
        .hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> reader("\uFEFFa,b\n".getBytes(UTF_16LE)).row())
        .hasMessageContaining("UTF-16, not UTF-8");
    assertThatThrownBy(() -> reader("a,b\n".getBytes(UTF_16LE)).row())
        .hasMessageContaining("not text in UTF-8");
    assertThatThrownBy(() -> reader("PK\u0003\u0004".getBytes(UTF_8)).row())
        .hasMessageContaining("workbook or zip file");
  }

  @Test
  void refusesACellWithoutEnd() {
    assertThatThrownBy(() -> reader(new byte[100_000]).row())
        .hasMessageContaining("not text in UTF-8");
    assertThatThrownBy(() -> rows("a".repeat(100_000)))
        .hasMessageContaining("a cell of more than 65536 bytes");
  }

  private static List<List<String>> rows(String text) throws IOException {
    var reader = reader(text.getBytes(UTF_8));
    var rows = new ArrayList<List<String>>();
    for (var row = reader.row(); row != null; row = reader.row()) {
      rows.add(row);
    }
    return rows;
  }

  private static CsvReader reader(byte[] bytes) {
    return new CsvReader(new ByteArrayInputStream(bytes));
  }
}
