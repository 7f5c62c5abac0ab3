package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Consent;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/**
 * Sets how requests, clocks, queues and workflows reach the Worker of a plan. One that is refused
 * keeps no other from being set; all that were refused are told, and all that were set. Used once,
 * by one thread.
 */
final class ProjectTriggers {

  private final Workers workers;
  private final Plan plan;
  private final Remaining remaining;
  private final Repeats repeats;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final List<String> undone = new ArrayList<>();
  private final List<ProviderException> refused = new ArrayList<>();
  private boolean previewed;

  ProjectTriggers(Workers workers, Plan plan, Remaining remaining, Repeats repeats) {
    this.workers = workers;
    this.plan = plan;
    this.remaining = remaining;
    this.repeats = repeats;
  }

  /** What somebody should look at, a sentence each. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Looks whether DNS records stand where custom domains are to be, as far as Cloudflare can tell
   * that before the Worker is there.
   *
   * @throws ProviderException if they do, and it was not asked to take their place
   */
  void look() {
    if (!plan.first()) {
      previewed = true;
      warnings.addAll(preview());
    }
  }

  /**
   * Sets them, all at the same time, but queues one after the other.
   *
   * @param besides what else is set then; gives what somebody should look at
   * @throws ProviderException if one was refused
   */
  void set(Supplier<List<String>> besides) {
    try (Together together = workers.together(remaining.call())) {
      Together.Later<List<String>> other = together.start(besides);
      Map<String, Together.Later<List<String>>> begun = new LinkedHashMap<>();
      parts().forEach((what, setting) -> begun.put(what, together.start(setting)));
      Map<String, Supplier<List<String>>> consumers = consumers();
      warnings.addAll(other.get());
      begun.forEach(this::await);
      consumers.forEach(this::tell);
    }
    if (!refused.isEmpty()) {
      throw told();
    }
  }

  private void await(String what, Together.Later<List<String>> setting) {
    tell(what, setting::get);
  }

  private void tell(String what, Supplier<List<String>> outcome) {
    try {
      warnings.addAll(outcome.get());
      done.add(what);
    } catch (ProviderException e) {
      undone.add(Fate.unset(what, e));
      refused.add(e);
    }
  }

  /** Each gives what somebody should look at. */
  private Map<String, Supplier<List<String>>> parts() {
    Map<String, Supplier<List<String>>> parts = new LinkedHashMap<>();
    if (plan.live(LiveState.SUBDOMAIN) instanceof ObjectNode subdomain) {
      parts.put("workers.dev", () -> setSubdomain(subdomain));
    }
    if (plan.live(LiveState.ROUTES) instanceof ArrayNode routes) {
      parts.put("routes", () -> setRoutes(routes));
    }
    if (plan.live(LiveState.DOMAINS) instanceof ArrayNode domains) {
      parts.put("custom domains", () -> setDomains(domains));
    }
    if (plan.live(LiveState.SCHEDULES) instanceof ArrayNode crons) {
      parts.put("crons", () -> setCrons(crons));
    }
    for (JsonNode workflow : plan.live(LiveState.WORKFLOWS)) {
      String name = workflow.path("name").asText();
      if (workflow.path("workflow") instanceof ObjectNode content) {
        parts.put("the workflow " + name, () -> setWorkflow(name, content));
      }
    }
    return parts;
  }

  private List<String> setSubdomain(ObjectNode subdomain) {
    JsonNode unused =
        repeats.repeat(() -> workers.setSubdomain(plan.worker(), subdomain, remaining.call()));
    return List.of();
  }

  private List<String> setCrons(ArrayNode crons) {
    workers.setSchedules(plan.worker(), crons, remaining.call());
    return List.of();
  }

  /** Sets the consumers one after the other, as they stand, and gives what came of each. */
  private Map<String, Supplier<List<String>>> consumers() {
    Map<String, Supplier<List<String>>> outcomes = new LinkedHashMap<>();
    for (JsonNode consumer : plan.live(LiveState.CONSUMERS)) {
      String what = "the consumer of queue " + consumer.path("queue").asText();
      try {
        new QueueConsumers(workers, remaining::call).set(consumer);
        outcomes.put(what, List::of);
      } catch (ProviderException e) {
        outcomes.put(
            what,
            () -> {
              throw e;
            });
      }
    }
    return outcomes;
  }

  private List<String> setWorkflow(String name, ObjectNode content) {
    workers.workflows().set(name, content, remaining.call());
    return List.of();
  }

  private ProviderException told() {
    ProviderException first = refused.get(0);
    ProviderException.Builder told =
        ProviderException.with(
                first.kind(),
                String.join("; ", undone)
                    + (done.isEmpty() ? "" : "; set: " + String.join(", ", done)))
            .vendorCodes(first.vendorCodes())
            .cause(first);
    first.retryAfter().ifPresent(told::retryAfter);
    first.requestId().ifPresent(told::requestId);
    ProviderException failure = told.build();
    refused.stream().skip(1).forEach(failure::addSuppressed);
    return failure;
  }

  private List<String> setRoutes(ArrayNode routes) {
    return new WorkerRoutes(workers, remaining::call)
        .set(plan.worker(), routes).stream()
            .map(
                extra ->
                    "The route "
                        + extra.pattern()
                        + " leads to "
                        + plan.worker()
                        + " although the project does not name it; take it away if it is not"
                        + " wanted.")
            .toList();
  }

  private List<String> setDomains(ArrayNode domains) {
    List<String> seen = previewed ? List.of() : preview();
    workers.domains().set(plan.worker(), domains, isTaking(), remaining.call());
    return seen;
  }

  private boolean isTaking() {
    return plan.consents().contains(Consent.TAKEN_DOMAINS);
  }

  private List<String> preview() {
    if (!(plan.live(LiveState.DOMAINS) instanceof ArrayNode domains)) {
      return List.of();
    }
    List<String> hosts;
    try {
      hosts = workers.domains().conflicts(plan.worker(), domains, remaining.call());
    } catch (ProviderException e) {
      return List.of(
          UploadCheck.unchecked("whether DNS records stand where custom domains are", e));
    }
    if (hosts.isEmpty()) {
      return List.of();
    }
    String records = "DNS records of " + String.join(", ", hosts);
    if (!isTaking()) {
      throw ProviderException.of(
          FailureKind.CONFLICT,
          "Cloudflare was not asked to set the custom domains of "
              + plan.worker()
              + ": there are "
              + records
              + "; take them away first, or ask to take their place");
    }
    return List.of("It was asked to take the place of the " + records + ".");
  }
}
