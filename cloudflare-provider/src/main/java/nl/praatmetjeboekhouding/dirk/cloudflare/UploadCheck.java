package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    boolean needsSubdomain = onWorkersDev || !plan.live(LiveState.WORKFLOWS).isEmpty();
    List<String> warnings = new ArrayList<>();
    try (Together together = workers.together(calls.get())) {
      Together.Later<List<String>> subdomain =
          together.start(() -> needsSubdomain ? checkSubdomain() : List.of());
      Together.Later<List<String>> routes = together.start(() -> checkRoutes(onWorkersDev));
      Together.Later<List<String>> attached =
          together.start(() -> new AttachedCheck(workers, plan, calls).run());
      warnings.addAll(subdomain.get());
      warnings.addAll(routes.get());
      warnings.addAll(attached.get());
    }
    return List.copyOf(warnings);
  }

  private List<String> checkSubdomain() {
    boolean there;
    try {
      there = workers.accountSubdomain(calls.get()).isPresent();
    } catch (ProviderException e) {
      return List.of(
          unchecked(
              "whether the account " + workers.account() + " has a workers.dev subdomain", e));
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
    return List.of();
  }

  private List<String> checkRoutes(boolean onWorkersDev) {
    if (!(plan.live(LiveState.ROUTES) instanceof ArrayNode routes)) {
      return List.of();
    }
    List<String> unknown = new ArrayList<>();
    try (Together together = workers.together(calls.get())) {
      Together.Later<Boolean> elsewhere =
          together.start(() -> onWorkersDev || isOnWorkersDev(unknown));
      RouteCheck check = new RouteCheck(workers.zones(), calls);
      List<String> warnings = check.check(plan.worker(), routes, () -> !elsewhere.get());
      Boolean unused = elsewhere.get();
      return Stream.concat(unknown.stream(), warnings.stream()).toList();
    }
  }

  /** Whether workers.dev reaches it now, so that new code is not lost; if unknown, it may. */
  private boolean isOnWorkersDev(List<String> warnings) {
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
