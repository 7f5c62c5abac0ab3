package nl.praatmetjeboekhouding.dirk.examples.symlink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymlinkDeployerTest {

  private static final Target TARGET = new Target("site", Environment.PRODUCTION);
  private static final CallContext CALL = CallContext.of(Duration.ofSeconds(5));

  private final ManualTime time = ManualTime.create();

  @TempDir private Path folder;
  private Path live;
  private SymlinkDeployer deployer;

  @BeforeEach
  void setUp() throws IOException {
    live = folder.resolve("site/production/current");
    Path content = Files.createDirectories(folder.resolve("public"));
    deployer = new SymlinkDeployer(folder, new Content(content), time);
  }

  @Test
  void theLinkAlwaysLeadsToOneWholeRelease() throws IOException {
    activate("run-1", upload("run-1", "one"));

    Version two = upload("run-2", "two");

    assertThat(live.resolve("page.txt")).hasContent("one");
    activate("run-2", two);
    assertThat(live.resolve("page.txt")).hasContent("two");
  }

  @Test
  void whatAKeyDidIsFoundByAnotherDeployer() {
    Version version = upload("run-1", "one");
    Deployment deployment = activate("run-1", version);
    SymlinkDeployer other = new SymlinkDeployer(folder, new Content(folder), time);

    assertThat(other.findUpload(find("run-1"), CALL)).isEqualTo(new Sighting.Done<>(version));
    assertThat(other.findActivation(find("run-1"), CALL))
        .isEqualTo(new Sighting.Done<>(deployment));
  }

  @Test
  void whatAKeyNeverDidIsAbsent() {
    assertThat(deployer.findUpload(find("run-1"), CALL)).isInstanceOf(Sighting.Absent.class);
    assertThat(deployer.findActivation(find("run-1"), CALL)).isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void anActivationThatWasReplacedIsSuperseded() {
    Version one = upload("run-1", "one");
    Deployment first = activate("run-1", one);

    activate("run-2", upload("run-2", "two"));

    assertThat(deployer.findActivation(find("run-1"), CALL))
        .isEqualTo(new Sighting.Superseded<>(first));
  }

  @Test
  void aLateRepeatOfAnActivationDoesNotUndoALaterOne() throws IOException {
    Version one = upload("run-1", "one");
    activate("run-1", one);
    activate("run-2", upload("run-2", "two"));

    activate("run-1", one);

    assertThat(live.resolve("page.txt")).hasContent("two");
  }

  @Test
  void aDeploymentThatWasAddedButNeverLiveIsAbsent() throws IOException {
    Version one = upload("run-1", "one");
    dieBeforeTheSwitch("run-1", one);

    assertThat(deployer.findActivation(find("run-1"), CALL)).isInstanceOf(Sighting.Absent.class);
    assertThat(deployer.active(TARGET, CALL)).isEmpty();
  }

  @Test
  void whetherADeploymentWasLiveCannotBeToldOnceSomebodyElseSwitched() throws IOException {
    Version one = upload("run-1", "one");
    dieBeforeTheSwitch("run-1", one);

    activate("run-2", upload("run-2", "two"));

    assertThat(deployer.findActivation(find("run-1"), CALL))
        .isInstanceOf(Sighting.CannotTell.class);
  }

  @Test
  void deploymentsAreListedNewestFirstByPage() {
    Version version = upload("run-0", "one");
    List<String> made =
        IntStream.range(0, 25).mapToObj(run -> activate("run-" + run, version).id()).toList();

    DeploymentPage first = deployer.deployments(TARGET, Optional.empty(), CALL);
    DeploymentPage second = deployer.deployments(TARGET, first.next(), CALL);

    assertThat(first.deployments()).hasSize(20);
    assertThat(first.deployments().get(0).id()).isEqualTo(made.get(24));
    assertThat(second.deployments()).extracting(Deployment::id).endsWith(made.get(0)).hasSize(5);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void contentThatChangedSinceItWasBuiltIsNotDeployed() throws IOException {
    Files.writeString(folder.resolve("public/page.txt"), "one");
    Prepared prepared = deployer.prepare(new PrepareRequest(TARGET), CALL);
    Artifact artifact = Artifact.of("1", prepared.files());
    Files.writeString(folder.resolve("public/page.txt"), "two");

    assertThatExceptionOfType(ProviderException.class)
        .isThrownBy(
            () -> deployer.upload(new UploadRequest(prepared, artifact, key("run-1")), CALL))
        .withMessageContaining("page.txt is not what was built any more")
        .returns(FailureKind.NOT_SENT, ProviderException::kind);
    assertThat(deployer.findUpload(find("run-1"), CALL)).isInstanceOf(Sighting.Absent.class);
    assertThat(folder.resolve("site/production/versions")).isEmptyDirectory();
  }

  @Test
  void anEmptyProjectIsNotDeployed() {
    assertThatExceptionOfType(ProviderException.class)
        .isThrownBy(() -> deployer.prepare(new PrepareRequest(TARGET), CALL))
        .withMessageContaining("is empty: build the project");
  }

  @Test
  void aSplitIsRefused() {
    Version one = upload("run-1", "one");
    Version two = upload("run-2", "two");
    Split half =
        new Split(
            List.of(
                new Split.Share(one.id(), BigDecimal.valueOf(50)),
                new Split.Share(two.id(), BigDecimal.valueOf(50))));

    assertThatExceptionOfType(ProviderException.class)
        .isThrownBy(() -> activate("run-3", half))
        .returns(FailureKind.INVALID, ProviderException::kind);
  }

  @Test
  void withoutItsFolderNothingIsSaidToBeAbsent() {
    SymlinkDeployer unmounted =
        new SymlinkDeployer(folder.resolve("unmounted"), new Content(folder), time);

    assertThatExceptionOfType(ProviderException.class)
        .isThrownBy(() -> unmounted.active(TARGET, CALL))
        .withMessageContaining("create it, or mount its disk")
        .returns(FailureKind.NOT_SENT, ProviderException::kind);
    assertThatExceptionOfType(ProviderException.class)
        .isThrownBy(() -> unmounted.findUpload(find("run-1"), CALL));
    assertThatExceptionOfType(ProviderException.class)
        .isThrownBy(() -> unmounted.findActivation(find("run-1"), CALL));
  }

  @Test
  void anIdThatLeadsOutOfTheFolderNamesNoVersion() {
    upload("run-1", "one");

    assertThat(deployer.version(TARGET, "../versions", CALL)).isEmpty();
  }

  @Test
  void aLinkOfSomebodyElseIsTold() throws IOException {
    activate("run-1", upload("run-1", "one"));
    Files.delete(live);
    Files.createSymbolicLink(live, folder);

    assertThatExceptionOfType(ProviderException.class)
        .isThrownBy(() -> deployer.active(TARGET, CALL))
        .withMessageContaining("was changed by somebody else")
        .returns(FailureKind.UNREADABLE, ProviderException::kind);
  }

  private Version upload(String run, String content) {
    List<ContentFile> files = List.of(ContentFile.of("page.txt", content.getBytes(UTF_8)));
    Prepared prepared = Prepared.of(TARGET, deployer.resource(TARGET), Activation.SWITCH, files);
    return deployer.upload(
        new UploadRequest(prepared, Artifact.of(content, files), key(run)), CALL);
  }

  private Deployment activate(String run, Version version) {
    return activate(run, Split.all(version.id()));
  }

  private Deployment activate(String run, Split split) {
    return deployer.activate(
        new ActivateRequest(TARGET, split, new ExpectedBase.Anything(), key(run), "a test"), CALL);
  }

  /** Leaves what a process leaves that ends between adding a deployment and making it live. */
  private void dieBeforeTheSwitch(String run, Version version) throws IOException {
    activate(run, version);
    Files.delete(live);
  }

  private static FindRequest find(String run) {
    return new FindRequest(key(run), TARGET, Instant.EPOCH);
  }

  private static StepKey key(String run) {
    return new StepKey(run, "step");
  }
}
