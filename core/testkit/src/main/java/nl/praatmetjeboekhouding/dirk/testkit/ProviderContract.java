package nl.praatmetjeboekhouding.dirk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.catalog.Catalog;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.SecretsLookup;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Provider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
import nl.praatmetjeboekhouding.dirk.spi.Spi;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Provider} keeps to, whatever it makes. Extend {@link DeployerProviderContract}
 * or {@link HealthProbeProviderContract}, say which provider it is and what its settings are, and
 * run it; {@code docs/provider-contract.md} has the rules under the same numbers.
 *
 * @param <T> what the provider makes
 */
public abstract sealed class ProviderContract<T>
    permits DeployerProviderContract, HealthProbeProviderContract {

  private static final String SECRET = "secret-4711";
  private static final SecretsLookup SECRETS = name -> Optional.of(SECRET);

  private final Class<?> kind;
  private final Function<ClassLoader, Catalog<T>> catalogs;
  private final TimeSource time = ManualTime.create();

  ProviderContract(Class<?> kind, Function<ClassLoader, Catalog<T>> catalogs) {
    this.kind = kind;
    this.catalogs = catalogs;
  }

  /** A new provider, by its constructor without parameters. */
  protected abstract Provider<T> newProvider();

  /** The provider's id and settings that it makes one from; secrets as {@code ${env:NAME}}. */
  protected abstract ProviderConfig config();

  /** The project folder of the service; the current folder unless overridden. */
  protected Path project() {
    return Path.of("").toAbsolutePath();
  }

  /** The names of the settings that are secrets; none unless overridden. */
  protected List<String> secrets() {
    return List.of();
  }

  /** The names of the settings that must be there; none unless overridden. */
  protected List<String> required() {
    return List.of();
  }

  @Test
  @DisplayName("P1: the id is lower-case letters, digits and hyphens, and always the same")
  final void p1Id() {
    Provider<T> provider = newProvider();

    assertThat(provider.id()).matches("[a-z0-9][a-z0-9-]{0,62}").isEqualTo(config().provider());
    assertThat(List.of(provider.id(), newProvider().id())).containsOnly(config().provider());
  }

  @Test
  @DisplayName("P2: the level is one that this Dirk knows")
  final void p2Level() {
    assertThat(newProvider().spiLevel()).isBetween(1, Spi.LEVEL);
  }

  @Test
  @DisplayName("P3: class and constructor are public, and the constructor takes nothing")
  final void p3Constructor() {
    Class<?> type = newProvider().getClass();

    assertThat(Modifier.isPublic(type.getModifiers())).as("%s is public", type).isTrue();
    assertThat(Arrays.stream(type.getConstructors()).map(Constructor::getParameterCount))
        .as("the parameters of its public constructors")
        .contains(0);
  }

  @Test
  @DisplayName("P4: it is registered in META-INF/services, and in its module alike")
  final void p4Registrations() {
    Class<?> type = newProvider().getClass();

    Registrations registrations = Registrations.of(type, kind);

    assertThat(registrations.listed()).contains(type.getName());
    assertThat(registrations.provided().orElse(registrations.listed()))
        .as("what the module provides")
        .isEqualTo(registrations.listed());
  }

  @Test
  @DisplayName("P5: it is found by its id")
  final void p5Found() {
    Provider<T> provider = newProvider();
    Catalog<T> catalog = catalogs.apply(provider.getClass().getClassLoader());

    assertThat(catalog.find(config().provider())).hasSameClassAs(provider);
  }

  @Test
  @DisplayName("P6: what it makes is new each time")
  final void p6NewEachTime() {
    Provider<T> provider = newProvider();
    T one = provider.create(context(config().settings(SECRETS)));
    T other = provider.create(context(config().settings(SECRETS)));

    assertThat(one).isNotNull().isNotSameAs(other);
    close(one);
    close(other);
  }

  @Test
  @DisplayName("P7: it reads all its settings at once, so that an unknown one is told")
  final void p7UnknownSettings() {
    close(made(config()));

    Throwable thrown = catchThrowable(() -> made(config().with("surely-unknown", "text")));

    assertThat(thrown).isInstanceOf(ConfigurationException.class);
    assertThat(thrown).hasMessageContaining("surely-unknown");
  }

  @Test
  @DisplayName("P8: a secret that is written out is refused, and not repeated")
  final void p8LiteralSecrets() {
    assumeFalse(secrets().isEmpty(), "it takes no secret");
    for (String name : secrets()) {
      Throwable thrown = catchThrowable(() -> made(config().with(name, SECRET)));

      assertThat(thrown).as("%s written out", name).isInstanceOf(ConfigurationException.class);
      assertThat(thrown).hasMessageContaining(name).hasMessageNotContaining(SECRET);
    }
  }

  @Test
  @DisplayName("P9: no secret is looked up before it is needed")
  final void p9SecretsAreLookedUpLate() {
    assumeFalse(secrets().isEmpty(), "it takes no secret");
    AtomicInteger lookUps = new AtomicInteger();
    SecretsLookup counting =
        name -> {
          lookUps.incrementAndGet();
          return Optional.of(SECRET);
        };

    close(newProvider().create(context(config().settings(counting))));

    assertThat(lookUps).hasValue(0);
  }

  @Test
  @DisplayName("P10: a setting that must be there and is not is told by its name")
  final void p10MissingSettings() {
    assumeFalse(required().isEmpty(), "all its settings may be left out");
    for (String name : required()) {
      Settings without = new ObservedSettings(config().settings(SECRETS), Set.of(name));

      Throwable thrown = catchThrowable(() -> newProvider().create(context(without)));

      assertThat(thrown).as("without %s", name).isInstanceOf(ConfigurationException.class);
      assertThat(thrown).hasMessageContaining(name);
    }
  }

  @Test
  @DisplayName("P11: whatever a setting says is taken, or refused as a fault of the configuration")
  final void p11OddSettings() {
    ObservedSettings observed = new ObservedSettings(config().settings(SECRETS), Set.of());
    close(newProvider().create(context(observed)));

    for (String name : observed.asked()) {
      for (ProviderConfig odd : oddities(name)) {
        try {
          close(newProvider().create(context(odd.settings(SECRETS))));
        } catch (ConfigurationException e) {
          assertThat(e.faults()).isNotEmpty();
        } catch (RuntimeException e) {
          throw new AssertionError("an odd value of " + name + " made it throw " + e, e);
        }
      }
    }
  }

  @Test
  @DisplayName("P12: what it makes does not show its secrets")
  final void p12NothingShown() {
    T made = newProvider().create(context(config().settings(SECRETS)));

    assertThat(String.valueOf(made)).doesNotContain(SECRET);
    close(made);
  }

  private List<ProviderConfig> oddities(String name) {
    return List.of(
        config().with(name, " "),
        config().with(name, "odd \u0000 text: [%"),
        config().with(name, "-1"),
        config().with(name, "x".repeat(10_000)),
        config().with(name, "${env:ODD}"),
        config().with(name, true),
        config().with(name, -1),
        config().with(name, 0),
        config().with(name, Long.MAX_VALUE),
        config().with(name, Map.of()),
        config().with(name, Map.of("odd \u0000", "text: [%")));
  }

  /** As Dirk has it made, which tells settings that nobody read. */
  private T made(ProviderConfig config) {
    return catalogs
        .apply(newProvider().getClass().getClassLoader())
        .with(newProvider())
        .create(config.provider(), context(config.settings(SECRETS)));
  }

  private ProviderContext context(Settings settings) {
    return new ProviderContext("contract", project(), settings, time);
  }

  private static void close(Object made) {
    if (made instanceof AutoCloseable closeable) {
      assertThat(catchThrowable(closeable::close)).as("what closing threw").isNull();
    }
  }
}
