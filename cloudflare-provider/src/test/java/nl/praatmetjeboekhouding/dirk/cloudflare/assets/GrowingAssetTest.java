package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that get larger while they are read. A device without an end stands for one of them. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class GrowingAssetTest {

  private static final Path ENDLESS = Path.of("/dev/zero");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, 2, 48 * 1024, 1_000_000})
  void areReadNoFurtherThanTheyWereLargeAndTold(long size) {
    AssetFile log = new AssetFile("logs/build.txt", ENDLESS, size);

    refused(() -> Asset.of(log));
    refused(() -> SiteAsset.of(log));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 48 * 1024, 1_000_000})
  void areToldAlsoWhenTheyAreShorterByThen(int size) throws IOException {
    Path file = Files.write(folder.resolve("build.txt"), new byte[size - 1]);
    AssetFile log = new AssetFile("logs/build.txt", file, size);

    refused(() -> Asset.of(log));
    refused(() -> SiteAsset.of(log));
  }

  @Test
  void areNotKeptForARunEither() throws IOException {
    Path file = Files.writeString(folder.resolve("build.txt"), "a");
    Asset asset = Asset.of(new AssetFile("logs/build.txt", file, 1));
    Asset grown = new Asset(asset.path(), 1, asset.hash(), () -> Files.newInputStream(ENDLESS));

    refused(() -> grown.as("kept"));
    refused(grown::read);
    assertThat(asset.as("kept").size()).isEqualTo(1);
  }

  private static void refused(ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            ProviderException.class,
            told -> assertThat(told.kind()).isEqualTo(FailureKind.NOT_SENT))
        .hasMessageContaining("logs/build.txt, which changed while");
  }
}
