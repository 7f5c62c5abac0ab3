package nl.praatmetjeboekhouding.dirk.testkit;

import static nl.praatmetjeboekhouding.dirk.testkit.Worksite.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.LiveSettings;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Reach;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testkit.Worksite.Shipped;
import nl.praatmetjeboekhouding.dirk.testkit.Worksite.Sight;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Deployer} keeps to. Extend it, say how the deployer and the next build are
 * made, and run it; {@code docs/provider-contract.md} has the rules under the same numbers. What
 * the vendor cannot do is said by the methods that begin with {@code can}; the rules about it are
 * then skipped in sight. The powers {@link LiveSettings} and {@link Reach} are tried if the
 * deployer has them.
 *
 * <p>Nothing here sleeps: all waiting goes through {@link #time()}, which must be the time that the
 * deployer and its vendor live by.
 */
public abstract class DeployerContract {

  private static final BigDecimal ALL = BigDecimal.valueOf(100);
  private static final String UNKNOWN = "no-such-version";
  private static final Sight NOTHING = new Sight(Optional.empty(), List.of());

  private final TimeSource manual = ManualTime.create();

  @SuppressWarnings("NullAway.Init") // set before each test
  private Deployer deployer;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Worksite site;

  /** For classes that say which deployer it is. */
  protected DeployerContract() {}

  /**
   * A deployer to whose {@linkplain #target() targets} nothing was ever deployed. Called once for
   * each test.
   */
  protected abstract Deployer newDeployer();

  /**
   * Makes the next build.
   *
   * @param content a short word, such as {@code v1}: builds of different words differ, builds of
   *     one word are the same to the byte
   */
  protected abstract void build(String content);

  /**
   * The time that deployer and vendor live by; the same at every call. Manual unless overridden.
   */
  protected TimeSource time() {
    return manual;
  }

  /** Where it deploys to; production of a service "contract" unless overridden. */
  protected Target target() {
    return new Target("contract", Environment.PRODUCTION);
  }

  /** Another target of the same deployer, or empty if it can have only one; staging. */
  protected Optional<Target> otherTarget() {
    return Optional.of(new Target(target().service(), Environment.STAGING));
  }

  /** Such a deployer whose vendor cannot be reached, or empty if there is no way to make one. */
  protected Optional<Deployer> newDeployerWithoutVendor() {
    return Optional.empty();
  }

  /** Whether versions can share the traffic. */
  protected boolean canSplitTraffic() {
    return true;
  }

  /** Whether a version can be uploaded without traffic once the target has served something. */
  protected boolean canUploadWithoutTraffic() {
    return true;
  }

  /** Whether the version before can be put back. */
  protected boolean canPutBack() {
    return true;
  }

  /** How long the vendor may take to be done with a write; half an hour unless overridden. */
  protected Duration patience() {
    return Duration.ofMinutes(30);
  }

  @BeforeEach
  final void open() {
    deployer = newDeployer();
    site = new Worksite(deployer, target(), time(), this::build, patience());
  }

  @AfterEach
  final void close() {
    deployer.close();
  }

  @Test
  @DisplayName("D1: preparing only reads, and says the same when asked again")
  final void d1PrepareOnlyReads() {
    Prepared first = site.prepare("v1");
    assertThat(site.prepare()).isEqualTo(first);
    assertThat(site.sight()).isEqualTo(NOTHING);

    site.ship("v1");
    Sight before = site.sight();
    Prepared second = site.prepare("v2");

    assertThat(site.prepare()).isEqualTo(second);
    assertThat(site.sight()).isEqualTo(before);
  }

  @Test
  @DisplayName("D2: an upload moves no traffic")
  final void d2UploadMovesNoTraffic() {
    Prepared first = site.prepare("v0");
    if (first.activation() != Activation.WITH_UPLOAD) {
      site.upload(first, "v0");
      assertThat(site.sight()).isEqualTo(NOTHING);
    }
    site.ship("v1");
    assumeTrue(canUploadWithoutTraffic(), "every upload is the switch");
    Sight before = site.sight();

    site.upload("v2");

    assertThat(site.sight()).isEqualTo(before);
  }

  @Test
  @DisplayName("D3: what preparing says about the activation is what happens")
  final void d3ActivationIsAsPrepared() {
    Shipped first = site.ship("v1");
    assertThat(site.activeSplit().sole()).contains(first.id());

    Prepared second = site.prepare("v2");
    assertThat(second.activation()).isEqualTo(activation());
    Version version = site.upload(second, "v2");

    assertThat(site.activeSplit().sole())
        .contains(second.activation() == Activation.WITH_UPLOAD ? version.id() : first.id());
  }

  @Test
  @DisplayName("D4: the resource is always the same, is the target's own and needs no build")
  final void d4ResourceIsStable() {
    String resource = deployer.resource(target());

    assertThat(resource).isNotBlank().isEqualTo(deployer.resource(target()));
    assertThat(site.prepare("v1").resource()).isEqualTo(resource);
    site.ship("v1");
    assertThat(deployer.resource(target())).isEqualTo(resource);
    assertThat(site.prepare("v2").resource()).isEqualTo(resource);
    assertThat(otherTarget().map(deployer::resource)).isNotEqualTo(Optional.of(resource));
  }

  @Test
  @DisplayName("D5: the files that are prepared are what was built, to the byte")
  final void d5FilesAreTheBuild() throws IOException {
    List<ContentFile> one = site.prepare("v1").files();
    List<ContentFile> other = site.prepare("v2").files();
    List<ContentFile> again = site.prepare("v1").files();

    assertThat(one).isNotEmpty().doesNotHaveDuplicates().isEqualTo(again);
    assertThat(Release.digestOf(other)).isNotEqualTo(Release.digestOf(one));
    for (ContentFile file : again) {
      try (InputStream content = file.open()) {
        byte[] bytes = content.readAllBytes();
        assertThat(bytes).hasSize((int) file.size());
        assertThat(Digest.of(bytes)).isEqualTo(file.digest());
      }
    }
  }

  @Test
  @DisplayName("D6: an upload answers with the version that it made")
  final void d6UploadAnswersItsVersion() {
    Prepared prepared = site.prepare("v1");
    StepKey key = site.key("upload v1");

    Version version = site.upload(prepared, "v1");

    Release release = site.artifact("v1", prepared).release();
    for (Version seen : List.of(version, site.version(version.id()).orElseThrow())) {
      assertThat(seen.id()).isEqualTo(version.id());
      assertThat(seen.target()).isEqualTo(target());
      assertThat(seen.release().orElse(release)).isEqualTo(release);
      assertThat(seen.key().orElse(key.text())).isEqualTo(key.text());
    }
    assertThat(version.key().isPresent() || !readsUploadKeys()).as("it carries its key").isTrue();
  }

  @Test
  @DisplayName("D7: an upload is found by its key, whatever is uploaded after it")
  final void d7UploadIsFound() {
    Shipped first = site.ship("v1");
    Sighting<Version> found = site.findUpload(site.key("upload v1"));
    site.ship("v2");

    Sighting<Version> later = site.findUpload(site.key("upload v1"));

    if (readsUploadKeys()) {
      assertThat(Told.done(found).map(Version::id)).contains(first.id());
      Optional<Version> still = first.withUpload() ? Told.carried(later) : Told.done(later);
      assertThat(still.map(Version::id)).contains(first.id());
    } else {
      assertThat(List.of(found, later)).noneMatch(seen -> seen instanceof Sighting.Absent);
    }
  }

  @Test
  @DisplayName("D8: what carried no such key is never found by it")
  final void d8UnknownKeysAreNotFound() {
    site.prepare("v1");
    assertUnknown(site.key("upload v1"), site.key("activate v1"));

    site.ship("v1");
    site.ship("v2");

    assertUnknown(
        new StepKey("another-run", "upload v1"), new StepKey("another-run", "activate v1"));
    assertUnknown(site.key("upload v"), site.key("activate v"));
    assertUnknown(site.key("upload v1 again"), site.key("activate v2 again"));
  }

  @Test
  @DisplayName("D9: looking for an effect changes nothing")
  final void d9LookingChangesNothing() {
    site.ship("v1");
    site.ship("v2");
    Sight before = site.sight();

    for (String version : List.of("v1", "v2", "v3")) {
      StepKey upload = site.key("upload " + version);
      StepKey activation = site.key("activate " + version);
      Sighting<Version> uploaded = site.findUpload(upload);
      Sighting<Deployment> activated = site.findActivation(activation);

      assertThat(site.findUpload(upload)).isEqualTo(uploaded);
      assertThat(site.findActivation(activation)).isEqualTo(activated);
    }

    site.settle();
    assertThat(site.sight()).isEqualTo(before);
  }

  @Test
  @DisplayName("D10: an activation sends all traffic where it is told, and answers with that")
  final void d10ActivationSendsTraffic() {
    assumeTrue(canUploadWithoutTraffic(), "every upload is the switch");
    site.ship("v1");
    Version second = site.upload("v2");
    StepKey key = site.key("activate v2");

    Deployment made = site.activate(site.activation(Split.all(second.id()), key));

    Deployment active = site.active().orElseThrow();
    for (Deployment seen : List.of(made, active)) {
      assertThat(seen.id()).isEqualTo(made.id()).isNotEqualTo(second.id());
      assertThat(seen.target()).isEqualTo(target());
      assertThat(seen.split().sole()).contains(second.id());
      assertThat(seen.key().orElse(key.text())).isEqualTo(key.text());
    }
    assertThat(made.key().isPresent() || !readsActivationKeys()).as("it carries its key").isTrue();
  }

  @Test
  @DisplayName("D11: traffic is split as told, a share of zero included")
  final void d11TrafficIsSplit() {
    assumeTrue(canSplitTraffic(), "versions cannot share the traffic");
    String first = site.ship("v1").id();
    String second = site.upload("v2").id();

    for (String percent : List.of("0", "10", "33.3", "100")) {
      Split split = split(first, second, new BigDecimal(percent));

      Deployment made = site.activate(split, "send v2 " + percent);

      assertThat(made.split().sameAs(split)).as("%s is %s", made.split(), split).isTrue();
      assertThat(site.activeSplit().sameAs(split)).as("active is %s", split).isTrue();
    }
  }

  @Test
  @DisplayName("D12: a split that the vendor cannot make is refused, and nothing changes")
  final void d12ImpossibleSplitIsRefused() {
    assumeFalse(canSplitTraffic(), "versions can share the traffic");
    String first = site.ship("v1").id();
    String second = site.upload("v2").id();
    Sight before = site.sight();
    Split split = split(first, second, BigDecimal.TEN);

    ActivateRequest request = site.activation(split, site.key("split"));
    Throwing.refusal("a split in two", () -> deployer.activate(request, call()));

    site.settle();
    assertThat(site.sight()).isEqualTo(before);
  }

  @Test
  @DisplayName("D13: the list of deployments is newest first, and its head is what is active")
  final void d13ListAgreesWithActive() {
    assertThat(site.active()).isEmpty();
    List<String> newestFirst = new ArrayList<>();

    for (String content : List.of("v1", "v2", "v3")) {
      newestFirst.add(0, site.ship(content).deployment().id());

      List<Deployment> listed = site.deployments();
      assertThat(listed).first().isEqualTo(site.active().orElseThrow());
      assertThat(listed.stream().map(Deployment::id)).isEqualTo(newestFirst);
      List<Instant> created =
          listed.stream().flatMap(deployment -> deployment.created().stream()).toList();
      assertThat(created).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }
  }

  @Test
  @DisplayName("D14: the list of deployments ends, and shows none twice, however long it grows")
  final void d14ListEnds() {
    List<String> newestFirst = new ArrayList<>();
    for (int number = 1; number <= 25; number++) {
      newestFirst.add(0, site.ship("v" + number).deployment().id());
    }

    List<String> listed = site.deployments().stream().map(Deployment::id).toList();

    assertThat(listed).hasSizeGreaterThanOrEqualTo(2).hasSizeLessThanOrEqualTo(25);
    assertThat(listed).isEqualTo(newestFirst.subList(0, listed.size()));
  }

  @Test
  @DisplayName("D15: an activation is found by its key: done while it stands, then superseded")
  final void d15ActivationIsFound() {
    assumeTrue(canUploadWithoutTraffic(), "every upload is the switch");
    site.ship("v1");
    Deployment second = site.ship("v2").deployment();
    Sighting<Deployment> standing = site.findActivation(site.key("activate v2"));

    site.ship("v3");

    Sighting<Deployment> replaced = site.findActivation(site.key("activate v2"));
    if (readsActivationKeys()) {
      assertThat(Told.done(standing).map(Deployment::id)).contains(second.id());
      assertThat(replaced).isInstanceOf(Sighting.Superseded.class);
      assertThat(Told.carried(replaced).map(Deployment::id)).contains(second.id());
    } else {
      assertThat(List.of(standing, replaced)).noneMatch(seen -> seen instanceof Sighting.Absent);
    }
  }

  @Test
  @DisplayName("D16: an earlier version can be put back where preparing says so")
  final void d16EarlierVersionComesBack() {
    Shipped first = site.ship("v1");
    Shipped second = site.ship("v2");
    assertThat(second.prepared().reversible()).as("reversible").isEqualTo(canPutBack());
    assumeTrue(canPutBack(), "the version before cannot be put back");
    site.ship("v3");

    site.activate(Split.all(first.id()), "put v1 back");
    assertThat(site.activeSplit().sole()).contains(first.id());

    site.activate(Split.all(second.id()), "put v2 back");
    assertThat(site.activeSplit().sole()).contains(second.id());
  }

  @Test
  @DisplayName("D17: a version is found by its id, live or not, and an unknown one is empty")
  final void d17VersionIsFound() {
    assertThat(site.version(UNKNOWN)).isEmpty();
    Version first = site.ship("v1").version();
    Version second = site.upload("v2");

    assertThat(site.version(first.id()).map(Version::id)).contains(first.id());
    assertThat(site.version(second.id()).map(Version::id)).contains(second.id());
    assertThat(site.version(UNKNOWN)).isEmpty();
    assertThat(site.version(first.id() + "0")).isEmpty();
  }

  @Test
  @DisplayName("D18: an id of odd form finds no version and leads nowhere else")
  final void d18OddIds() {
    String known = site.ship("v1").id();
    List<String> odd = new ArrayList<>(List.of("", " ", ".", "..", "/", "\"", "ü", "%2e%2e"));
    odd.addAll(List.of("../" + known, known + "/", known + "?a=b", known + "#a"));
    odd.addAll(List.of("\u0000", "\r\nX-Odd: 1", "x".repeat(5000)));
    Sight before = site.sight();

    for (String id : odd) {
      Throwing.orElse("version '" + id + "'", () -> assertThat(site.version(id)).isEmpty());
    }

    assertThat(site.sight()).isEqualTo(before);
  }

  @Test
  @DisplayName("D19: activating an unknown version is refused, and nothing changes")
  final void d19UnknownVersionIsRefused() {
    assumeTrue(canUploadWithoutTraffic() || canPutBack(), "every upload is the switch, for good");
    String known = site.ship("v1").id();
    Sight before = site.sight();
    List<Split> splits = new ArrayList<>(List.of(Split.all(UNKNOWN)));
    if (canSplitTraffic()) {
      splits.add(split(known, UNKNOWN, BigDecimal.ZERO));
    }

    for (Split split : splits) {
      ActivateRequest request = site.activation(split, site.key("activate " + split));
      Throwing.refusal("activating " + split, () -> deployer.activate(request, call()));
    }

    site.settle();
    assertThat(site.sight()).isEqualTo(before);
  }

  @Test
  @DisplayName("D20: refreshing comes to an end, and what is ready stays ready")
  final void d20RefreshNeverGoesBack() {
    Shipped shipped = site.ship("v1");
    Version version = shipped.version();
    Deployment deployment = shipped.deployment();

    for (int look = 0; look < 5; look++) {
      version = deployer.refresh(version, call());
      deployment = deployer.refresh(deployment, call());
      assertThat(version.progress()).isEqualTo(Progress.ready());
      assertThat(deployment.progress()).isEqualTo(Progress.ready());
      assertThat(version.id()).isEqualTo(shipped.id());
      assertThat(deployment.id()).isEqualTo(shipped.deployment().id());
      site.pause(Duration.ofMinutes(1));
    }
  }

  @Test
  @DisplayName("D21: what the vendor still works on is pending wherever it is read")
  final void d21PendingEverywhere() {
    Prepared prepared = site.prepare("v1");
    StepKey key = site.key("upload v1");
    Version version =
        deployer.upload(new UploadRequest(prepared, site.artifact("v1", prepared), key), call());
    assumeTrue(
        version.progress() instanceof Progress.Pending, "the vendor is done before it answers");

    assertThat(deployer.refresh(version, call()).progress()).isEqualTo(Progress.pending());
    assertThat(site.version(version.id()).map(Version::progress).orElse(Progress.pending()))
        .isEqualTo(Progress.pending());
    assertThat(site.active().map(Deployment::progress).orElse(Progress.pending()))
        .isEqualTo(Progress.pending());
    if (deployer.findUpload(site.look(key), call()) instanceof Sighting.Done<Version> done) {
      assertThat(done.value().progress()).isEqualTo(Progress.pending());
    }
  }

  @Test
  @DisplayName("D22: no call waits for the vendor to be done")
  final void d22NoCallWaits() {
    Prepared prepared = site.prepare("v1");
    UploadRequest upload =
        new UploadRequest(prepared, site.artifact("v1", prepared), site.key("upload v1"));

    quick("prepare", () -> site.prepare());
    quick("upload", () -> deployer.upload(upload, call()));
    quick("active", () -> site.active());
    quick("findUpload", () -> site.findUpload(upload.key()));
    Shipped shipped = site.ship("v2");
    if (canUploadWithoutTraffic()) {
      ActivateRequest request = site.activation(Split.all(shipped.id()), site.key("again"));
      quick("activate", () -> deployer.activate(request, call()));
      quick("findActivation", () -> site.findActivation(request.key()));
    }
    quick("refresh", () -> deployer.refresh(shipped.version(), call()));
  }

  @Test
  @DisplayName("D23: the guarantees are always the same")
  final void d23GuaranteesAreConstant() {
    Guarantees promised = deployer.guarantees();

    site.ship("v1");
    assertThat(deployer.guarantees()).isEqualTo(promised);
    site.ship("v2");

    assertThat(deployer.guarantees()).isEqualTo(promised);
  }

  @Test
  @DisplayName(
      "D24: a base that no longer stands is refused by a vendor that compares, and no other")
  final void d24StaleBase() {
    assumeTrue(canUploadWithoutTraffic(), "every upload is the switch");
    Deployment stale = site.ship("v1").deployment();
    Deployment current = site.ship("v2").deployment();
    Version third = site.upload("v3");
    ActivateRequest request =
        new ActivateRequest(
            target(),
            Split.all(third.id()),
            new ExpectedBase.Standing(stale.id()),
            site.key("activate v3"),
            "contract");

    if (deployer.guarantees().comparesAndSets()) {
      FailureKind kind =
          Throwing.failure("a stale base", () -> deployer.activate(request, call())).kind();
      assertThat(kind).isEqualTo(FailureKind.CONFLICT);
      site.settle();
      assertThat(site.active()).contains(current);
    } else {
      site.activate(request);
      assertThat(site.activeSplit().sole()).contains(third.id());
    }
  }

  @Test
  @DisplayName("D25: a write that is promised to be repeatable has one effect")
  final void d25RepeatedWrites() {
    Guarantees promised = deployer.guarantees();
    boolean uploads = repeatable(promised.upload());
    boolean activations = repeatable(promised.activate()) && canUploadWithoutTraffic();
    assumeTrue(uploads || activations, "the vendor makes every write anew");
    site.ship("v1");
    Prepared prepared = site.prepare("v2");
    Version made = site.upload(prepared, "v2");

    if (uploads) {
      assertThat(site.upload(prepared, "v2").id()).isEqualTo(made.id());
    }
    if (activations) {
      site.activate(Split.all(made.id()), "activate v2");
      Sight before = site.sight();
      site.activate(Split.all(made.id()), "activate v2");
      assertThat(site.sight()).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("D26: a key is carried whole, however odd and long, and told from those like it")
  final void d26KeysAreCarriedWhole() {
    assumeTrue(readsUploadKeys(), "keys of uploads cannot be read back");
    String run = site.key("any").run();
    String longest = "x".repeat(300);
    List<StepKey> keys =
        List.of(
            new StepKey(run + "_1.a-B", "upload: production"),
            new StepKey(run + "_1.a-B", "upload: production."),
            new StepKey(run + "_1.A-b", "upload: production"),
            new StepKey(run, "upload \"über\" / 100 % \\ <&> \r\n"),
            new StepKey(run, longest + "1"),
            new StepKey(run, longest + "2"));
    List<Version> made = new ArrayList<>();
    for (StepKey key : keys) {
      String content = "v" + made.size();
      made.add(site.upload(site.prepare(content), content, key));
    }

    for (int number = 0; number < keys.size(); number++) {
      StepKey key = keys.get(number);
      String id = made.get(number).id();
      assertThat(Told.carried(site.findUpload(key)).map(Version::id)).as("%s", key).contains(id);
      if (readsActivationKeys() && canUploadWithoutTraffic()) {
        String activated = site.activate(site.activation(Split.all(id), key)).id();
        Optional<Deployment> found = Told.done(site.findActivation(key));
        assertThat(found.map(Deployment::id)).as("%s", key).contains(activated);
      }
    }
  }

  @Test
  @DisplayName("D27: what is done to one target is not to be seen in another")
  final void d27TargetsDoNotMix() {
    assumeTrue(otherTarget().isPresent(), "there is only one target");
    Target other = otherTarget().orElseThrow();
    site.ship("v1");

    assertThat(deployer.active(other, call())).isEmpty();
    assertThat(deployer.deployments(other, Optional.empty(), call()).deployments()).isEmpty();
    Instant now = time().instant();
    FindRequest upload = new FindRequest(site.key("upload v1"), other, now);
    FindRequest activation = new FindRequest(site.key("activate v1"), other, now);
    assertThat(Told.carried(deployer.findUpload(upload, call()))).isEmpty();
    assertThat(Told.carried(deployer.findActivation(activation, call()))).isEmpty();
  }

  @Test
  @DisplayName("D28: without the vendor everything fails as a provider may, and nothing is absent")
  final void d28WithoutVendor() {
    Optional<Deployer> made = newDeployerWithoutVendor();
    assumeTrue(made.isPresent(), "there is no way to make a deployer without its vendor");
    Shipped shipped = site.ship("v1");

    try (Deployer alone = made.orElseThrow()) {
      assertThat(alone.resource(target())).isEqualTo(deployer.resource(target()));
      assertThat(alone.guarantees()).isEqualTo(deployer.guarantees());
      for (ProviderCalls.Named asked : calls(alone, shipped, "alone", Worksite::call)) {
        if (asked.needsVendor()) {
          Throwing.failure(asked.name(), asked.work()::get);
        } else {
          Throwing.orElse(
              asked.name(),
              () -> assertThat(asked.work().get()).isNotInstanceOf(Sighting.Absent.class));
        }
      }
    }
  }

  @Test
  @DisplayName("D29: a call that was stopped before it began ends as stopped, or as any other")
  final void d29StoppedCalls() {
    Shipped shipped = site.ship("v1");
    Cancellation cancelled = Cancellation.create();
    cancelled.cancel("the contract cancelled");
    Cancellation detached = Cancellation.create();
    detached.detach("the contract detached");

    for (Cancellation stop : List.of(cancelled, detached)) {
      CallContext context = new CallContext(Duration.ofSeconds(30), stop);
      String when = "after " + stop.stop().orElseThrow().kind();
      for (ProviderCalls.Named asked : calls(deployer, shipped, when, () -> context)) {
        Throwing.stopped(asked.name() + " " + when, asked.work()::get);
      }
    }

    site.settle();
    assertThat(site.active()).isPresent();
  }

  @Test
  @DisplayName("D30: an interrupt stops a call at most, and the thread stays interrupted")
  final void d30InterruptedCalls() {
    Shipped shipped = site.ship("v1");

    for (ProviderCalls.Named asked : calls(deployer, shipped, "interrupted", Worksite::call)) {
      Thread.currentThread().interrupt();
      boolean still;
      try {
        Throwing.stopped(asked.name() + " when interrupted", asked.work()::get);
      } finally {
        still = Thread.interrupted();
      }
      assertThat(still).as("interrupted after " + asked.name()).isTrue();
    }

    site.settle();
    assertThat(site.active()).isPresent();
  }

  @Test
  @DisplayName("D31: threads do not disturb each other")
  final void d31Threads() throws InterruptedException {
    site.ship("v1");
    Prepared prepared = site.prepare("v2");

    List<Optional<Version>> made =
        Crowd.of(8, member -> uploadAmongOthers(prepared, site.key("upload by " + member)));

    site.settle();
    List<String> ids = made.stream().flatMap(Optional::stream).map(Version::id).toList();
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
    if (readsUploadKeys()) {
      List<Optional<Version>> found =
          Crowd.of(8, member -> Told.carried(site.findUpload(site.key("upload by " + member))));
      assertThat(found.stream().flatMap(Optional::stream).map(Version::id)).isEqualTo(ids);
    }
  }

  @Test
  @DisplayName("D32: closing twice is as closing once")
  final void d32CloseTwice() {
    site.ship("v1");

    deployer.close();
    deployer.close();
  }

  @Test
  @DisplayName("D33: what was never deployed has no live settings")
  final void d33NothingHasNoSettings() {
    assertThat(liveSettings().snapshot(target(), call())).isEmpty();
  }

  @Test
  @DisplayName("D34: looking at live settings changes none")
  final void d34LookingAtSettings() {
    LiveSettings live = liveSettings();
    Prepared prepared = site.ship("v1").prepared();
    List<LiveSetting> now = live.snapshot(target(), call());
    List<LiveSetting> changes = live.changes(prepared, call());

    assertThat(live.changes(prepared, call())).isEqualTo(changes);
    assertThat(live.snapshot(target(), call())).isEqualTo(now);
    assertThat(now.stream().map(LiveSetting::name)).doesNotHaveDuplicates();
    assertThat(changes.stream().map(LiveSetting::name)).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("D35: a live setting that was set is seen to be set, and is no change any more")
  final void d35SettingIsSet() {
    LiveSettings live = liveSettings();
    Prepared prepared = site.ship("v1").prepared();
    List<LiveSetting> changes = live.changes(prepared, call());
    assumeFalse(changes.isEmpty(), "the build changes no live setting");

    List<String> left = new ArrayList<>(changes.stream().map(LiveSetting::name).toList());
    for (LiveSetting change : changes) {
      assertThat(live.isSet(target(), change, call())).as(change.name() + " before").isFalse();
      set(live, change);
      assertThat(live.isSet(target(), change, call())).as(change.name() + " after").isTrue();
      left.remove(change.name());
      assertThat(live.changes(prepared, call()).stream().map(LiveSetting::name)).isEqualTo(left);
    }

    assertThat(live.snapshot(target(), call()))
        .allMatch(setting -> live.isSet(target(), setting, call()));
  }

  @Test
  @DisplayName("D36: setting a live setting again changes nothing, and a snapshot can be set back")
  final void d36SettingsConverge() {
    LiveSettings live = liveSettings();
    Prepared prepared = site.ship("v1").prepared();
    List<LiveSetting> before = live.snapshot(target(), call());
    List<LiveSetting> changes = live.changes(prepared, call());
    changes.forEach(change -> set(live, change));
    List<LiveSetting> after = live.snapshot(target(), call());

    changes.forEach(change -> set(live, change));
    assertThat(live.snapshot(target(), call())).isEqualTo(after);

    before.forEach(setting -> set(live, setting));
    assertThat(live.snapshot(target(), call())).containsAll(before);
  }

  @Test
  @DisplayName("D37: reaching a version only computes, and tells versions apart")
  final void d37ReachComputes() {
    assumeTrue(deployer instanceof Reach, "the deployer cannot address one version");
    Reach reach = (Reach) deployer;
    Version first = site.ship("v1").version();
    Version second = site.ship("v2").version();
    Sight before = site.sight();
    Endpoint usual =
        Endpoint.of(URI.create("https://shop.example/health"), new IdentityRule.Header("x-version"))
            .withHeaders(Map.of("accept-language", "nl"));

    Optional<Endpoint> reached = reach.reach(first, usual);
    Optional<Endpoint> otherwise = reach.reach(second, usual);

    assertThat(reach.reach(first, usual)).isEqualTo(reached);
    assertThat(otherwise.isPresent()).isEqualTo(reached.isPresent());
    assertThat(site.sight()).isEqualTo(before);
    assumeTrue(reached.isPresent(), "the deployer cannot address one version of this target");
    Endpoint one = reached.orElseThrow();
    Endpoint other = otherwise.orElseThrow();
    assertThat(List.of(usual, one, other)).doesNotHaveDuplicates();
    assertThat(one.identity()).isEqualTo(usual.identity());
    assertThat(one.headers()).containsEntry("accept-language", "nl");
  }

  private Activation activation() {
    if (!canUploadWithoutTraffic()) {
      return Activation.WITH_UPLOAD;
    }
    return canSplitTraffic() ? Activation.SPLIT : Activation.SWITCH;
  }

  private boolean readsUploadKeys() {
    return deployer.guarantees().upload() == Guarantees.Kind.READ_BACK_KEY;
  }

  private boolean readsActivationKeys() {
    return deployer.guarantees().activate() == Guarantees.Kind.READ_BACK_KEY;
  }

  private static boolean repeatable(Guarantees.Kind kind) {
    return kind == Guarantees.Kind.IDEMPOTENCY_KEY || kind == Guarantees.Kind.CONVERGENT;
  }

  private static Split split(String first, String second, BigDecimal percentOfSecond) {
    return new Split(
        List.of(
            new Split.Share(first, ALL.subtract(percentOfSecond)),
            new Split.Share(second, percentOfSecond)));
  }

  private void assertUnknown(StepKey upload, StepKey activation) {
    assertThat(Told.carried(site.findUpload(upload))).as("%s", upload).isEmpty();
    assertThat(Told.carried(site.findActivation(activation))).as("%s", activation).isEmpty();
  }

  private void quick(String what, Runnable asked) {
    long begin = time().nanoTime();
    asked.run();
    Duration took = Duration.ofNanos(time().nanoTime() - begin);
    assertThat(took).as("how long %s took", what).isLessThanOrEqualTo(call().timeout());
  }

  private List<ProviderCalls.Named> calls(
      Deployer asked, Shipped shipped, String when, Supplier<CallContext> context) {
    return new ProviderCalls(asked, site, target(), shipped, when, context)
        .all(canUploadWithoutTraffic());
  }

  /** What the upload made, or empty if the vendor takes one at a time and refused this one. */
  private Optional<Version> uploadAmongOthers(Prepared prepared, StepKey key) {
    assertThat(deployer.resource(target())).isEqualTo(prepared.resource());
    assertThat(site.active()).isPresent();
    UploadRequest request = new UploadRequest(prepared, site.artifact("v2", prepared), key);
    try {
      return Optional.of(deployer.upload(request, call()));
    } catch (ProviderException e) {
      assertThat(e.kind()).isIn(FailureKind.CONFLICT, FailureKind.THROTTLED);
      return Optional.empty();
    }
  }

  private LiveSettings liveSettings() {
    assumeTrue(deployer instanceof LiveSettings, "the deployer has no live settings");
    return (LiveSettings) deployer;
  }

  private void set(LiveSettings live, LiveSetting setting) {
    live.set(target(), setting, site.key("set " + setting.name()), call());
    site.settle();
  }
}
