package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      preview();
    }
  }

  /**
   * Sets them.
   *
   * @throws ProviderException if one was refused
   */
  void set() {
    if (plan.live(LiveState.SUBDOMAIN) instanceof ObjectNode subdomain) {
      repeats.send(
          () -> workers.setSubdomain(plan.worker(), subdomain, remaining.call()),
          failure -> Optional.empty());
      done.add("workers.dev");
    }
    if (plan.live(LiveState.ROUTES) instanceof ArrayNode routes) {
      attempt("routes", () -> setRoutes(routes));
    }
    if (plan.live(LiveState.DOMAINS) instanceof ArrayNode domains) {
      attempt("custom domains", () -> setDomains(domains));
    }
    if (plan.live(LiveState.SCHEDULES) instanceof ArrayNode crons) {
      attempt("crons", () -> workers.setSchedules(plan.worker(), crons, remaining.call()));
    }
    for (JsonNode consumer : plan.live(LiveState.CONSUMERS)) {
      attempt(
          "the consumer of queue " + consumer.path("queue").asText(),
          () -> new QueueConsumers(workers, remaining::call).set(consumer));
    }
    for (JsonNode workflow : plan.live(LiveState.WORKFLOWS)) {
      String name = workflow.path("name").asText();
      if (workflow.path("workflow") instanceof ObjectNode content) {
        attempt(
            "the workflow " + name, () -> workers.workflows().set(name, content, remaining.call()));
      }
    }
    if (!refused.isEmpty()) {
      throw told();
    }
  }

  private void attempt(String what, Runnable setting) {
    try {
      setting.run();
      done.add(what);
    } catch (ProviderException e) {
      undone.add("not set: " + what + ", " + e.getMessage());
      refused.add(e);
    }
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

  private void setRoutes(ArrayNode routes) {
    for (WorkerRoutes.Extra extra :
        new WorkerRoutes(workers, remaining::call).set(plan.worker(), routes)) {
      warnings.add(
          "The route "
              + extra.pattern()
              + " leads to "
              + plan.worker()
              + " although the project does not name it; take it away if it is not wanted.");
    }
  }

  private void setDomains(ArrayNode domains) {
    if (!previewed) {
      preview();
    }
    workers.domains().set(plan.worker(), domains, isTaking(), remaining.call());
  }

  private boolean isTaking() {
    return plan.consents().contains(Consent.TAKEN_DOMAINS);
  }

  private void preview() {
    if (!(plan.live(LiveState.DOMAINS) instanceof ArrayNode domains)) {
      return;
    }
    previewed = true;
    List<String> hosts;
    try {
      hosts = workers.domains().conflicts(plan.worker(), domains, remaining.call());
    } catch (ProviderException e) {
      warnings.add(UploadCheck.unchecked("whether DNS records stand where custom domains are", e));
      return;
    }
    if (hosts.isEmpty()) {
      return;
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
    warnings.add("It was asked to take the place of the " + records + ".");
  }
}
