package io.simtally.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TextTableTest {
  @Test
  void hasTheGivenWidthsWhereTheTerminalHasTheSpace() {
    var table = TextTable.ofNames(10, 8, 8);
    table.add("", "Devices", "Unknown");
    table.add("Mason", "1,200", "");

    assertThat(table.lines(30))
        .containsExactly("              Devices  Unknown", "  Mason         1,200");
  }

  @Test
  void isAsNarrowAsItsCellsElse() {
    var table = TextTable.ofNames(10, 8, 8);
    table.add("", "Devices", "Unknown");
    table.addLine("    forecast: 3 GB, which is a longer line than the rows");
    table.add("Mason", "1,200", "5");

    assertThat(table.lines(25))
        .containsExactly(
            "         Devices  Unknown",
            "    forecast: 3 GB, which is a longer line than the rows",
            "  Mason    1,200        5");
    assertThat(table.lines(24))
        .containsExactly(
            "        Devices Unknown",
            "    forecast: 3 GB, which is a longer line than the rows",
            "  Mason   1,200       5");
  }

  @Test
  void cutsNamesButNoIds() {
    var names = TextTable.ofNames(30, 6);
    names.add("ThingSpace Hyper-Precise", "12 MB");
    var devices = TextTable.ofDevices(30, 6);
    devices.add("89148000000800784259", "12 MB");

    assertThat(names.lines(24)).containsExactly("  ThingSpace Hy... 12 MB");
    assertThat(devices.lines(24)).containsExactly("  89148000000800784259 12 MB");
  }

  @Test
  void refusesARowOfAnotherNumberOfCells() {
    var table = TextTable.ofNames(10, 8);

    assertThatThrownBy(() -> table.add("Mason")).hasMessage("1 cells for 2 columns");
  }
}
