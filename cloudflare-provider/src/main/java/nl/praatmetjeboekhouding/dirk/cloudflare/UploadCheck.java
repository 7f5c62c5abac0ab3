package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * Looks before an upload whether the Worker's name under workers.dev and its routes can be set
 * afterwards, so that no code goes live that nobody reaches, or that stays half set. Reads only.
 * What cannot be found out keeps nobody from deploying. Used once, by one thread.
 */
final class UploadCheck {

  private final Workers workers;
  private final Plan plan;
  private final Supplier<CallContext> calls;
  private final List<String> warnings = new ArrayList<>();

  /**
   * The check of a plan.
   *
   * @param calls for each request what is left of the caller's time
   */
  UploadCheck(Workers workers, Plan plan, Supplier<CallContext> calls) {
    this.workers = workers;
    this.plan = plan;
    this.calls = calls;
  }

  /**
   * What could not be checked, a sentence each.
   *
   * @throws ProviderException if one of them certainly cannot be set, or the caller's time is over
   *     or stopped
   */
  List<String> run() {
    boolean onWorkersDev = plan.live(LiveState.SUBDOMAIN).path("enabled").asBoolean();
    if (onWorkersDev || !plan.live(LiveState.WORKFLOWS).isEmpty()) {
      checkSubdomain();
    }
    JsonNode routes = plan.live(LiveState.ROUTES);
    if (routes.isArray()) {
      boolean only = !onWorkersDev && !isOnWorkersDev();
      warnings.addAll(new RouteCheck(workers.zones(), calls).check(plan.worker(), routes, only));
    }
    warnings.addAll(new AttachedCheck(workers, plan, calls).run());
    return List.copyOf(warnings);
  }

  private void checkSubdomain() {
    boolean there;
    try {
      there = workers.accountSubdomain(calls.get()).isPresent();
    } catch (ProviderException e) {
      warnings.add(
          unchecked(
              "whether the account " + workers.account() + " has a workers.dev subdomain", e));
      return;
    }
    if (!there) {
      throw ProviderException.of(
          FailureKind.NOT_FOUND,
          "Cloudflare was not asked to deploy "
              + plan.worker()
              + ": the account "
              + workers.account()
              + " has no workers.dev subdomain; register one in the dashboard under Workers, or set"
              + " \"workers_dev\": false in the wrangler file");
    }
  }

  /** Whether workers.dev reaches it now, so that new code is not lost; if unknown, it may. */
  private boolean isOnWorkersDev() {
    if (plan.first()) {
      return false;
    }
    try {
      return workers
          .subdomain(plan.worker(), calls.get())
          .map(subdomain -> subdomain.path("enabled").asBoolean())
          .orElse(false);
    } catch (ProviderException e) {
      warnings.add(unchecked("whether workers.dev reaches " + plan.worker(), e));
      return true;
    }
  }

  /**
   * The sentence about what a failure kept from being checked.
   *
   * @throws ProviderException the failure itself where nothing more can be asked
   */
  static String unchecked(String what, ProviderException failure) {
    if (failure.kind() == FailureKind.NOT_SENT || failure.kind() == FailureKind.STOPPED) {
      throw failure;
    }
    return "It was not checked before the upload " + what + ": " + failure.getMessage();
  }
}
