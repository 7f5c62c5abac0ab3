package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetHashTest {

  @ParameterizedTest
  @CsvSource({
    "a.txt, 'a\n', 7bb046a38befb030e8df8cbcde4be9c7",
    "empty.txt, '', f9bc91770fa5e997cbd47fba833629fc",
    "style.css, 'body{}\n', aa42bba514e8ddfea838ec1a715ca332",
    "noext, 'no extension\n', 156977954e7441519da96d8dd9f46d71",
    ".hidden, 'h\n', 4fc6cd63e4a8510afed4bc0f9a9cc523"
  })
  void isTheOneThatWranglerSends(String name, String content, String hash) {
    assertThat(AssetHash.of(name, content.getBytes(UTF_8))).isEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 49_151, 49_152, 49_153, 98_304, 200_000})
  void isTheSameWhetherTheContentIsReadInPiecesOrAtOnce(int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);

    assertThat(AssetHash.of("a.bin", new ByteArrayInputStream(content)))
        .isEqualTo(AssetHash.of("a.bin", content));
  }

  @Test
  void isAnotherForAnotherEnding() {
    byte[] content = "same".getBytes(UTF_8);

    assertThat(AssetHash.of("a.txt", content))
        .isEqualTo(AssetHash.of("b.txt", content))
        .isNotEqualTo(AssetHash.of("a.css", content));
  }
}
