package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What lets a deploy through to production. None of it is ever asked for a rollback.
 *
 * @param freeze when nothing is deployed
 * @param failedDeploys how many may fail, or empty if nobody counts
 * @param errorBudget how much the service may be down, or empty if nobody counts
 * @param approval who must agree
 */
public record GatesPolicy(
    List<FreezeWindow> freeze,
    Optional<FailedDeploysPolicy> failedDeploys,
    Optional<ErrorBudgetPolicy> errorBudget,
    ApprovalPolicy approval) {

  /** Checks that nothing is null and that no two windows have one name. */
  public GatesPolicy {
    freeze = List.copyOf(freeze);
    requireNonNull(failedDeploys, "failedDeploys");
    requireNonNull(errorBudget, "errorBudget");
    requireNonNull(approval, "approval");
    Set<String> names = new HashSet<>();
    for (FreezeWindow window : freeze) {
      if (!names.add(window.name())) {
        throw new IllegalArgumentException("two freeze windows are called " + window.name());
      }
    }
  }

  /** Nothing but what holds always: what was put away is not deployed again. */
  public static GatesPolicy standard() {
    return new GatesPolicy(
        List.of(), Optional.empty(), Optional.empty(), ApprovalPolicy.standard());
  }

  /** This one with these windows. */
  public GatesPolicy withFreeze(FreezeWindow... windows) {
    return new GatesPolicy(List.of(windows), failedDeploys, errorBudget, approval);
  }

  /** This one, counting failed deploys. */
  public GatesPolicy withFailedDeploys(FailedDeploysPolicy policy) {
    return new GatesPolicy(freeze, Optional.of(policy), errorBudget, approval);
  }

  /** This one with an error budget. */
  public GatesPolicy withErrorBudget(ErrorBudgetPolicy policy) {
    return new GatesPolicy(freeze, failedDeploys, Optional.of(policy), approval);
  }

  /** This one with other approvals. */
  public GatesPolicy withApproval(ApprovalPolicy policy) {
    return new GatesPolicy(freeze, failedDeploys, errorBudget, policy);
  }
}
