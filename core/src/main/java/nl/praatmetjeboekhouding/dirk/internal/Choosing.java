package nl.praatmetjeboekhouding.dirk.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;

/** Chooses the version to go back to. Reads only, and waits for a vendor that is unwell. */
final class Choosing {

  private static final int PAGES = 10;

  private final Deployer deployer;
  private final Target target;
  private final KnownGood known;
  private final LedgerPauses pauses;
  private final Patience patience;

  Choosing(
      Deployer deployer, Target target, KnownGood known, LedgerPauses pauses, Patience patience) {
    this.deployer = deployer;
    this.target = target;
    this.known = known;
    this.pauses = pauses;
    this.patience = patience;
  }

  /** The version of this id or label. */
  Choice named(String name, Base base) {
    Optional<Version> version = known.labelled(name).or(() -> version(name));
    if (version.isEmpty()) {
      String labels = String.join(", ", known.labels());
      return Choice.none(
          "there is no version "
              + name
              + " of "
              + target
              + (labels.isEmpty() ? "" : "; known to be good are " + labels));
    }
    boolean serves =
        base.version().filter(active -> active.id().equals(version.get().id())).isPresent();
    return serves
        ? Choice.alreadyThere(
            version.get(), Optional.empty(), "version " + name + " serves already")
        : Choice.of(version.get(), "version " + name + " as asked for");
  }

  /** The newest version that is known to be good, unless a rollback put it back already. */
  Choice newest(Base base) {
    if (base.deployment().isEmpty()) {
      return Choice.none("nothing ever served " + target);
    }
    String active = base.version().map(Version::id).orElse("");
    Optional<Version> lastPutBack =
        known.lastPutBack().filter(version -> version.id().equals(active) && !known.isBad(active));
    return lastPutBack
        .map(
            version ->
                Choice.alreadyThere(
                    version,
                    known.lastPutAway(),
                    active + " was put back by the last rollback and serves already"))
        .orElseGet(() -> butActive(active));
  }

  /** The newest version that is known to be good and does not serve. */
  Choice earlier(Base base) {
    return butActive(base.version().map(Version::id).orElse(""));
  }

  private Choice butActive(String active) {
    return known
        .newestBut(active)
        .map(good -> Choice.of(good, "the newest version known to be good"))
        .orElseGet(() -> fromTheVendorsList(active));
  }

  /** Where the journal remembers no good version, the vendor's own list has to do. */
  private Choice fromTheVendorsList(String active) {
    List<Deployment> newestFirst = vendorsList();
    Set<String> putAway = new HashSet<>();
    for (int index = 0; index + 1 < newestFirst.size(); index++) {
      if (isPutBack(newestFirst.get(index))) {
        Split back = newestFirst.get(index).split();
        newestFirst.get(index + 1).split().shares().stream()
            .map(Split.Share::version)
            .filter(version -> !back.names(version))
            .forEach(putAway::add);
      }
    }
    return newestFirst.stream()
        .map(Deployment::split)
        .map(Split::sole)
        .flatMap(Optional::stream)
        .filter(id -> !id.equals(active) && !known.isBad(id) && !putAway.contains(id))
        .findFirst()
        .flatMap(this::version)
        .map(
            version ->
                Choice.of(
                    version,
                    "the journal knows no other good version; the vendor's list says that this one"
                        + " served before"))
        .orElseGet(
            () ->
                Choice.none(
                    "there is no earlier version of "
                        + target
                        + " to go back to that has not failed"));
  }

  private List<Deployment> vendorsList() {
    List<Deployment> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < PAGES; page++) {
      Optional<String> from = cursor;
      DeploymentPage some = patience.read(pauses, call -> deployer.deployments(target, from, call));
      all.addAll(some.deployments());
      cursor = some.next();
      if (cursor.isEmpty()) {
        break;
      }
    }
    return all;
  }

  private Optional<Version> version(String id) {
    return patience.read(pauses, call -> deployer.version(target, id, call));
  }

  /** Whether a Dirk made it to put something back, as the key says that the vendor keeps. */
  private static boolean isPutBack(Deployment deployment) {
    return deployment.key().filter(key -> key.contains(":put-back-")).isPresent();
  }
}
