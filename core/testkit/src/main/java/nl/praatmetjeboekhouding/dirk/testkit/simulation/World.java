package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;

/**
 * The vendor and its traffic: what there really is, what reads show of it so far, and who answers.
 * It does what it is asked at once; what goes wrong on the way to it is the processes' matter. For
 * one thread.
 */
final class World {

  /** Within this time reads show what was written, as the vendor promises. */
  static final Duration WINDOW = Duration.ofSeconds(30);

  static final String SERVICE = "shop";
  static final String STRANGER = "a stranger";

  /** What must not be written down anywhere. */
  static final String SECRET = "s3cr3t-0f-th3-sh0p";

  private static final String HEADER = "world-version";

  /**
   * What took effect.
   *
   * @param by the task of the run that did it, or {@link #STRANGER}
   * @param at when
   * @param shown since when reads show it
   * @param followed since when the traffic follows it
   */
  record Landed<T>(T value, String by, long at, long shown, long followed) {}

  /** All that one target ever had, oldest first. */
  static final class Site {
    final Target target;
    final Endpoint endpoint;
    final List<Landed<Version>> versions = new ArrayList<>();
    final List<Landed<Deployment>> deployments = new ArrayList<>();

    Site(Environment environment, IdentityRule identity) {
      target = new Target(SERVICE, environment);
      endpoint =
          Endpoint.of(URI.create("https://" + environment.name() + ".example/health"), identity)
              .withHeaders(Map.of("authorization", "Bearer " + SECRET));
    }

    boolean isProduction() {
      return target.environment().equals(Environment.PRODUCTION);
    }

    /** What was deployed last, whatever reads show of it. */
    Optional<Landed<Deployment>> last() {
      return deployments.isEmpty()
          ? Optional.empty()
          : Optional.of(deployments.get(deployments.size() - 1));
    }

    Optional<Landed<Version>> version(String id) {
      return versions.stream().filter(landed -> landed.value().id().equals(id)).findFirst();
    }

    /** Whether this run uploaded that version. */
    boolean isBy(String version, String task) {
      return version(version).filter(landed -> landed.by().equals(task)).isPresent();
    }

    /** The versions that ever got traffic from somebody else than this run. */
    Set<String> servedForOthers(String task) {
      return deployments.stream()
          .filter(landed -> !landed.by().equals(task))
          .flatMap(landed -> receiving(landed.value().split()).stream())
          .collect(toSet());
    }
  }

  /** Hears what takes effect, directly after. */
  interface Hearing {
    void uploaded(Site site, Landed<Version> landed);

    void switched(Site site, Landed<Deployment> landed);
  }

  /** How long reads do not show a write, and traffic does not follow it, in nanoseconds. */
  record Late(long shown, long followed) {}

  private final Plot plot;
  private final WorldTime time;
  private final Hearing hearing;
  private final Site staging;
  private final Site production;
  private int counter;
  private int looks;

  World(Plot plot, WorldTime time, Hearing hearing) {
    this.plot = plot;
    this.time = time;
    this.hearing = hearing;
    IdentityRule identity =
        plot.tells() ? new IdentityRule.Pointer("/version") : new IdentityRule.None();
    staging = new Site(Environment.STAGING, identity);
    production = new Site(Environment.PRODUCTION, identity);
  }

  /** What the time is, in nanoseconds since whenever. */
  long now() {
    return time.nanoTime();
  }

  Site production() {
    return production;
  }

  Site staging() {
    return staging;
  }

  Site site(Target target) {
    return target.environment().equals(Environment.PRODUCTION) ? production : staging;
  }

  static String resource(Target target) {
    return "world:" + target;
  }

  /** The versions of a split that get traffic. */
  static List<String> receiving(Split split) {
    return split.shares().stream()
        .filter(share -> share.percent().signum() > 0)
        .map(Split.Share::version)
        .toList();
  }

  Prepared prepare(Target target, Order.Content content) {
    byte[] bytes = (content.label() + " " + content.sick() + " " + SECRET).getBytes(UTF_8);
    Prepared prepared =
        Prepared.of(
                target,
                resource(target),
                plot.activation(),
                List.of(ContentFile.of("app.txt", bytes)))
            .withSettings("{\"token\":\"" + SECRET + "\"}");
    return plot.activation() == Activation.WITH_UPLOAD ? prepared.irreversible() : prepared;
  }

  Version upload(UploadRequest request, Late late) {
    Site site = site(request.prepared().target());
    StepKey key = request.key();
    Version version =
        Version.of("v" + ++counter, site.target)
            .withRelease(request.artifact().release())
            .withKey(key.text())
            .withCreated(time.instant());
    add(site, version, key.run(), late);
    if (request.prepared().activation() == Activation.WITH_UPLOAD) {
      Deployment unused = add(site, Split.all(version.id()), Optional.of(key), late);
    }
    return version;
  }

  Deployment activate(ActivateRequest request, Late late) {
    Site site = site(request.target());
    if (plot.activation() == Activation.WITH_UPLOAD) {
      throw ProviderException.of(
          FailureKind.INELIGIBLE, "this vendor cannot put an earlier version back");
    }
    if (plot.activation() == Activation.SWITCH && request.split().sole().isEmpty()) {
      throw ProviderException.of(FailureKind.INVALID, "this vendor cannot split traffic");
    }
    Optional<String> standing = site.last().map(landed -> landed.value().id());
    if (plot.compares() && !request.expectedBase().allows(standing)) {
      throw ProviderException.of(
          FailureKind.CONFLICT, "what serves is " + standing.orElse("nothing"));
    }
    for (Split.Share share : request.split().shares()) {
      if (site.version(share.version()).isEmpty()) {
        throw ProviderException.of(FailureKind.NOT_FOUND, "there is no version " + share.version());
      }
    }
    return add(site, request.split(), Optional.of(request.key()), late);
  }

  /** Somebody else uploads something and sends all traffic of production to it. */
  void deployForeign(Late late) {
    Version version = Version.of("foreign" + ++counter, production.target);
    add(production, version.withCreated(time.instant()), STRANGER, late);
    Deployment unused = add(production, Split.all(version.id()), Optional.empty(), late);
  }

  private void add(Site site, Version version, String by, Late late) {
    long now = time.nanoTime();
    Landed<Version> landed = new Landed<>(version, by, now, now + late.shown(), now);
    site.versions.add(landed);
    hearing.uploaded(site, landed);
  }

  private Deployment add(Site site, Split split, Optional<StepKey> key, Late late) {
    long now = time.nanoTime();
    Deployment plain =
        Deployment.of("d" + ++counter, site.target, split).withCreated(time.instant());
    Deployment deployment = key.map(StepKey::text).map(plain::withKey).orElse(plain);
    Landed<Deployment> landed =
        new Landed<>(
            deployment,
            key.map(StepKey::run).orElse(STRANGER),
            now,
            now + late.shown(),
            now + late.followed());
    site.deployments.add(landed);
    hearing.switched(site, landed);
    return deployment;
  }

  Optional<Deployment> active(Target target) {
    return shown(site(target).deployments).stream().findFirst();
  }

  Optional<Version> version(Target target, String id) {
    return site(target).version(id).filter(this::isShown).map(Landed::value);
  }

  /** As far as reads show them, newest first. */
  List<Deployment> deployments(Target target) {
    return shown(site(target).deployments);
  }

  Sighting<Version> findUpload(Target target, StepKey key) {
    String text = key.text();
    return shown(site(target).versions).stream()
        .filter(version -> version.key().filter(text::equals).isPresent())
        .findFirst()
        .<Sighting<Version>>map(Sighting.Done::new)
        .orElseGet(Sighting.Absent::new);
  }

  Sighting<Deployment> findActivation(Target target, StepKey key) {
    String text = key.text();
    List<Deployment> seen = shown(site(target).deployments);
    return seen.stream()
        .filter(deployment -> deployment.key().filter(text::equals).isPresent())
        .findFirst()
        .<Sighting<Deployment>>map(
            deployment ->
                deployment.id().equals(seen.get(0).id())
                    ? new Sighting.Done<>(deployment)
                    : new Sighting.Superseded<>(deployment))
        .orElseGet(Sighting.Absent::new);
  }

  /** How to ask for one version. */
  Optional<Endpoint> reach(Version version, Endpoint endpoint) {
    return plot.reaches() == Plot.Reached.NEVER
        ? Optional.empty()
        : Optional.of(
            endpoint.withHeaders(
                Map.of("authorization", "Bearer " + SECRET, HEADER, version.id())));
  }

  /** Whether somebody asks for one version. */
  static boolean isAsking(Endpoint endpoint) {
    return endpoint.headers().containsKey(HEADER);
  }

  Site site(Endpoint endpoint) {
    return endpoint.uri().equals(production.endpoint.uri()) ? production : staging;
  }

  /** Who answers there at this moment; empty if nobody does. */
  Optional<Version> answering(Endpoint endpoint) {
    Site site = site(endpoint);
    long now = time.nanoTime();
    for (int index = site.deployments.size() - 1; index >= 0; index--) {
      if (site.deployments.get(index).followed() <= now) {
        String id = answering(site.deployments.get(index).value().split(), endpoint);
        return site.version(id).map(Landed::value);
      }
    }
    return Optional.empty();
  }

  private String answering(Split split, Endpoint endpoint) {
    String asked = endpoint.headers().get(HEADER);
    if (asked != null && plot.reaches() == Plot.Reached.HEEDED && split.names(asked)) {
      return asked;
    }
    if (split.shares().size() == 1) {
      return split.shares().get(0).version();
    }
    double drawn = 100 * Point.unit(Point.mix(++looks));
    double sum = 0;
    for (Split.Share share : split.shares()) {
      sum += share.percent().doubleValue();
      if (drawn < sum) {
        return share.version();
      }
    }
    return split.shares().get(0).version();
  }

  /** Whether a version gets all traffic of production. */
  boolean servesAlone(String version) {
    return production
        .last()
        .flatMap(landed -> landed.value().split().sole())
        .filter(version::equals)
        .isPresent();
  }

  /** What a version was built from; empty if a stranger uploaded it. */
  Optional<Digest> digest(Version version) {
    return version.release().map(Release::digest);
  }

  private boolean isShown(Landed<?> landed) {
    return landed.shown() <= time.nanoTime();
  }

  private <T> List<T> shown(List<Landed<T>> all) {
    List<T> shown = new ArrayList<>(all.size());
    for (int index = all.size() - 1; index >= 0; index--) {
      if (isShown(all.get(index))) {
        shown.add(all.get(index).value());
      }
    }
    return shown;
  }
}
