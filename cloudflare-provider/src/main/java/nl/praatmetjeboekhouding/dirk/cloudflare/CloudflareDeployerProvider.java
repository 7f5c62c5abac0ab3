package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Consent;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Overrides;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerFile;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
import nl.praatmetjeboekhouding.dirk.spi.Spi;

/**
 * Deploys wrangler projects to Cloudflare Workers. Settings:
 *
 * <ul>
 *   <li>{@code token}, a secret: an API token with the permission Workers Scripts Write, and for
 *       routes Workers Routes Write and Zone Read; or instead {@code globalKey}, a secret, and
 *       {@code email}: a user's global API key and the address that goes with it;
 *   <li>{@code account}, the account's id;
 *   <li>{@code environments}, Dirk's environments with wrangler's, where {@code top-level} is what
 *       stands outside of them: without it an environment is the one of the same name, or the top
 *       level if there is none;
 *   <li>{@code modules}, the folder that the build writes the modules into, as {@code wrangler
 *       deploy --dry-run --outdir} does: without it {@code main} is the module;
 *   <li>{@code settleWindow}, how long Cloudflare's lists may not show what was written, 30 s if
 *       not set;
 *   <li>{@code makeResources}, whether namespaces, databases, buckets and queues are made that
 *       bindings name and that are not there;
 *   <li>{@code takeDomains} and {@code takeWorkflows}, whether custom domains and workflows are
 *       taken from other Workers, and domains from DNS records;
 *   <li>{@code api}, where Cloudflare's API is if not at the usual place.
 * </ul>
 */
public final class CloudflareDeployerProvider implements DeployerProvider {

  /** A provider that has done nothing yet. */
  public CloudflareDeployerProvider() {}

  @Override
  public String id() {
    return "cloudflare";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public Deployer create(ProviderContext context) {
    Settings settings = context.settings();
    SettingsCheck check = new SettingsCheck(settings);
    Map<String, String> environments = settings.texts("environments");
    Overrides overrides =
        settings
            .path("modules")
            .map(folder -> Overrides.none().withModules(folder))
            .orElse(Overrides.none());
    overrides = consenting(settings, overrides);
    check.environments(environments);
    Optional<WranglerFile> file = check.read(() -> WranglerFile.in(context.project()));
    file.ifPresent(wrangler -> check.declared(environments, wrangler));
    Access access = new Access(settings, check);
    check.complete();
    return new CloudflareDeployer(
        access.workers(context.time()),
        new Projects(context.project(), environments, overrides),
        access.settleWindow());
  }

  private static Overrides consenting(Settings settings, Overrides overrides) {
    Overrides more = overrides;
    if (settings.flag("makeResources").orElse(false)) {
      more = more.with(Consent.NEW_RESOURCES);
    }
    if (settings.flag("takeDomains").orElse(false)) {
      more = more.with(Consent.TAKEN_DOMAINS);
    }
    return settings.flag("takeWorkflows").orElse(false) ? more.with(Consent.TAKEN_WORKFLOWS) : more;
  }
}
