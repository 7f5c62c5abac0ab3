package nl.praatmetjeboekhouding.dirk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A deployer at work on one target: what a runbook does over and over, waiting included, so that a
 * rule can say what it is about. After each write it waits until the vendor is done and its reads
 * have to show it.
 */
final class Worksite {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private static final int MOST_PAGES = 1000;

  private final Deployer deployer;
  private final Target target;
  private final TimeSource time;
  private final Consumer<String> build;
  private final Duration patience;
  private final String run = "contract-" + UUID.randomUUID().toString().substring(0, 8);
  private final Instant began;

  Worksite(
      Deployer deployer,
      Target target,
      TimeSource time,
      Consumer<String> build,
      Duration patience) {
    this.deployer = deployer;
    this.target = target;
    this.time = time;
    this.build = build;
    this.patience = patience;
    this.began = time.instant();
  }

  /**
   * A release that serves its target.
   *
   * @param prepared what its deploy was to do
   * @param version what the upload made, ready
   * @param deployment what is active since
   */
  record Shipped(Prepared prepared, Version version, Deployment deployment) {

    String id() {
      return version.id();
    }

    boolean withUpload() {
      return prepared.activation() == Activation.WITH_UPLOAD;
    }
  }

  /**
   * All that can be read of a target.
   *
   * @param active what serves it
   * @param deployments what served it, newest first
   */
  record Sight(Optional<Deployment> active, List<Deployment> deployments) {}

  static CallContext call() {
    return CallContext.of(Duration.ofSeconds(30));
  }

  /** The key of a step of this test, which no other test has. */
  StepKey key(String step) {
    return new StepKey(run, step);
  }

  Artifact artifact(String label, Prepared prepared) {
    return Artifact.of(label, prepared.files());
  }

  Prepared prepare() {
    return deployer.prepare(new PrepareRequest(target), call());
  }

  Prepared prepare(String content) {
    build.accept(content);
    return prepare();
  }

  Version upload(Prepared prepared, String label, StepKey key) {
    Version version =
        deployer.upload(new UploadRequest(prepared, artifact(label, prepared), key), call());
    Version ready = settled(version, Version::progress, now -> deployer.refresh(now, call()));
    settle();
    return ready;
  }

  Version upload(Prepared prepared, String content) {
    return upload(prepared, content, key("upload " + content));
  }

  Version upload(String content) {
    return upload(prepare(content), content);
  }

  ActivateRequest activation(Split split, StepKey key) {
    return new ActivateRequest(
        target, split, ExpectedBase.of(active().map(Deployment::id)), key, "contract");
  }

  Deployment activate(ActivateRequest request) {
    Deployment deployment = deployer.activate(request, call());
    Deployment ready =
        settled(deployment, Deployment::progress, now -> deployer.refresh(now, call()));
    settle();
    return ready;
  }

  Deployment activate(Split split, String step) {
    return activate(activation(split, key(step)));
  }

  /** Builds, uploads and activates, as the vendor will have it. */
  Shipped ship(String content) {
    Prepared prepared = prepare(content);
    Version version = upload(prepared, content);
    if (prepared.activation() != Activation.WITH_UPLOAD) {
      return new Shipped(
          prepared, version, activate(Split.all(version.id()), "activate " + content));
    }
    Optional<Deployment> active = active();
    assertThat(active).as("what is active after an upload that is the switch").isPresent();
    return new Shipped(prepared, version, active.orElseThrow());
  }

  Optional<Deployment> active() {
    return deployer.active(target, call());
  }

  Split activeSplit() {
    Optional<Deployment> active = active();
    assertThat(active).as("what is active").isPresent();
    return active.orElseThrow().split();
  }

  Optional<Version> version(String id) {
    return deployer.version(target, id, call());
  }

  /** All pages; more than a thousand are a list that does not end. */
  List<Deployment> deployments() {
    List<Deployment> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int page = 1; page <= MOST_PAGES; page++) {
      DeploymentPage found = deployer.deployments(target, cursor, call());
      all.addAll(found.deployments());
      cursor = found.next();
      if (cursor.isEmpty()) {
        return all;
      }
    }
    throw new AssertionError("the list of deployments did not end after " + MOST_PAGES + " pages");
  }

  Sight sight() {
    return new Sight(active(), deployments());
  }

  FindRequest look(StepKey key) {
    return new FindRequest(key, target, began);
  }

  Sighting<Version> findUpload(StepKey key) {
    return deployer.findUpload(look(key), call());
  }

  Sighting<Deployment> findActivation(StepKey key) {
    return deployer.findActivation(look(key), call());
  }

  /** Lets the time pass after which reads must show what was written. */
  void settle() {
    pause(deployer.guarantees().settleWindow());
  }

  void pause(Duration wait) {
    boolean passed = time.pause(wait, Cancellation.create());
    assertThat(passed).as("the time source paused").isTrue();
  }

  /** The value once the vendor is done with it. */
  private <T> T settled(T value, ProgressOf<T> progress, UnaryOperator<T> refresh) {
    long begin = time.nanoTime();
    T now = value;
    while (progress.of(now) instanceof Progress.Pending) {
      assertThat(Duration.ofNanos(time.nanoTime() - begin))
          .as("how long the vendor has been at work on " + now)
          .isLessThan(patience);
      pause(LOOK_AGAIN);
      now = refresh.apply(now);
    }
    assertThat(progress.of(now)).as("what came of " + now).isInstanceOf(Progress.Ready.class);
    return now;
  }

  /** How far the vendor is with something. */
  private interface ProgressOf<T> {
    Progress of(T value);
  }
}
