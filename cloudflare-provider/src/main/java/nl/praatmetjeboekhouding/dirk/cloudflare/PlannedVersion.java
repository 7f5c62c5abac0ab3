package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * The version that a plan would upload beside the one that serves, for people. Reads at most two
 * versions. What cannot be found out keeps nobody from deploying. Used once, by one thread.
 */
final class PlannedVersion {

  private static final String NEWEST = "latest";

  private final Workers workers;
  private final Plan plan;
  private final List<String> required;
  private final List<ContentFile> files;
  private final ProjectAssets assets;
  private final Supplier<CallContext> calls;
  private final Sentences sentences = new Sentences();
  private String unread = "";

  /**
   * The version of a plan.
   *
   * @param required the secrets that it must keep
   * @param files its modules and assets
   * @param assets its static assets
   * @param calls for each request what is left of the caller's time
   */
  PlannedVersion(
      Workers workers,
      Plan plan,
      List<String> required,
      List<ContentFile> files,
      ProjectAssets assets,
      Supplier<CallContext> calls) {
    this.workers = workers;
    this.plan = plan;
    this.required = required;
    this.files = files;
    this.assets = assets;
    this.calls = calls;
  }

  /**
   * Compares it with what serves.
   *
   * @param serving the deployment that serves, or empty before the first deploy
   * @throws ProviderException if the caller stopped it, or a secret is required that the newest
   *     version does not have, so that Cloudflare would refuse the upload
   */
  Sentences compare(Optional<JsonNode> serving) {
    if (serving.isEmpty()) {
      sentences.change("Creates Worker " + plan.worker() + ". First deploy: all of it is new");
      diff(VersionDetails.none()).tell();
      bindings(VersionDetails.none(), VersionDetails.none()).tell(plan.metadata());
    } else {
      compareWith(share(serving.get()));
      if (assets.present()) {
        compareAssets();
      }
    }
    return sentences;
  }

  /** The version with the most traffic, the first of several. */
  private String share(JsonNode deployment) {
    JsonNode versions = deployment.path("versions");
    JsonNode most = versions.path(0);
    for (JsonNode share : versions) {
      if (percent(share).compareTo(percent(most)) > 0) {
        most = share;
      }
    }
    String id = most.path("version_id").asText("");
    if (versions.size() > 1) {
      sentences.notCompared(
          "All that serves",
          versions.size()
              + " versions share the traffic; the changes are those to version "
              + id
              + ", which has "
              + percent(most).toPlainString()
              + " % of it");
    }
    return id;
  }

  private static BigDecimal percent(JsonNode share) {
    return share.path("percentage").isNumber()
        ? share.path("percentage").decimalValue()
        : BigDecimal.ZERO;
  }

  private void compareWith(String id) {
    Optional<VersionDetails> newest =
        read(() -> workers.versionDetails(plan.worker(), NEWEST, calls.get()));
    newest.filter(version -> version.bindings().isArray()).ifPresent(this::refuseMissingSecrets);
    Optional<VersionDetails> serving =
        newest.isPresent()
            ? newest
                .filter(version -> version.id().equals(id))
                .or(() -> read(() -> workers.versionDetails(plan.worker(), id, calls.get())))
            : read(() -> workers.version(plan.worker(), id, calls.get()));
    String version = "Adds a version to Worker " + plan.worker();
    if (serving.isEmpty()) {
      sentences.change(version);
      sentences.notCompared("What version " + id + " has, which serves,", unread);
      return;
    }
    BindingDiff bindings = bindings(serving.get(), newest.orElse(serving.get()));
    List<String> kept = bindings.keptSecrets(plan.metadata());
    sentences.change(kept.isEmpty() ? version : version + ", which keeps " + secrets(kept));
    diff(serving.get()).tell();
    if (serving.get().bindings().isArray()) {
      bindings.tell(plan.metadata());
    } else {
      sentences.notCompared("The bindings", "Cloudflare does not tell those of version " + id);
    }
    if (newest.isEmpty()) {
      sentences.notCompared(
          "Main module, placement, and secrets that were set without being deployed", unread);
    } else if (!kept.isEmpty() && !newest.get().id().equals(id)) {
      boolean one = kept.size() == 1;
      sentences.notCompared(
          "What " + secrets(kept) + (one ? " holds" : " hold"),
          (one ? "it is kept as the newest version " : "they are kept as the newest version ")
              + newest.get().id()
              + (one ? " has it" : " has them")
              + ", which is not the one that serves");
    }
  }

  /** Opens a session for an upload, which is what tells what is new, and leaves it unused. */
  private void compareAssets() {
    try {
      AssetUpload.Count count = assets.count(workers.api(), plan.worker(), calls);
      sentences.change(
          count.lacking() + " of " + count.all() + " contents of static assets are new");
    } catch (ProviderException e) {
      if (e.kind() == FailureKind.STOPPED) {
        throw e;
      }
      sentences.notCompared("How many static assets are new", String.valueOf(e.getMessage()));
    }
  }

  private void refuseMissingSecrets(VersionDetails newest) {
    Set<String> there =
        StreamSupport.stream(newest.bindings().spliterator(), false)
            .filter(BindingWords::isSecret)
            .map(binding -> binding.path("name").asText())
            .collect(Collectors.toSet());
    List<String> missing = required.stream().filter(name -> !there.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw ProviderException.of(
          FailureKind.INELIGIBLE,
          "Cloudflare was not asked to deploy "
              + plan.worker()
              + ": its wrangler file requires "
              + secrets(missing)
              + ", which the newest version "
              + newest.id()
              + " does not have; set "
              + (missing.size() == 1 ? "it" : "them")
              + " first, with Workers.secrets() or wrangler secret put");
    }
  }

  private static String secrets(List<String> names) {
    return (names.size() == 1 ? "the secret " : "the secrets ") + String.join(", ", names);
  }

  private Optional<VersionDetails> read(Supplier<Optional<JsonNode>> version) {
    try {
      Optional<JsonNode> answer = version.get();
      if (answer.isEmpty()) {
        unread = "Cloudflare does not know the version";
      }
      return answer.map(VersionDetails::of);
    } catch (ProviderException e) {
      if (e.kind() == FailureKind.STOPPED) {
        throw e;
      }
      unread = String.valueOf(e.getMessage());
      return Optional.empty();
    }
  }

  private VersionDiff diff(VersionDetails serving) {
    return new VersionDiff(plan.metadata(), brought(), Release.digestOf(files), serving, sentences);
  }

  private String brought() {
    List<String> brought = new ArrayList<>();
    int modules = plan.json().path("modules").size();
    if (modules > 0 || !assets.present()) {
      brought.add(modules == 1 ? "1 module" : modules + " modules");
    }
    if (assets.present()) {
      brought.add(assets.size() == 1 ? "1 static asset" : assets.size() + " static assets");
    }
    return String.join(" and ", brought);
  }

  private BindingDiff bindings(VersionDetails serving, VersionDetails newest) {
    return new BindingDiff(plan.worker(), serving.bindings(), newest.bindings(), sentences);
  }
}
