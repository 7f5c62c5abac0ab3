package nl.praatmetjeboekhouding.dirk.examples.symlink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testkit.DeployerContract;
import org.junit.jupiter.api.io.TempDir;

// snippet: contract
class SymlinkContractTest extends DeployerContract {

  @TempDir private Path folder;

  @Override
  protected Deployer newDeployer() {
    return new SymlinkDeployer(folder, new Content(folder.resolve("public")), time());
  }

  @Override
  protected void build(String content) {
    try {
      Files.createDirectories(folder.resolve("public"));
      Files.writeString(folder.resolve("public/page.txt"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected boolean canSplitTraffic() {
    return false;
  }
}
// end
