package nl.praatmetjeboekhouding.dirk.testkit;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
import nl.praatmetjeboekhouding.dirk.spi.Spi;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Providers that break the contract, one way each. */
final class FlawedProviders {

  private FlawedProviders() {}

  /** Has another id each time. */
  public static final class Nameless extends PlainProvider {
    private int asked;

    @Override
    public String id() {
      return asked++ == 0 ? super.id() : super.id() + asked;
    }
  }

  /** Comes from a later time. */
  public static final class Late extends PlainProvider {
    @Override
    public int spiLevel() {
      return Spi.LEVEL + 1;
    }
  }

  /** Cannot be made by others. */
  public static final class Hidden extends PlainProvider {
    Hidden() {}
  }

  /** Is registered nowhere. */
  public static final class Unlisted extends PlainProvider {}

  /** Has the name of another. */
  public static final class Twin extends PlainProvider {}

  /** The other. */
  public static final class OtherTwin extends PlainProvider {
    @Override
    public String id() {
      return idOf(Twin.class);
    }
  }

  /** Makes one for all. */
  public static final class Stingy extends PlainProvider {
    private final Deployer one =
        InMemoryDeployer.of(InMemoryDeployer.Shape.SPLITTING, TimeSource.system());

    @Override
    Deployer made(Secret token, TimeSource time) {
      return one;
    }
  }

  /** Reads a setting when it needs it. */
  public static final class Lazy extends PlainProvider {
    @Override
    public Deployer create(ProviderContext context) {
      String unused = context.settings().required("account");
      return made(context.settings().requiredSecret("token"), context.time());
    }
  }

  /** Reads its account as a text, though its author calls it a secret. */
  public static final class Careless extends PlainProvider {}

  /** Looks a secret up to be sure. */
  public static final class Curious extends PlainProvider {
    @Override
    Deployer made(Secret token, TimeSource time) {
      String unused = token.reveal();
      return super.made(token, time);
    }
  }

  /** Has an account of its own. */
  public static final class Generous extends PlainProvider {
    @Override
    public Deployer create(ProviderContext context) {
      Settings settings = context.settings();
      String unused = settings.text("account").orElse("mine");
      Map<String, String> unusedLabels = settings.texts("labels");
      Optional<URI> unusedApi = settings.uri("api");
      return made(settings.requiredSecret("token"), context.time());
    }
  }

  /** Reads a form by itself. */
  public static final class Trusting extends PlainProvider {
    @Override
    public Deployer create(ProviderContext context) {
      Deployer made = super.create(context);
      Optional<URI> unused = context.settings().text("account").map(URI::create);
      return made;
    }
  }

  /** Shows all it has. */
  public static final class Talkative extends PlainProvider {
    @Override
    Deployer made(Secret token, TimeSource time) {
      return new ForwardingDeployer(super.made(token, time)) {
        @Override
        public String toString() {
          return "Deployer[" + token.reveal() + "]";
        }
      };
    }
  }
}
