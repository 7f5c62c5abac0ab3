package nl.praatmetjeboekhouding.dirk.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;

/**
 * Sees what the simulated processes of one run do, the dying ones too: what they upload, where they
 * send traffic, what they saw healthy, which leases they take. Safe for use by several threads.
 */
final class CrashWitness {

  private record Seen(Target target, String label) {}

  private final Target staging;
  private final Target production;
  private final boolean hasStaging;
  private final int readings;
  private final Map<String, String> labels = new HashMap<>();
  private final Map<Seen, Integer> healthyInARow = new HashMap<>();
  private final Set<Seen> proven = new HashSet<>();
  private final List<String> unproven = new ArrayList<>();
  private final Set<String> resources = new TreeSet<>();
  private Instant leasedUntil = Instant.MIN;
  private boolean dark;

  /**
   * @param readings how many healthy readings in a row of one process prove a release
   */
  CrashWitness(Target staging, Target production, boolean hasStaging, int readings) {
    this.staging = staging;
    this.production = production;
    this.hasStaging = hasStaging;
    this.readings = readings;
  }

  /** Another process begins, and has seen nothing yet. */
  synchronized void processBegins() {
    healthyInARow.clear();
  }

  synchronized void leased(Lease lease) {
    resources.add(lease.resource());
    if (lease.until().isAfter(leasedUntil)) {
      leasedUntil = lease.until();
    }
  }

  synchronized void uploaded(UploadRequest request, Version version) {
    labels.put(version.id(), request.artifact().release().label());
    if (request.prepared().activation() == Activation.WITH_UPLOAD) {
      moved(request.prepared().target(), version.id());
    }
  }

  synchronized void activated(ActivateRequest request) {
    for (Split.Share share : request.split().shares()) {
      if (share.percent().signum() > 0) {
        moved(request.target(), share.version());
      } else {
        dark = true;
      }
    }
  }

  synchronized void looked(Target target, String label, boolean healthy) {
    Seen seen = new Seen(target, label);
    int count = healthy ? healthyInARow.merge(seen, 1, Integer::sum) : 0;
    if (!healthy) {
      healthyInARow.remove(seen);
    }
    if (count >= readings) {
      proven.add(seen);
    }
  }

  /** What the release of a version is called; its id if nobody uploaded it here. */
  synchronized String label(String version) {
    return labels.getOrDefault(version, version);
  }

  /** Whether some process saw enough of a release in production. */
  synchronized boolean isProvenInProduction(String label) {
    return proven.contains(new Seen(production, label));
  }

  /** What production got before a gate had passed it, as sentences. */
  synchronized List<String> unproven() {
    return List.copyOf(unproven);
  }

  /** Whether a version got a share of zero. */
  synchronized boolean wentDark() {
    return dark;
  }

  /** All that was ever leased. */
  synchronized Set<String> resources() {
    return Set.copyOf(resources);
  }

  /** When the last lease runs out. */
  synchronized Instant leasedUntil() {
    return leasedUntil;
  }

  private void moved(Target target, String version) {
    String label = label(version);
    boolean isProven =
        isProvenInProduction(label) || !hasStaging || proven.contains(new Seen(staging, label));
    if (target.equals(production) && !isProven) {
      unproven.add("production got " + label + ", which no gate had passed");
    }
  }
}
