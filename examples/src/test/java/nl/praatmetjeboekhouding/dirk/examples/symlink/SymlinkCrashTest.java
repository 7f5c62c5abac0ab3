package nl.praatmetjeboekhouding.dirk.examples.symlink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testkit.CrashContract;
import org.junit.jupiter.api.io.TempDir;

// snippet: crashes
class SymlinkCrashTest extends CrashContract {

  @TempDir private Path folder;
  private Path root = Path.of("");

  @Override
  protected void newVendor() {
    root = made(() -> Files.createTempDirectory(folder, "root"));
  }

  @Override
  protected Deployer newDeployer() {
    return new SymlinkDeployer(root, new Content(root.resolve("public")), time());
  }

  @Override
  protected void build(String content) {
    made(() -> Files.createDirectories(root.resolve("public")));
    made(() -> Files.writeString(root.resolve("public/page.txt"), content));
  }

  @Override
  protected List<Version> versions(Target target) {
    Path place = root.resolve(target.service()).resolve(target.environment().name());
    try (Stream<Path> versions = Files.list(place.resolve("versions"))) {
      return versions.map(version -> Version.of(version.getFileName().toString(), target)).toList();
    } catch (IOException e) {
      return List.of(); // nothing was uploaded yet
    }
  }

  // end

  private interface Making {
    Path make() throws IOException;
  }

  private static Path made(Making making) {
    try {
      return making.make();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
