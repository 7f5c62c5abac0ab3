package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.net.URI;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerFile;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
import nl.praatmetjeboekhouding.dirk.spi.Spi;

/**
 * Deploys wrangler projects to Cloudflare Workers. Settings: {@code token}, a secret; {@code
 * account}, the account's id; {@code api}, where Cloudflare's API is if not at the usual place;
 * {@code environments}, Dirk's environments with wrangler's, where an empty text is the top level:
 * without it an environment is the one of the same name, or the top level if there is none.
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
    Secret token = settings.requiredSecret("token");
    String account = settings.required("account");
    URI api = settings.uri("api").orElse(Workers.API);
    Map<String, String> environments = settings.texts("environments");
    WranglerFile file = WranglerFile.in(context.project());
    environments.forEach(
        (mine, wrangler) -> {
          if (!wrangler.isEmpty() && !file.declares(wrangler)) {
            throw new ConfigurationException(
                "environments", mine + " is wrangler's " + wrangler + ", which is not declared");
          }
        });
    return new CloudflareDeployer(
        Workers.open(api, token, account, context.time()),
        new Projects(context.project(), environments));
  }
}
