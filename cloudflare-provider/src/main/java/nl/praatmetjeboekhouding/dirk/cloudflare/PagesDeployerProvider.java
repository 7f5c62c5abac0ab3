package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.PagesFile;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
import nl.praatmetjeboekhouding.dirk.spi.Spi;

/**
 * Deploys Pages projects, whose wrangler file has {@code pages_build_output_dir}. Settings:
 *
 * <ul>
 *   <li>{@code token}, a secret: an API token with the permission Pages Write; or instead {@code
 *       globalKey}, a secret, and {@code email}: a user's global API key and the address that goes
 *       with it;
 *   <li>{@code account}, the account's id;
 *   <li>{@code branches}, Dirk's environments with the branches that their previews are of: without
 *       it the branch is called as the environment; production has no branch here, it is the
 *       project's own;
 *   <li>{@code code}, the folder that the build writes the project's functions or {@code
 *       _worker.js} into, as {@code wrangler pages functions build} does; without it there is no
 *       code;
 *   <li>{@code settleWindow}, how long Cloudflare's lists may not show what was written, 30 s if
 *       not set;
 *   <li>{@code api}, where Cloudflare's API is if not at the usual place.
 * </ul>
 */
public final class PagesDeployerProvider implements DeployerProvider {

  /** A provider that has done nothing yet. */
  public PagesDeployerProvider() {}

  @Override
  public String id() {
    return "cloudflare-pages";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public Deployer create(ProviderContext context) {
    Settings settings = context.settings();
    SettingsCheck check = new SettingsCheck(settings);
    Map<String, String> branches = settings.texts("branches");
    check.branches(branches);
    Access access = new Access(settings, check);
    Optional<PagesFile> unused = check.read(() -> PagesFile.of(context.project()));
    check.complete();
    return new PagesDeployer(
        access.pages(context.time()),
        new PagesSite(context.project(), settings.path("code"), branches),
        access.settleWindow());
  }
}
