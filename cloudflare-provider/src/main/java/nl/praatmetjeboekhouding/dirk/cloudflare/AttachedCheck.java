package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Consent;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * Looks before an upload whether the custom domains, queues and workflows of a plan can be attached
 * afterwards, and takes none from others unless asked. Reads only. What cannot be found out keeps
 * nobody from deploying. Used once, by one thread.
 */
final class AttachedCheck {

  private final Workers workers;
  private final Plan plan;
  private final Supplier<CallContext> calls;
  private final List<String> warnings = new ArrayList<>();

  AttachedCheck(Workers workers, Plan plan, Supplier<CallContext> calls) {
    this.workers = workers;
    this.plan = plan;
    this.calls = calls;
  }

  /**
   * What could not be checked, and what will be taken from others, a sentence each.
   *
   * @throws ProviderException if something certainly cannot be attached, or belongs to others
   */
  List<String> run() {
    queues();
    for (JsonNode workflow : plan.live(LiveState.WORKFLOWS)) {
      checked("who has the workflow " + name(workflow), () -> workflow(workflow))
          .ifPresent(
              refusal -> {
                throw refusal;
              });
    }
    for (JsonNode domain : plan.live(LiveState.DOMAINS)) {
      String host = domain.path("hostname").asText();
      checked("who has the custom domain " + host, () -> domain(host))
          .ifPresent(
              refusal -> {
                throw refusal;
              });
    }
    return List.copyOf(warnings);
  }

  private Optional<ProviderException> checked(
      String what, Supplier<Optional<ProviderException>> check) {
    try {
      return check.get();
    } catch (ProviderException e) {
      warnings.add(UploadCheck.unchecked(what, e));
      return Optional.empty();
    }
  }

  /** Those that bindings send to are among them, unless they are to be made. */
  private void queues() {
    Set<String> needed = new LinkedHashSet<>();
    Set<String> makable = new LinkedHashSet<>();
    for (JsonNode binding : plan.metadata().path("bindings")) {
      if (binding.path("type").asText().equals("queue")) {
        String made = Provisioning.defaultName(plan.worker(), binding.path("name").asText());
        makable.add(binding.path("queue_name").asText(made));
      }
    }
    boolean making = plan.consents().contains(Consent.NEW_RESOURCES);
    if (!making) {
      needed.addAll(makable);
    }
    for (JsonNode consumer : plan.live(LiveState.CONSUMERS)) {
      String queue = consumer.path("queue").asText();
      if (!making || !makable.contains(queue)) {
        needed.add(queue);
      }
    }
    if (!needed.isEmpty()) {
      checked("whether there are the queues " + String.join(", ", needed), () -> missing(needed))
          .ifPresent(
              refusal -> {
                throw refusal;
              });
    }
  }

  private Optional<ProviderException> missing(Set<String> needed) {
    Set<String> missing = new LinkedHashSet<>(needed);
    workers
        .queues()
        .named(needed, calls.get())
        .forEach(queue -> missing.remove(queue.path("queue_name").asText()));
    return missing.isEmpty()
        ? Optional.empty()
        : refusal(
            FailureKind.NOT_FOUND,
            (missing.size() == 1 ? "there is no queue " : "there are no queues ")
                + String.join(", ", missing)
                + "; create "
                + (missing.size() == 1 ? "it" : "them")
                + " first, or correct \"queues\" in the wrangler file");
  }

  private Optional<ProviderException> workflow(JsonNode workflow) {
    Optional<JsonNode> there = workers.workflows().named(name(workflow), calls.get());
    if (there.isEmpty()) {
      return Optional.empty();
    }
    JsonNode wanted = workflow.path("workflow").path("jurisdiction");
    if (wanted.isTextual() && !wanted.equals(there.get().path("jurisdiction"))) {
      return refusal(
          FailureKind.CONFLICT,
          "the workflow "
              + name(workflow)
              + " is there in another jurisdiction, which cannot be changed; give it another name");
    }
    String owner = there.get().path("script_name").asText();
    return owner.equals(plan.worker())
        ? Optional.empty()
        : taken("the workflow " + name(workflow), owner, Consent.TAKEN_WORKFLOWS);
  }

  private Optional<ProviderException> domain(String host) {
    return workers
        .domains()
        .named(host, calls.get())
        .map(domain -> domain.path("service").asText(""))
        .filter(owner -> !owner.equals(plan.worker()))
        .flatMap(owner -> taken("the custom domain " + host, owner, Consent.TAKEN_DOMAINS));
  }

  private Optional<ProviderException> taken(String what, String owner, Consent consent) {
    if (plan.consents().contains(consent)) {
      warnings.add("It was asked to take " + what + " from the Worker " + owner + ".");
      return Optional.empty();
    }
    return refusal(
        FailureKind.CONFLICT,
        what + " belongs to the Worker " + owner + "; free it first, or ask to take it over");
  }

  private Optional<ProviderException> refusal(FailureKind kind, String why) {
    return Optional.of(
        ProviderException.of(
            kind, "Cloudflare was not asked to deploy " + plan.worker() + ": " + why));
  }

  private static String name(JsonNode workflow) {
    return workflow.path("name").asText();
  }
}
