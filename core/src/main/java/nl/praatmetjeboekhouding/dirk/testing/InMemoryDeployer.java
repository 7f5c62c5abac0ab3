package nl.praatmetjeboekhouding.dirk.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A deployer without a vendor: it keeps everything in memory, can be made to fail in every way that
 * vendors fail, and counts what took effect. It behaves like one of the {@linkplain Shape shapes}
 * that vendors come in. Safe for use by several threads.
 */
public final class InMemoryDeployer implements Deployer {

  /** What kind of vendor it behaves like. */
  public enum Shape {
    /** Versions share the traffic. */
    SPLITTING,
    /** All or nothing. */
    SWITCHING,
    /** The upload is the switch, and nothing can be put back. */
    AT_ONCE,
    /** As {@link #SWITCHING}, but everything takes minutes. */
    SLOW
  }

  /** What can be asked of it, for planting failures. */
  public enum Call {
    /** {@link Deployer#prepare}. */
    PREPARE,
    /** {@link Deployer#upload}. */
    UPLOAD,
    /** {@link Deployer#activate}. */
    ACTIVATE,
    /** {@link Deployer#active}. */
    ACTIVE,
    /** Both of {@link Deployer}'s {@code refresh}. */
    REFRESH,
    /** {@link Deployer#findUpload} and {@link Deployer#findActivation}. */
    FIND
  }

  private static final Target ANYWHERE = new Target("*", new Environment("anywhere"));
  private static final Duration SLOWNESS = Duration.ofMinutes(3);

  private record Planted(FailureKind kind, boolean afterTheEffect, Optional<Duration> retryAfter) {}

  private final Shape shape;
  private final TimeSource time;
  private final Map<Target, List<Version>> versions = new HashMap<>();
  private final Map<Target, List<Deployment>> deployments = new HashMap<>();
  private final Map<Call, Deque<Planted>> planted = new HashMap<>();
  private final Map<Target, List<ContentFile>> files = new HashMap<>();
  private Duration settleWindow = Duration.ZERO;
  private Optional<String> onlyResource = Optional.empty();
  private boolean comparing;
  private int counter;

  private InMemoryDeployer(Shape shape, TimeSource time) {
    this.shape = requireNonNull(shape, "shape");
    this.time = requireNonNull(time, "time");
  }

  /** A vendor of this shape at which nothing was ever deployed. */
  public static InMemoryDeployer of(Shape shape, TimeSource time) {
    return new InMemoryDeployer(shape, time);
  }

  /** A provider that gives this deployer to every service which names the id. */
  public DeployerProvider provider(String id) {
    return new GivenDeployer(requireNonNull(id, "id"), this);
  }

  /**
   * This vendor where one version can be addressed whatever its share is; {@link #answering} tells
   * who answers.
   */
  public Deployer reachable() {
    return new ReachableDeployer(this);
  }

  /**
   * The version that answers at an endpoint of a target: the one that the endpoint names, if it has
   * a share, or else the one with the largest share; empty if nothing serves.
   */
  public synchronized Optional<Version> answering(Target target, Endpoint endpoint) {
    List<Split.Share> shares =
        deploymentsOf(target).stream()
            .findFirst()
            .map(deployment -> deployment.split().shares())
            .orElse(List.of());
    return shares.stream()
        .filter(share -> ReachableDeployer.names(endpoint, share.version()))
        .findFirst()
        .or(() -> shares.stream().max(Comparator.comparing(Split.Share::percent)))
        .flatMap(share -> find(target, share.version()));
  }

  /** What the next build for every target consists of. */
  public synchronized InMemoryDeployer building(String content) {
    files.clear();
    files.put(ANYWHERE, List.of(ContentFile.of("app.txt", content.getBytes(UTF_8))));
    return this;
  }

  /** What the next build for one target consists of, when it differs. */
  public synchronized InMemoryDeployer buildingFor(Target target, String content) {
    files.put(target, List.of(ContentFile.of("app.txt", content.getBytes(UTF_8))));
    return this;
  }

  /** Makes the next such call fail before it does anything. */
  public synchronized InMemoryDeployer failNext(Call call, FailureKind kind) {
    planted
        .computeIfAbsent(call, any -> new ArrayDeque<>())
        .add(new Planted(kind, false, Optional.empty()));
    return this;
  }

  /** Makes the next such call be refused as one too many, to be tried again after this long. */
  public synchronized InMemoryDeployer throttleNext(Call call, Duration retryAfter) {
    planted
        .computeIfAbsent(call, any -> new ArrayDeque<>())
        .add(new Planted(FailureKind.THROTTLED, false, Optional.of(retryAfter)));
    return this;
  }

  /** Makes the next such call take effect and then fail, as when the answer is lost. */
  public synchronized InMemoryDeployer loseNextAnswer(Call call, FailureKind kind) {
    planted
        .computeIfAbsent(call, any -> new ArrayDeque<>())
        .add(new Planted(kind, true, Optional.empty()));
    return this;
  }

  /** Forgets the failures that were planted and have not happened yet. */
  public synchronized InMemoryDeployer forgetPlanted() {
    planted.clear();
    return this;
  }

  /**
   * From now on reads show a write only after this long; that is also the settle window that is
   * promised.
   */
  public synchronized InMemoryDeployer lagging(Duration lag) {
    settleWindow = lag;
    return this;
  }

  /** From now on all targets are one resource of this name. */
  public synchronized InMemoryDeployer withOnlyResource(String name) {
    onlyResource = Optional.of(name);
    return this;
  }

  /** From now on refuses an activation whose expected base does not stand. */
  public synchronized InMemoryDeployer comparing() {
    comparing = true;
    return this;
  }

  /** Somebody else sends all traffic of a target to a version of his own. */
  public synchronized Deployment deployForeign(Target target, String version) {
    versionsOf(target).add(0, Version.of(version, target).withCreated(time.instant()));
    Deployment deployment =
        Deployment.of("foreign-" + ++counter, target, Split.all(version))
            .withCreated(time.instant());
    deploymentsOf(target).add(0, deployment);
    return deployment;
  }

  /** From now on a target has had these, newest first, as an earlier process may have made them. */
  public synchronized InMemoryDeployer restore(
      Target target, List<Version> made, List<Deployment> served) {
    versions.put(target, new ArrayList<>(made));
    deployments.put(target, new ArrayList<>(served));
    counter += 1000;
    return this;
  }

  /** The label of the release that gets all traffic of a target, or empty if none does. */
  public synchronized Optional<String> serving(Target target) {
    return deploymentsOf(target).stream()
        .findFirst()
        .flatMap(deployment -> deployment.split().sole())
        .flatMap(id -> find(target, id))
        .map(version -> version.release().map(release -> release.label()).orElse(version.id()));
  }

  /** The version that gets all traffic of a target, or empty if none does. */
  public synchronized Optional<Version> servingVersion(Target target) {
    return deploymentsOf(target).stream()
        .findFirst()
        .flatMap(deployment -> deployment.split().sole())
        .flatMap(id -> find(target, id));
  }

  /** How many uploads to a target took effect. */
  public synchronized int uploads(Target target) {
    return versionsOf(target).size();
  }

  /** What uploads to a target made, newest first, whatever its reads show yet. */
  public synchronized List<Version> versions(Target target) {
    return List.copyOf(versionsOf(target));
  }

  /** What served a target, newest first, whatever its reads show yet. */
  public synchronized List<Deployment> deployments(Target target) {
    return List.copyOf(deploymentsOf(target));
  }

  /** How many deployments a target has had. */
  public synchronized int activations(Target target) {
    return deploymentsOf(target).size();
  }

  @Override
  public synchronized String resource(Target target) {
    return "memory:" + onlyResource.orElseGet(target::toString);
  }

  @Override
  public synchronized Prepared prepare(PrepareRequest request, CallContext call) {
    failIfPlanted(Call.PREPARE, false);
    List<ContentFile> content =
        files.getOrDefault(
            request.target(),
            files.getOrDefault(ANYWHERE, List.of(ContentFile.of("app.txt", new byte[0]))));
    Prepared prepared =
        Prepared.of(request.target(), resource(request.target()), activation(), content)
            .withSettings("{}");
    return shape == Shape.AT_ONCE ? prepared.irreversible() : prepared;
  }

  @Override
  public synchronized Version upload(UploadRequest request, CallContext call) {
    failIfPlanted(Call.UPLOAD, false);
    Target target = request.prepared().target();
    Artifact artifact = request.artifact();
    Version version =
        Version.of("v" + ++counter, target)
            .withRelease(artifact.release())
            .withKey(request.key().text())
            .withCreated(time.instant());
    versionsOf(target).add(0, version);
    if (shape == Shape.AT_ONCE) {
      deploymentsOf(target)
          .add(
              0,
              Deployment.of("d" + ++counter, target, Split.all(version.id()))
                  .withKey(request.key().text())
                  .withCreated(time.instant()));
    }
    failIfPlanted(Call.UPLOAD, true);
    return asItIs(version);
  }

  @Override
  public synchronized Deployment activate(ActivateRequest request, CallContext call) {
    failIfPlanted(Call.ACTIVATE, false);
    if (shape == Shape.AT_ONCE) {
      throw ProviderException.of(
          FailureKind.INELIGIBLE, "this vendor cannot put an earlier version back");
    }
    Optional<String> standing =
        deploymentsOf(request.target()).stream().findFirst().map(Deployment::id);
    if (comparing && !request.expectedBase().allows(standing)) {
      throw ProviderException.of(
          FailureKind.CONFLICT,
          "what serves is " + standing.orElse("nothing") + ", not " + request.expectedBase());
    }
    for (Split.Share share : request.split().shares()) {
      if (find(request.target(), share.version()).isEmpty()) {
        throw ProviderException.of(
            FailureKind.NOT_FOUND,
            "there is no version " + share.version() + " of " + request.target());
      }
    }
    if (shape != Shape.SPLITTING && request.split().sole().isEmpty()) {
      throw ProviderException.of(FailureKind.INVALID, "this vendor cannot split traffic");
    }
    Deployment deployment =
        Deployment.of("d" + ++counter, request.target(), request.split())
            .withKey(request.key().text())
            .withCreated(time.instant());
    deploymentsOf(request.target()).add(0, deployment);
    failIfPlanted(Call.ACTIVATE, true);
    return asItIs(deployment);
  }

  @Override
  public synchronized Optional<Deployment> active(Target target, CallContext call) {
    failIfPlanted(Call.ACTIVE, false);
    return visible(deploymentsOf(target)).stream().findFirst();
  }

  @Override
  public synchronized Optional<Version> version(Target target, String id, CallContext call) {
    return find(target, id).map(version -> refresh(version, call));
  }

  @Override
  public synchronized DeploymentPage deployments(
      Target target, Optional<String> cursor, CallContext call) {
    return DeploymentPage.last(visible(deploymentsOf(target)));
  }

  @Override
  public synchronized Version refresh(Version version, CallContext call) {
    failIfPlanted(Call.REFRESH, false);
    return asItIs(version);
  }

  private Version asItIs(Version version) {
    return version.withProgress(progress(version.created()));
  }

  @Override
  public synchronized Deployment refresh(Deployment deployment, CallContext call) {
    failIfPlanted(Call.REFRESH, false);
    return asItIs(deployment);
  }

  private Deployment asItIs(Deployment deployment) {
    return deployment.withProgress(progress(deployment.created()));
  }

  @Override
  public synchronized Sighting<Version> findUpload(FindRequest request, CallContext call) {
    failIfPlanted(Call.FIND, false);
    return versionsOf(request.target()).stream()
        .filter(version -> isVisible(version.created()))
        .filter(version -> version.key().equals(Optional.of(request.key().text())))
        .findFirst()
        .map(version -> refresh(version, call))
        .<Sighting<Version>>map(Sighting.Done::new)
        .orElseGet(Sighting.Absent::new);
  }

  @Override
  public synchronized Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
    failIfPlanted(Call.FIND, false);
    List<Deployment> seen = visible(deploymentsOf(request.target()));
    return seen.stream()
        .filter(deployment -> deployment.key().equals(Optional.of(request.key().text())))
        .findFirst()
        .<Sighting<Deployment>>map(
            deployment ->
                deployment.equals(seen.get(0))
                    ? new Sighting.Done<>(deployment)
                    : new Sighting.Superseded<>(deployment))
        .orElseGet(Sighting.Absent::new);
  }

  @Override
  public synchronized Guarantees guarantees() {
    Guarantees promised =
        Guarantees.of(Guarantees.Kind.READ_BACK_KEY, Guarantees.Kind.READ_BACK_KEY)
            .settlingWithin(settleWindow);
    return comparing ? promised.comparingAndSetting() : promised;
  }

  private Activation activation() {
    return switch (shape) {
      case SPLITTING -> Activation.SPLIT;
      case SWITCHING, SLOW -> Activation.SWITCH;
      case AT_ONCE -> Activation.WITH_UPLOAD;
    };
  }

  private Progress progress(Optional<Instant> created) {
    boolean isDone =
        shape != Shape.SLOW || !created.orElseThrow().plus(SLOWNESS).isAfter(time.instant());
    return isDone ? Progress.ready() : Progress.pending();
  }

  private List<Deployment> visible(List<Deployment> all) {
    return all.stream()
        .filter(deployment -> isVisible(deployment.created()))
        .map(deployment -> deployment.withProgress(progress(deployment.created())))
        .toList();
  }

  private boolean isVisible(Optional<Instant> created) {
    return created.map(at -> !at.plus(settleWindow).isAfter(time.instant())).orElse(true);
  }

  private void failIfPlanted(Call call, boolean afterTheEffect) {
    Deque<Planted> waiting = planted.getOrDefault(call, new ArrayDeque<>());
    Planted next = waiting.peek();
    if (next != null && next.afterTheEffect() == afterTheEffect) {
      waiting.remove();
      ProviderException.Builder failure =
          ProviderException.with(next.kind(), "planted: " + call + " failed with " + next.kind());
      next.retryAfter().ifPresent(failure::retryAfter);
      throw failure.build();
    }
  }

  private Optional<Version> find(Target target, String id) {
    return versionsOf(target).stream().filter(version -> version.id().equals(id)).findFirst();
  }

  private List<Version> versionsOf(Target target) {
    return versions.computeIfAbsent(target, any -> new ArrayList<>());
  }

  private List<Deployment> deploymentsOf(Target target) {
    return deployments.computeIfAbsent(target, any -> new ArrayList<>());
  }
}
