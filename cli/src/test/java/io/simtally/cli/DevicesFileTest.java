package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DevicesFileTest {
  @TempDir private Path directory;

  @Test
  void readsTheDevicesOfACarrierInTheOrderOfTheFileAsOftenAsItIsAsked() throws IOException {
    DevicesFile devices =
        read(
            """
            carrier,kind,id
            thingspace-m2m,imei,990013907835573
            mason-usage,iccid,89148000000800784259
            thingspace-m2m,ICCID, 89148000000800784259

            """);

    for (int i = 0; i < 2; i++) {
      assertThat(devices.of("thingspace-m2m"))
          .containsExactly(
              new Device("imei", "990013907835573"), new Device("iccid", "89148000000800784259"));
    }
    assertThat(devices.of("mason-usage"))
        .containsExactly(new Device("iccid", "89148000000800784259"));
    assertThat(devices.has("alef-connectivity")).isFalse();
    assertThat(devices.of("alef-connectivity")).isEmpty();
  }

  @Test
  void readsAFileThatASpreadsheetWroteWithAByteOrderMark() throws IOException {
    DevicesFile devices = read("\uFEFFcarrier,kind,id\r\nalef-connectivity,msisdn,44750001\r\n");

    assertThat(devices.of("alef-connectivity")).hasSize(1);
  }

  @Test
  void readsTheAccountsWhereThereAre() throws IOException {
    DevicesFile devices =
        read(
            """
            carrier,kind,id,account
            thingspace-hyperprecise,imei,1,0844021539-00001
            thingspace-m2m,imei,2,
            thingspace-m2m,imei,3
            """);

    assertThat(devices.of("thingspace-hyperprecise"))
        .containsExactly(new Device("imei", "1", "0844021539-00001"));
    assertThat(devices.of("thingspace-m2m"))
        .containsExactly(new Device("imei", "2"), new Device("imei", "3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mason-usage,iccid,1 | the first line must be carrier,kind,id or carrier,kind,id,account",
        "'' | the first line must be carrier,kind,id or carrier,kind,id,account",
        "carrier,kind;mason-usage,iccid | the first line must be carrier,kind,id",
        "carrier,kind,id;mason-usage,iccid,1;aleph,imsi,2 | line 3: unknown carrier 'aleph', known"
            + " are alef",
        "carrier,kind,id;mason-usage,iccid | line 2: no id",
        "carrier,kind,id;mason-usage,iccid,8.91E+19 | line 2: a spreadsheet has spoiled the id"
            + " 8.91E+19",
        "carrier,kind,id;mason-usage,imei,1 | line 2: imei 1: mason-usage asks for the kind iccid",
        "carrier,kind,id;iotx-analytics,iccid,1 | line 2: iccid 1: iotx-analytics reports all its",
        "carrier,kind,id;thingspace-hyperprecise,imei,1 | line 2: imei 1: thingspace-hyperprecise"
            + " asks for",
        "carrier,kind,id;\"alef\"x,imsi,1 | line 2: it is not CSV"
      })
  void namesTheLineThatIsWrong(String lines, String message) {
    assertThatThrownBy(() -> read(lines.replace(';', '\n') + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private DevicesFile read(String text) throws IOException {
    return DevicesFile.checked(
        Files.writeString(directory.resolve("devices.csv"), text), Carriers.of(Map.of()));
  }
}
