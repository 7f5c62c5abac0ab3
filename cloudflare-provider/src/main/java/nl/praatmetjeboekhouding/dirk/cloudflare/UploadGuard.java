package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * Looks before an upload whether it goes to the Worker that is meant, and whether it overrides what
 * others did to it. Reads only. What it finds is told, and where the project is strict refused; so
 * is then what cannot be found out. Used once, by one thread.
 */
final class UploadGuard {

  private final Workers workers;
  private final Plan plan;
  private final Guards guards;
  private final Supplier<List<JsonNode>> versions;
  private final Supplier<CallContext> calls;

  /**
   * The guard of a plan.
   *
   * @param versions those of the Worker, newest first
   * @param calls for each request what is left of the caller's time
   */
  UploadGuard(
      Workers workers,
      Plan plan,
      Guards guards,
      Supplier<List<JsonNode>> versions,
      Supplier<CallContext> calls) {
    this.workers = workers;
    this.plan = plan;
    this.guards = guards;
    this.versions = versions;
    this.calls = calls;
  }

  /**
   * What would be overridden, and what could not be found out, a sentence each. What serves is
   * asked before it is known to matter, because Dirk's own uploads are ones through the API too.
   *
   * @throws ProviderException if it is another Worker than the one that is meant, or something
   *     would be overridden and the project is strict, or edits of the dashboard are not to be seen
   */
  List<String> run() {
    List<String> warnings = new ArrayList<>();
    try (Together together = workers.together(calls.get())) {
      Together.Later<LiveVersions> live =
          together.start(() -> LiveVersions.of(workers.deployments(plan.worker(), calls.get())));
      Together.Later<List<String>> secrets = together.start(this::checkSecrets);
      warnings.addAll(checkService(live));
      warnings.addAll(secrets.get());
    }
    return warnings;
  }

  private List<String> checkService(Together.Later<LiveVersions> live) {
    Optional<JsonNode> service;
    try {
      service = workers.service(plan.worker(), calls.get());
    } catch (ProviderException e) {
      if (guards.tag().isPresent()) {
        throw unknown("whether it is the Worker that is meant", e);
      }
      return unfound("whether others changed " + plan.worker(), e);
    }
    JsonNode known = service.orElseGet(Workers::nothing);
    JsonNode script = Workers.script(known);
    guards.tag().ifPresent(tag -> refuseOther(tag, service.isPresent(), script));
    return switch (script.path("last_deployed_from").asText("")) {
      case "dash" -> dashboard(known);
      case "api" -> api(live);
      default -> List.of();
    };
  }

  private void refuseOther(String tag, boolean there, JsonNode script) {
    if (!there) {
      throw refused(
          "there is no Worker of this name, and it is to be deployed only to the one with the tag "
              + tag
              + "; correct \"name\" in the wrangler file");
    }
    String found = script.path("tag").asText("");
    if (!found.equals(tag)) {
      throw refused(
          "the Worker of this name has the tag "
              + found
              + ", and it is to be deployed only to the one with the tag "
              + tag
              + "; correct \"name\" in the wrangler file");
    }
  }

  /** Edits that are known to be there and not to be seen are overridden by nobody. */
  private List<String> dashboard(JsonNode service) {
    List<String> edits;
    try {
      edits = new DashboardEdits(workers, plan, service, calls).overridden();
    } catch (ProviderException e) {
      throw unknown("what was changed in the dashboard, where it was changed last", e);
    }
    return edits.isEmpty()
        ? List.of()
        : told("was last changed in the dashboard: " + String.join("; ", edits));
  }

  private List<String> api(Together.Later<LiveVersions> live) {
    boolean ours;
    try {
      ours = live.get().areOurs(versions.get());
    } catch (ProviderException e) {
      return unfound("who uploaded " + plan.worker() + " through the API", e);
    }
    return ours ? List.of() : told("was last uploaded through the API by something else than Dirk");
  }

  /** A variable or binding of a secret's name takes its place. */
  private List<String> checkSecrets() {
    Set<String> bound = new TreeSet<>();
    for (JsonNode binding : plan.metadata().path("bindings")) {
      boolean keeps = binding.path("type").asText().equals("inherit");
      if (!keeps && !BindingWords.isSecret(binding)) {
        bound.add(binding.path("name").asText());
      }
    }
    if (bound.isEmpty()) {
      return List.of();
    }
    try {
      bound.retainAll(workers.secrets().present(plan.worker(), calls.get()));
    } catch (ProviderException e) {
      return unfound("whether bindings take the place of secrets of " + plan.worker(), e);
    }
    return bound.isEmpty()
        ? List.of()
        : told(
            "has secrets whose place variables or bindings of the same name take: "
                + String.join(", ", bound));
  }

  private List<String> told(String what) {
    if (guards.strict()) {
      throw refused(
          "it " + what + "; take it over into the project, or deploy without being strict");
    }
    return List.of("This deploy overrides what others did: " + plan.worker() + " " + what + ".");
  }

  private List<String> unfound(String what, ProviderException failure) {
    String unchecked = UploadCheck.unchecked(what, failure);
    if (guards.strict()) {
      throw unknown(what, failure);
    }
    return List.of(unchecked);
  }

  private ProviderException unknown(String what, ProviderException failure) {
    return HalfWay.saying(
        "Cloudflare was not asked to deploy "
            + plan.worker()
            + ": it was not to be found out "
            + what
            + ": "
            + failure.getMessage(),
        failure);
  }

  private ProviderException refused(String why) {
    return ProviderException.of(
        FailureKind.CONFLICT, "Cloudflare was not asked to deploy " + plan.worker() + ": " + why);
  }
}
