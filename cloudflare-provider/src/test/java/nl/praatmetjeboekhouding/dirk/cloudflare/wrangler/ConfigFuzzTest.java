package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConfigFuzzTest {

  @TempDir private Path folder;

  @Test
  void takesOrClearlyRefusesWhateverAFileHolds() throws IOException {
    assertThat(new ConfigFuzz(folder).run(1, Duration.ofSeconds(3))).isEmpty();
  }
}
