package io.simtally.fleet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.fleet.source.Device;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DevicesFileTest {
  private static final Device IMEI = new Device("imei", "990013907835573");
  private static final Device ICCID = new Device("iccid", "89148000000800784259");

  @TempDir private Path directory;

  @Test
  void readsTheDevicesOfAProviderInTheOrderOfTheFileAsOftenAsItIsAsked() throws IOException {
    var devices =
        read(
            """
            carrier,kind,id
            thingspace-m2m,imei,990013907835573
            mason-usage,iccid,89148000000800784259
            thingspace-m2m,ICCID, 89148000000800784259

            """);

    for (var i = 0; i < 2; i++) {
      assertThat(devices.of("thingspace-m2m")).containsExactly(IMEI, ICCID);
    }
    assertThat(devices.of("mason-usage")).containsExactly(ICCID);
    assertThat(devices.has("alef-connectivity")).isFalse();
    assertThat(devices.of("alef-connectivity")).isEmpty();
    assertThat(devices.size()).isEqualTo(3);
    assertThat(devices).hasToString("DevicesFile[3 devices]");
  }

  @Test
  void readsTheAccountNumbersWhereThereAre() throws IOException {
    var devices =
        read(
            """
            carrier,kind,id,account
            thingspace-hyperprecise,imei,354394080001231,0844021539-00001
            thingspace-m2m,imei,990013907835573,
            thingspace-m2m,iccid,89148000000800784259
            """);

    assertThat(devices.of("thingspace-hyperprecise"))
        .containsExactly(new Device("imei", "354394080001231", "0844021539-00001"));
    assertThat(devices.of("thingspace-m2m")).containsExactly(IMEI, ICCID);
  }

  @Test
  void takesColumnsInAnyOrderIgnoresOthersAndSkipsBlankRows() throws IOException {
    var devices =
        read(
            "\uFEFFComment,ID,Device_Group,Provider,label,KIND,account_number\r\n"
                + ",,,,,,\r\n"
                + "\"spare, or not\",990013907835573,cars,thingspace-m2m,Car 7,imei,\r\n"
                + " , ,,\r\n"
                + "x,\"=\"\"89148000000800784259\"\"\",,thingspace-m2m,,iccid,,,\r\n"
                + "y,=\"354394080001231\",,thingspace-hyperprecise,,imei,=\"0844021539-00001\"\r\n");

    assertThat(devices.of("thingspace-m2m")).containsExactly(IMEI, ICCID);
    assertThat(devices.of("thingspace-hyperprecise"))
        .containsExactly(new Device("imei", "354394080001231", "0844021539-00001"));
  }

  @ParameterizedTest
  @CsvSource({
    "esn,99000012",
    "esn,12345678901",
    "esn,99000012E34567",
    "meid,99000012E34567",
    "meid,a10000009296f0",
    "eid,50684915885088839315521399821675",
    "mdn,5551234567",
    "msisdn,15551234567",
    "msisdn,+447500000001",
    "imei,3543940800012310",
    "imei,35439408000123",
    "iccid,8914800000080078425",
    // The check digit of these zeros is a zero: such a SIM exists.
    "iccid,89148000000800600000",
    "iccid,'=\"89148000000800800000\"'"
  })
  void takesWhatARealDeviceMayBeCalled(String kind, String id) throws IOException {
    var devices =
        read(
            "provider,kind,id\nthingspace-m2m," + kind + ",\"" + id.replace("\"", "\"\"") + "\"\n");

    assertThat(devices.of("thingspace-m2m")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "iccid,8.91E+19,looks like a spreadsheet-rounded number; export the column as text",
    "iccid,'8,91E+19',looks like a spreadsheet-rounded number; export the column as text",
    "imei,9.90E+14,looks like a spreadsheet-rounded number; export the column as text",
    "imei,990013907835573.0,looks like a spreadsheet-rounded number; export the column as text",
    "iccid,89148000000800800000,looks like a spreadsheet-rounded number; export the column as text",
    "eid,50684915885088800000000000000000,looks like a spreadsheet-rounded number",
    "imei,12 34,imei has 14 to 16 digits",
    "iccid,*,iccid has 18 to 20 digits",
    "imei,*,imei has 14 to 16 digits",
    "iccid,8914800000080078425F,iccid has 18 to 20 digits",
    "meid,99000012G34567,meid has 14 hexadecimal digits",
    "mdn,555123456,mdn has 10 digits",
    "eid,5068491588508883931552139982167,eid has 20 or 32 digits",
    "esn,9900001,'esn has 11 decimal, or 8 or 14 hexadecimal digits'",
    "msisdn,447500-000001,'msisdn has 5 to 15 digits, with or without a leading +'",
    "imei,٩٩٠٠١٣٩٠٧٨٣٥٥٧٣,imei has 14 to 16 digits"
  })
  void refusesAnIdThatIsNoneOfItsKind(String kind, String id, String message) {
    assertThatThrownBy(() -> read("provider,kind,id\nthingspace-m2m," + kind + ",\"" + id + "\"\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file() + " line 2: id `" + id + "`")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mason-usage,iccid,1 | line 1: the column provider is missing; the first line names",
        "'' | line 1: the file is empty; the first line names the columns provider, kind, id",
        "carrier,kind;mason-usage,iccid | line 1: the column id is missing",
        "carrier,provider,kind,id | line 1: two columns of the provider",
        "carrier,kind,id,id | line 1: two columns of the id",
        "carrier,kind,id;mason-usage,iccid,89148000000800784259;aleph,imsi,2 | line 3: unknown provider `aleph`, known are alef",
        "carrier,kind,id;mason-usage,foo,1 | line 2: unknown kind `foo`, known are eid, esn, eui, iccid,",
        "carrier,kind,id;mason-usage,iccid | line 2: no id",
        "carrier,kind,id;,iccid,1 | line 2: no provider",
        "carrier,kind,id;mason-usage,,1 | line 2: no kind",
        "carrier,kind,id;mason-usage,iccid,89148000000800784259,x | line 2: 4 cells, but the first line names 3",
        "carrier,kind,id;mason-usage,imei,1 | line 2: imei 1: mason-usage asks for the kind iccid",
        "carrier,kind,id;iotx-analytics,iccid,1 | line 2: iccid 1: iotx-analytics reports all its",
        "carrier,kind,id;thingspace-hyperprecise,imei,1 | line 2: imei 1: thingspace-hyperprecise asks for",
        "carrier,kind,id;;\"alef\"x,imsi,1 | line 3: text after the closing quotation mark"
      })
  void namesTheLineThatIsWrong(String lines, String message) {
    assertThatThrownBy(() -> read(lines.replace(';', '\n') + (lines.isEmpty() ? "" : "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file() + " ")
        .hasMessageContaining(message);
  }

  @Test
  void saysThatSemicolonsOrTabsSeparateTheColumns() {
    assertThatThrownBy(() -> read("provider;kind;id\nmason-usage;iccid;1\n"))
        .hasMessage(
            file()
                + " line 1: the column provider is missing; are the columns separated by"
                + " semicolons? They must be separated by commas");
    assertThatThrownBy(() -> read("provider\tkind\tid\n")).hasMessageContaining("by tabs?");
  }

  @Test
  void namesTheLineThatIsNotUtf8() throws IOException {
    Files.write(
        file(), "provider,kind,id,label\n\nmason-usage,iccid,1,Zürich\n".getBytes(ISO_8859_1));

    assertThatThrownBy(() -> DevicesFile.read(file()))
        .hasMessage(file() + " line 3: not UTF-8: save the file as CSV in UTF-8");
  }

  @Test
  void saysWhyAFileCannotBeRead() {
    assertThatThrownBy(() -> DevicesFile.read(file()))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file() + ": no such file");
    assertThatThrownBy(() -> DevicesFile.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(directory + ": is a directory");
  }

  @ParameterizedTest
  @CsvSource({
    "imei,990013907835573,990013907835573",
    "imei,990013907835573,9900139078355712",
    "imei,99001390783557,990013907835573",
    "imei,9900139078355712,9900139078355713",
    "iccid,891480000080078425,8914800000800784259",
    "meid,a10000009296f0,A10000009296F0",
    "iccid,89148000000800784259,8914800000080078425",
    "iccid,8914800000080078425,89148000000800784259",
    "msisdn,+15551234567,15551234567",
    "esn,80ABCDEF,12811259375"
  })
  void refusesTheSameDeviceInAnotherSpelling(String kind, String one, String other) {
    assertThatThrownBy(
            () ->
                read(
                    "provider,kind,id\n\nthingspace-m2m,%1$s,%2$s\nthingspace-m2m,%1$s,%3$s\n"
                        .formatted(kind, one, other)))
        .hasMessage(
            file()
                + " line 4: "
                + kind
                + " "
                + other
                + " of thingspace-m2m is already listed on line 3");
  }

  @Test
  void takesTheSameDigitsOfAnotherKindOrProvider() throws IOException {
    var devices =
        read(
            """
            provider,kind,id,account_number
            thingspace-m2m,esn,15551234567
            thingspace-m2m,msisdn,15551234567
            thingspace-m2m,imei,354394080001231
            thingspace-hyperprecise,imei,354394080001231,0844021539-00001
            mason-usage,iccid,89148000000800784259
            mason-usage,iccid,89148000000800784250
            """);

    assertThat(devices.of("thingspace-m2m")).hasSize(3);
    assertThat(devices.of("thingspace-hyperprecise")).hasSize(1);
    assertThat(devices.of("mason-usage")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 60_000})
  void findsEachOfManyDevicesAgain(int count) throws IOException {
    var text = new StringBuilder("provider,kind,id\n");
    for (var i = 0; i < count; i++) {
      text.append("mason-usage,iccid,").append(iccid(i)).append('\n');
    }

    var listed = read(text.toString()).of("mason-usage").iterator();
    for (var i = 0; i < count; i++) {
      assertThat(listed.next().id()).isEqualTo(iccid(i));
    }
    assertThat(listed.hasNext()).isFalse();
    if (count > 0) {
      text.append("mason-usage,iccid,").append(iccid(count / 2)).append('\n');
      assertThatThrownBy(() -> read(text.toString()))
          .hasMessageContaining("already listed on line " + (count / 2 + 2));
    }
  }

  private static String iccid(int number) {
    return "8944500000" + (1_234_567_891L + 13L * number);
  }

  /** A stream that hands its bytes out once. */
  @Test
  void readsAStreamOnceAndLeavesItOpen() throws IOException {
    var closed = new boolean[1];
    InputStream in =
        new ByteArrayInputStream(
            "provider,kind,id\nmason-usage,iccid,89148000000800784259\n".getBytes(UTF_8)) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    var devices = DevicesFile.read("list", in, Carriers.of(Map.of()));

    assertThat(devices.of("mason-usage")).containsExactly(ICCID);
    assertThat(devices.of("mason-usage")).containsExactly(ICCID);
    assertThat(closed[0]).isFalse();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void readsAPipe() throws Exception {
    var pipe = pipe();
    var reading = CompletableFuture.supplyAsync(() -> unchecked(pipe));

    Files.writeString(pipe, "provider,kind,id\nmason-usage,iccid,89148000000800784259\n");

    var devices = reading.get(1, TimeUnit.MINUTES);
    assertThat(devices.of("mason-usage")).containsExactly(ICCID);
    assertThat(devices.of("mason-usage")).containsExactly(ICCID);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterruptEndsTheWaitForAPipeWithoutWriter() throws Exception {
    var pipe = pipe();
    Thread.currentThread().interrupt();

    try {
      assertThatThrownBy(() -> DevicesFile.read(pipe)).isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private Path pipe() throws Exception {
    var pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder(List.of("mkfifo", pipe.toString())).start().waitFor()).isZero();
    return pipe;
  }

  private static DevicesFile unchecked(Path file) {
    try {
      return DevicesFile.read(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path file() {
    return directory.resolve("devices.csv");
  }

  private DevicesFile read(String text) throws IOException {
    return DevicesFile.read(Files.writeString(file(), text));
  }
}
