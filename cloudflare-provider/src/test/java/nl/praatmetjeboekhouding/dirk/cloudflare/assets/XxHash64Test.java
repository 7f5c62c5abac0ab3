package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {

  /** As lz4-java 1.14.0 has them. */
  @ParameterizedTest
  @CsvSource({
    "0, ef46db3751d8e999",
    "1, e934a84adb052768",
    "3, e5d2be4ae4b3469a",
    "4, 3b4d7f7c6bd1ae90",
    "8, 506834122cb7b4d0",
    "31, f9c815c599cbb32d",
    "32, ba7bafd4734262dd",
    "33, 791cbe857e7fa007",
    "63, cc8b2a542e4a451e",
    "100, 2bddaad0ee8a2178",
    "49153, 4c27c9827fc2dca4"
  })
  void isThatOfOtherImplementationsWhetherInPiecesOrAtOnce(int size, String hash) {
    byte[] bytes = bytes(size);
    int stripes = size / 32 * 32;

    XxHash64 pieces = new XxHash64();
    pieces.update(bytes, stripes);
    byte[] rest = Arrays.copyOfRange(bytes, stripes, size);

    assertThat(new XxHash64().finish(bytes, size)).isEqualTo(Long.parseUnsignedLong(hash, 16));
    assertThat(pieces.finish(rest, rest.length)).isEqualTo(Long.parseUnsignedLong(hash, 16));
  }

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    for (int at = 0; at < size; at++) {
      bytes[at] = (byte) (at * 31);
    }
    return bytes;
  }
}
