package nl.praatmetjeboekhouding.dirk.examples.symlink;

import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
import nl.praatmetjeboekhouding.dirk.spi.Spi;

/**
 * Makes deployers that switch a symlink. Settings: {@code root}, the folder below which releases
 * are kept, which must be there, relative to the project; {@code content}, the folder of the
 * project that is deployed, {@code public} unless set.
 */
// snippet: provider
public final class SymlinkDeployerProvider implements DeployerProvider {

  /** For {@link java.util.ServiceLoader}. */
  public SymlinkDeployerProvider() {}

  @Override
  public String id() {
    return "symlink";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public Deployer create(ProviderContext context) {
    Settings settings = context.settings();
    Path root = context.project().resolve(settings.requiredPath("root")).normalize();
    Path content = context.project().resolve(settings.path("content").orElse(Path.of("public")));
    return new SymlinkDeployer(root, new Content(content), context.time());
  }
}
// end
