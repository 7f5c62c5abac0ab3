package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.PagesFile;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;

/**
 * Deploys a Pages project. Every upload is the switch, once its stages are through. In production
 * an earlier one can be put back; a preview has no way back but another upload.
 */
final class PagesDeployer implements Deployer {

  private static final Pattern CURSOR = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** How many pages are looked through for what serves, or for a key. */
  private static final int PAGES = 20;

  /** How far this machine's clock may be from Cloudflare's. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  private final Pages pages;
  private final PagesSite site;
  private final Known<PagesFile> known;
  private final Duration settleWindow;

  PagesDeployer(Pages pages, PagesSite site, Duration settleWindow) {
    this.pages = pages;
    this.site = site;
    known = new Known<>("the Pages project", any -> site.file(), PagesFile::project);
    this.settleWindow = settleWindow;
  }

  @Override
  public String resource(Target target) {
    return resource(known.still(target), target);
  }

  private String resource(PagesFile file, Target target) {
    return "cloudflare:"
        + pages.account()
        + "/pages/"
        + file.project()
        + site.preview(target).map(branch -> "/preview/" + branch).orElse("/production");
  }

  @Override
  public Prepared prepare(PrepareRequest request, CallContext call) {
    Target target = request.target();
    PagesFile file = site.file();
    Optional<String> preview = site.preview(target);
    JsonNode project = pages.project(file.project(), call);
    String production = project.path("production_branch").asText("");
    if (preview.equals(Optional.of(production))) {
      throw ProviderException.of(
          FailureKind.INELIGIBLE,
          "Nothing was deployed: "
              + target.environment().name()
              + " would go to the branch "
              + production
              + ", which is production of "
              + file.project()
              + "; give it another one under \"branches\"");
    }
    List<ContentFile> files = site.files(file);
    known.remember(target, file);
    Prepared prepared =
        Prepared.of(target, resource(file, target), Activation.WITH_UPLOAD, files)
            .withWarnings(file.warnings());
    boolean wayBack = preview.isEmpty() && canonical(project).isPresent();
    return wayBack ? prepared : prepared.irreversible();
  }

  @Override
  public Version upload(UploadRequest request, CallContext call) {
    Target target = request.prepared().target();
    String message = PagesAnswers.message(request.key(), request.artifact().release());
    PagesDeployment deployed =
        PagesSite.laidOut(
            request.artifact().files(),
            upload -> {
              known.begin(request.key(), target, upload.project());
              PagesUpload ours = upload.commitMessage(message);
              return pages.deploy(site.preview(target).map(ours::branch).orElse(ours), call);
            });
    return PagesAnswers.version(deployed.json(), target)
        .withRelease(request.artifact().release())
        .withKey(request.key().text());
  }

  /** Puts an earlier deployment back, which Pages can only in production. */
  @Override
  public Deployment activate(ActivateRequest request, CallContext call) {
    String id = request.split().sole().filter(one -> ID.matcher(one).matches()).orElse("");
    if (id.isEmpty()) {
      throw refused("Pages serves one deployment at a time, and not " + request.split());
    }
    if (site.preview(request.target()).isPresent()) {
      throw refused(
          "Pages puts back only what served production; deploy the earlier release again");
    }
    String project = known.of(request.key(), request.target()).project();
    JsonNode back = pages.rollback(project, id, call);
    return PagesAnswers.deployment(back, request.target());
  }

  @Override
  public Optional<Deployment> active(Target target, CallContext call) {
    Remaining remaining = new Remaining(call, pages.time());
    return serving(target, remaining).map(json -> PagesAnswers.deployment(json, target));
  }

  private Optional<JsonNode> serving(Target target, Remaining remaining) {
    if (site.preview(target).isEmpty()) {
      return canonical(pages.project(known.of(target).project(), remaining.call()));
    }
    for (int page = 1; page <= PAGES; page++) {
      List<JsonNode> some = page(target, page, remaining.call());
      Optional<JsonNode> newest = served(some, target).findFirst();
      if (newest.isPresent() || some.size() < Pages.PAGE) {
        return newest;
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Version> version(Target target, String id, CallContext call) {
    return ID.matcher(id).matches()
        ? now(target, id, call)
            .filter(json -> isOf(json, target))
            .map(json -> PagesAnswers.version(json, target))
        : Optional.empty();
  }

  /** A deployment as it is now, or empty if there is none or it is not to be seen yet. */
  private Optional<JsonNode> now(Target target, String id, CallContext call) {
    try {
      return Optional.of(pages.deployment(known.of(target).project(), id, call));
    } catch (ProviderException e) {
      if (e.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What serves stands first, also where it was put back and others are newer. */
  @Override
  public DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call) {
    Remaining remaining = new Remaining(call, pages.time());
    int page = cursor.map(PagesDeployer::page).orElse(1);
    List<JsonNode> some = page(target, page, remaining.call());
    Optional<JsonNode> serving =
        site.preview(target).isEmpty() ? serving(target, remaining) : Optional.empty();
    Optional<String> first = serving.map(json -> json.path("id").asText());
    Stream<JsonNode> others =
        served(some, target).filter(json -> !first.equals(Optional.of(json.path("id").asText())));
    return new DeploymentPage(
        Stream.concat(page == 1 ? serving.stream() : Stream.empty(), others)
            .map(json -> PagesAnswers.deployment(json, target))
            .toList(),
        some.size() < Pages.PAGE ? Optional.empty() : Optional.of(Integer.toString(page + 1)));
  }

  @Override
  public Version refresh(Version version, CallContext call) {
    return now(version.target(), version.id(), call)
        .map(json -> version.withProgress(PagesAnswers.progress(json)))
        .orElse(version);
  }

  @Override
  public Deployment refresh(Deployment deployment, CallContext call) {
    return now(deployment.target(), deployment.split().sole().orElseThrow(), call)
        .map(json -> deployment.withProgress(PagesAnswers.progress(json)))
        .orElse(deployment);
  }

  @Override
  public Sighting<Version> findUpload(FindRequest request, CallContext call) {
    Remaining remaining = new Remaining(call, pages.time());
    Optional<String> key = Optional.of(request.key().text());
    Instant earliest = request.since().minus(CLOCKS_DIFFER);
    for (int page = 1; page <= PAGES; page++) {
      List<JsonNode> some = page(request.target(), page, remaining.call());
      Optional<JsonNode> found =
          some.stream()
              .filter(json -> isOf(json, request.target()) && PagesAnswers.key(json).equals(key))
              .findFirst();
      if (found.isPresent()) {
        return new Sighting.Done<>(PagesAnswers.version(found.get(), request.target()));
      }
      boolean older =
          some.stream()
              .flatMap(json -> Answers.created(json).stream())
              .anyMatch(created -> created.isBefore(earliest));
      if (older || some.size() < Pages.PAGE) {
        return new Sighting.Absent<>();
      }
    }
    return new Sighting.CannotTell<>(
        "the last " + PAGES + " pages of deployments do not reach back to " + request.since());
  }

  /** A rollback leaves no trace that names who asked for it. */
  @Override
  public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
    return new Sighting.CannotTell<>("Pages keeps no key of what put a deployment back");
  }

  /** Putting one and the same deployment back again changes nothing. */
  @Override
  public Guarantees guarantees() {
    return Guarantees.of(Guarantees.Kind.READ_BACK_KEY, Guarantees.Kind.CONVERGENT)
        .settlingWithin(settleWindow);
  }

  private static int page(String cursor) {
    if (!CURSOR.matcher(cursor).matches()) {
      throw ProviderException.of(
          FailureKind.INVALID,
          "Cloudflare was not asked: '"
              + cursor
              + "' is no cursor of its deployments; use the one that the page before gave");
    }
    return Integer.parseInt(cursor);
  }

  private List<JsonNode> page(Target target, int page, CallContext call) {
    String environment = site.preview(target).isPresent() ? "preview" : "production";
    return pages.deployments(known.of(target).project(), environment, page, call);
  }

  private Stream<JsonNode> served(List<JsonNode> deployments, Target target) {
    return deployments.stream().filter(json -> isOf(json, target) && PagesAnswers.isReady(json));
  }

  private boolean isOf(JsonNode json, Target target) {
    String environment = json.path("environment").asText("");
    String branch = json.path("deployment_trigger").path("metadata").path("branch").asText("");
    return site.preview(target)
        .map(preview -> environment.equals("preview") && branch.equals(preview))
        .orElse(environment.equals("production"));
  }

  private static Optional<JsonNode> canonical(JsonNode project) {
    return Optional.of(project.path("canonical_deployment")).filter(PagesAnswers::isReady);
  }

  private static ProviderException refused(String why) {
    return ProviderException.of(FailureKind.INELIGIBLE, "Cloudflare was not asked: " + why);
  }

  @Override
  public void close() {
    pages.close();
  }
}
