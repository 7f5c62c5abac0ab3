package nl.praatmetjeboekhouding.dirk.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.Provider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
import nl.praatmetjeboekhouding.dirk.spi.Spi;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogTest {

  private static final String GOOD = "people.Good";

  @TempDir private static Path folder;
  private static ProviderJars jars;

  private final List<URLClassLoader> loaders = new ArrayList<>();

  @BeforeAll
  static void compile() throws IOException {
    Map<String, String> sources = new HashMap<>();
    sources.put(GOOD, provider("Good", 1, "", "return \"good\";"));
    sources.put("people.Twin", provider("Twin", 1, "", "return \"good\";"));
    sources.put("people.Second", provider("Second", 1, "", "return \"second\";"));
    sources.put(
        "people.ThrowsInConstructor",
        provider(
            "ThrowsInConstructor",
            1,
            "public ThrowsInConstructor() { throw new IllegalStateException(\"no licence\"); }",
            "return \"a\";"));
    sources.put(
        "people.ThrowsInId",
        provider("ThrowsInId", 1, "", "throw new IllegalStateException(\"no name\");"));
    sources.put(
        "people.ThrowsAnErrorInId",
        provider("ThrowsAnErrorInId", 1, "", "throw new AssertionError(\"never here\");"));
    sources.put("people.NoId", provider("NoId", 1, "", "return null;"));
    sources.put("people.BadId", provider("BadId", 1, "", "return \"Bad\\nId\";"));
    sources.put(
        "people.ThrowsInStatic",
        provider(
            "ThrowsInStatic", 1, "static int n = Integer.parseInt(\"x\");", "return \"a\" + n;"));
    sources.put("people.Hidden", provider("Hidden", 1, "private Hidden() {}", "return \"a\";"));
    sources.put(
        "people.UsesGone",
        provider("UsesGone", 1, "private final Gone gone = new Gone();", "return \"a\" + gone;"));
    sources.put("people.Gone", "package people; class Gone {}");
    sources.put("people.Future", provider("Future", 99, "", "return \"a\";"));
    sources.put("people.Ancient", provider("Ancient", 0, "", "return \"a\";"));
    sources.put("people.NoProvider", "package people; public class NoProvider {}");
    sources.put(
        "people.Above",
        provider("Above", 1, "", "return \"a\";").replace("class", "abstract class"));
    sources.put(
        "people.GoneParent",
        provider("GoneParent", 1, "", "return \"a\";").replace("class", "abstract class"));
    sources.put("people.Orphan", "package people; public class Orphan extends GoneParent {}");
    jars = ProviderJars.compile(folder, sources);
  }

  @AfterEach
  void closeLoaders() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          people.Missing             | not found
          people.ThrowsInConstructor | IllegalStateException: no licence
          people.ThrowsInId          | IllegalStateException: no name
          people.ThrowsAnErrorInId   | AssertionError: never here
          people.NoId                | its id must be lower-case letters, digits and hyphens: null
          people.BadId               | its id must be lower-case letters, digits and hyphens: Bad Id
          people.Future              | level 99 of the provider interfaces, but this Dirk knows 1 to 1
          people.Ancient             | level 0 of the provider interfaces, but this Dirk knows 1 to 1
          people.NoProvider          | not a subtype
          people.Above               | InstantiationException
          people.Hidden              | Unable to get public no-arg constructor
          people.ThrowsInStatic      | NumberFormatException: For input string: "x"
          people.UsesGone            | people.Gone
          people.Orphan              | people.GoneParent
          """)
  void aBrokenEntryHidesNoGoodOneAndIsToldWhenItMatters(String entry, String reason) {
    Path jar =
        jars.jar(
            "broken.jar",
            List.of(GOOD, entry, "people.Second"),
            "people.Gone",
            "people.GoneParent");

    Catalog<Deployer> catalog = catalog(jar);

    assertThat(catalog.ids()).containsExactly("good", "second");
    assertThat(catalog.find("good").getClass().getName()).isEqualTo(GOOD);
    assertThatThrownBy(() -> catalog.find("cloudflare"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "there is no deployer provider cloudflare; found: good, second; could not be loaded: "
                + (entry.equals("people.Orphan")
                    ? "an entry for DeployerProvider ("
                    : entry + " ("),
            reason)
        .message()
        .hasLineCount(1);
  }

  @Test
  void aServiceFileThatIsNoneHidesNoOtherOne() {
    Catalog<Deployer> catalog =
        catalog(
            jars.jar("a.jar", List.of("people.Second")),
            jars.jar("b.jar", List.of("this is no class name")),
            jars.jar("c.jar", List.of(GOOD)));

    assertThat(catalog.ids()).containsExactly("good", "second");
    assertThat(catalog.broken())
        .singleElement()
        .asString()
        .startsWith("an entry for DeployerProvider (")
        .contains("b.jar", "Illegal");
  }

  @Test
  void saysWhatToDoWhenNothingIsThere() {
    Catalog<Deployer> catalog = Catalog.deployers(loader(ClassLoader.getPlatformClassLoader()));

    assertThatThrownBy(() -> catalog.find("cloudflare"))
        .hasMessage(
            "deployer cloudflare: there is no deployer provider cloudflare; none was found;"
                + " is its jar on the class path?");
  }

  @Test
  void twoOfOneIdAreAnErrorOnlyForWhoAsksForIt() {
    Catalog<Deployer> catalog =
        catalog(
            jars.jar("one.jar", List.of(GOOD)),
            jars.jar("two.jar", List.of("people.Twin", "people.Second")));

    assertThat(catalog.ids()).containsExactly("good", "second");
    assertThat(catalog.find("second").id()).isEqualTo("second");
    assertThatThrownBy(() -> catalog.find("good"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "more than one deployer provider is called good: people.Good of ",
            "one.jar and people.Twin of ",
            "; leave all but one out");
  }

  @Test
  void theSameProviderSeenThroughParentAndChildIsOne() {
    ClassLoader parent = loader(getClass().getClassLoader(), jars.jar("one.jar", List.of(GOOD)));
    ClassLoader child = loader(parent, jars.jar("two.jar", List.of(GOOD)));

    Catalog<Deployer> catalog = Catalog.deployers(child);

    assertThat(catalog.find("good").getClass().getClassLoader()).isSameAs(parent);
  }

  @Test
  void theGivenInstanceStandsForTheFoundOneOfItsClass() throws Exception {
    Catalog<Deployer> catalog = catalog(jars.jar("one.jar", List.of(GOOD)));
    Provider<Deployer> given =
        (DeployerProvider) catalog.find("good").getClass().getDeclaredConstructor().newInstance();

    assertThat(catalog.with(given).find("good")).isSameAs(given);
  }

  @Test
  void aGivenOneOfAnotherClassIsASecondOne() {
    Catalog<Deployer> catalog =
        catalog(jars.jar("one.jar", List.of(GOOD))).with(new Given("good", context -> null));

    assertThatThrownBy(() -> catalog.find("good"))
        .hasMessageContainingAll("people.Good", Given.class.getName());
  }

  @Test
  void refusesAGivenOneWithoutAnId() {
    Catalog<Deployer> catalog = Catalog.deployers(loader(ClassLoader.getPlatformClassLoader()));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog.with(new Given("Bad Id", context -> null)))
        .withMessageContaining("its id must be");
  }

  @Test
  void hasAProviderMakeWhatIsAskedFor() {
    Deployer deployer = InMemoryDeployer.of(InMemoryDeployer.Shape.SPLITTING, ManualTime.create());

    assertThat(create(context -> deployer, ProviderConfig.of("given"))).isSameAs(deployer);
  }

  @Test
  void tellsEverySettingThatIsWrongOrUnknownAndClosesWhatWasMade() {
    AtomicInteger closed = new AtomicInteger();
    Function<ProviderContext, Deployer> make =
        context -> {
          Settings settings = context.settings();
          assertThat(settings.flag("dry")).isEmpty();
          assertThat(settings.required("account")).isEqualTo("a");
          return closing(closed);
        };
    ProviderConfig config =
        ProviderConfig.of("given").with("account", "a").with("dry", "yes").with("acount", "b");

    assertThatThrownBy(() -> create(make, config))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "provider given: settings.dry must be true or false, not text"
                + System.lineSeparator()
                + "provider given: settings.acount is unknown; did you mean account?");
    assertThat(closed).hasValue(1);
  }

  @Test
  void tellsWhatWasWrongBeforeTheProviderGaveUp() {
    Function<ProviderContext, Deployer> make =
        context -> {
          assertThat(context.settings().number("limit")).isEmpty();
          throw new ConfigurationException("account", "is closed");
        };

    assertThatThrownBy(() -> create(make, ProviderConfig.of("given").with("limit", "many")))
        .hasMessage(
            "provider given: settings.limit must be a whole number, not text"
                + System.lineSeparator()
                + "account: is closed");
  }

  @Test
  void namesTheClassOfAProviderThatMakesNothing() {
    assertThatThrownBy(() -> create(context -> null, ProviderConfig.of("given")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "provider given: "
                + Given.class.getName()
                + " made no deployer for service api, but gave null: this is a mistake in the"
                + " provider");
  }

  @Test
  void namesTheClassOfAProviderThatThrows() {
    Function<ProviderContext, Deployer> make =
        context -> {
          throw new IllegalStateException("oops", new IOException("no\nroute"));
        };

    assertThatThrownBy(() -> create(make, ProviderConfig.of("given")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("but gave IllegalStateException: oops: IOException: no route");
  }

  @Test
  void takesAnErrorOfAProviderForItsMistakeToo() {
    Function<ProviderContext, Deployer> make =
        context -> {
          throw new NoClassDefFoundError("okhttp3/OkHttpClient");
        };

    assertThatThrownBy(() -> create(make, ProviderConfig.of("given")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("NoClassDefFoundError: okhttp3/OkHttpClient");
  }

  @Test
  void saysWhereInTheFileAnUnknownProviderIsNamed() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("dirk.jsonc"),
            Files.readString(Path.of("src/test/resources/dirk.jsonc"))
                .replaceFirst("\"cloudflare\"", "\"cloudfare\""));
    ProviderConfig deployer = DirkConfig.read(file).service("api").deployer();

    assertThatThrownBy(() -> create(context -> null, deployer))
        .hasMessageStartingWith(file + ":28:21: there is no deployer provider cloudfare; found: ");
  }

  private Deployer create(Function<ProviderContext, Deployer> make, ProviderConfig config) {
    Catalog<Deployer> catalog =
        Catalog.deployers(loader(ClassLoader.getPlatformClassLoader()))
            .with(new Given("given", make));
    ProviderContext context =
        new ProviderContext(
            "api",
            folder.toAbsolutePath(),
            config.settings(name -> Optional.empty()),
            ManualTime.create());
    return catalog.create(config.provider(), context);
  }

  private static Deployer closing(AtomicInteger closed) {
    return (Deployer)
        Proxy.newProxyInstance(
            CatalogTest.class.getClassLoader(),
            new Class<?>[] {Deployer.class},
            (proxy, method, arguments) ->
                method.getName().equals("close") ? closed.incrementAndGet() : null);
  }

  private static String provider(String name, int level, String members, String id) {
    return """
    package people;
    public class %s implements nl.praatmetjeboekhouding.dirk.spi.DeployerProvider {
      %s
      @Override public String id() { %s }
      @Override public int spiLevel() { return %d; }
      @Override public nl.praatmetjeboekhouding.dirk.spi.Deployer create(
          nl.praatmetjeboekhouding.dirk.spi.ProviderContext context) {
        throw new UnsupportedOperationException();
      }
    }
    """
        .formatted(name, members, id, level);
  }

  private Catalog<Deployer> catalog(Path... jar) {
    return Catalog.deployers(loader(getClass().getClassLoader(), jar));
  }

  private ClassLoader loader(ClassLoader parent, Path... jar) {
    URLClassLoader loader = ProviderJars.loader(parent, jar);
    loaders.add(loader);
    return loader;
  }

  private record Given(String id, Function<ProviderContext, Deployer> make)
      implements DeployerProvider {

    @Override
    public int spiLevel() {
      return Spi.LEVEL;
    }

    @Override
    public Deployer create(ProviderContext context) {
      return make.apply(context);
    }
  }
}
