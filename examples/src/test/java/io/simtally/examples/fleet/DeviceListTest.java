package io.simtally.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceListTest {

  private static final List<String> PROVIDERS = List.of("thingspace-m2m", "alef");

  @TempDir private Path directory;

  @Test
  void readsEachDeviceOnceInTheOrderOfTheFile() throws IOException {
    DeviceList devices =
        read(
            """
            carrier,kind,id
            thingspace-m2m,imei,990013907835573
            alef,imsi,001010000000001
            thingspace-m2m,ICCID, 89148000000800784259

            thingspace-m2m,IMEI,990013907835573
            """);

    assertThat(devices.of("thingspace-m2m"))
        .containsExactly(
            new Device("imei", "990013907835573"), new Device("iccid", "89148000000800784259"));
    assertThat(devices.of("alef")).containsExactly(new Device("imsi", "001010000000001"));
    assertThat(devices.of("iotx")).isEmpty();
  }

  @Test
  void readsAFileThatASpreadsheetWroteWithAByteOrderMark() throws IOException {
    DeviceList devices = read("\uFEFFcarrier,kind,id\r\nalef,imsi,001010000000001\r\n");

    assertThat(devices.of("alef")).hasSize(1);
  }

  @Test
  void readsTheAccountsWhereThereAre() throws IOException {
    DeviceList devices =
        read(
            """
            carrier,kind,id,account
            alef,imei,1,0844021539-00001
            alef,imei,2,
            alef,imei,3
            alef,imei,1,0844021539-00001
            """);

    assertThat(devices.of("alef"))
        .containsExactly(
            new Device("imei", "1", "0844021539-00001"),
            new Device("imei", "2"),
            new Device("imei", "3"));
  }

  @Test
  void refusesADeviceInTwoAccountsForItWouldCountTwice() {
    assertThatThrownBy(() -> read("carrier,kind,id,account\nalef,imei,1,a\nalef,imei,1,b\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 2: imei 1 is listed with another account");
  }

  @Test
  void refusesAFileWithoutTheHeader() {
    assertThatThrownBy(() -> read("alef,imsi,001010000000001\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the first line must be carrier,kind,id or carrier,kind,id,account");
  }

  @Test
  void refusesWhatIsNotCsv() {
    assertThatThrownBy(() -> read("carrier,kind,id\n\"alef\"x,imsi,1\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line: 2");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the first line must be carrier,kind,id or carrier,kind,id,account");
  }

  @Test
  void namesTheRowOfAnUnknownCarrier() {
    assertThatThrownBy(() -> read("carrier,kind,id\nalef,imsi,1\naleph,imsi,2\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 2: unknown carrier 'aleph', known are thingspace-m2m, alef");
  }

  @Test
  void namesTheRowThatIsTooShort() {
    assertThatThrownBy(() -> read("carrier,kind,id\nalef,imsi\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 1: no id");
  }

  private DeviceList read(String text) throws IOException {
    return DeviceList.read(Files.writeString(directory.resolve("devices.csv"), text), PROVIDERS);
  }
}
