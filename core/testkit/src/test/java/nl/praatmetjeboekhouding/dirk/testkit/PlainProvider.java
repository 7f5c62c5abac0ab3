package nl.praatmetjeboekhouding.dirk.testkit;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
import nl.praatmetjeboekhouding.dirk.spi.Spi;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** A provider that keeps the contract. Its id, and that of those below it, is its class's name. */
public class PlainProvider implements DeployerProvider {

  /** For the service loader. */
  public PlainProvider() {}

  @Override
  public String id() {
    return idOf(getClass());
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public Deployer create(ProviderContext context) {
    Settings settings = context.settings();
    String unused = settings.required("account");
    Map<String, String> unusedLabels = settings.texts("labels");
    Optional<URI> unusedApi = settings.uri("api");
    return made(settings.requiredSecret("token"), context.time());
  }

  /** What it makes. */
  Deployer made(Secret token, TimeSource time) {
    return InMemoryDeployer.of(InMemoryDeployer.Shape.SPLITTING, time);
  }

  static String idOf(Class<?> type) {
    return type.getSimpleName().toLowerCase(Locale.ROOT);
  }
}
