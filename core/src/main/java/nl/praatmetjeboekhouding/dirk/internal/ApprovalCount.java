package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.model.ApprovalPolicy;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.run.Approval;

/**
 * How many approvals of a plan count.
 *
 * @param needed how many people must have approved
 * @param counted one of each person whose word counts
 * @param refused why the others' words do not count, a clause each
 */
record ApprovalCount(int needed, List<Approval> counted, List<String> refused) {

  /** Nobody can have approved a plan that there is not. */
  static ApprovalCount none(ApprovalPolicy policy) {
    return new ApprovalCount(
        policy.count(),
        List.of(),
        List.of("it needs an approval only since the gates were asked first"));
  }

  /**
   * Counts.
   *
   * @param asker who asks for the deploy; empty if that is not known yet
   */
  static ApprovalCount of(
      ApprovalPolicy policy,
      Approvals approvals,
      String service,
      Digest plan,
      Optional<String> asker,
      Instant now) {
    Map<String, Approval> counted = new LinkedHashMap<>();
    Map<String, String> refused = new LinkedHashMap<>();
    for (Approval approval : approvals.of(plan)) {
      String person = person(approval.by());
      Optional<String> objection = objection(policy, approval, asker, now);
      objection.ifPresentOrElse(
          why -> refused.put(person, why), () -> counted.put(person, approval));
    }
    refused.keySet().removeAll(counted.keySet());
    List<String> told = new ArrayList<>(refused.values());
    approvals.ofOtherPlans(service, plan).stream()
        .filter(other -> now.isBefore(other.at().plus(policy.validFor())))
        .map(
            other ->
                "what " + other.by() + " approved is another plan, " + other.plan().abbreviated())
        .forEach(told::add);
    return new ApprovalCount(policy.count(), List.copyOf(counted.values()), List.copyOf(told));
  }

  private static Optional<String> objection(
      ApprovalPolicy policy, Approval approval, Optional<String> asker, Instant now) {
    Instant end = approval.at().plus(policy.validFor());
    if (!policy.by().isEmpty()
        && policy.by().stream().noneMatch(name -> speaksFor(approval, name))) {
      return Optional.of(approval.by() + " is not one of those who may approve, " + names(policy));
    }
    if (!policy.ownCounts()
        && asker.map(ApprovalCount::person).equals(Optional.of(person(approval.by())))) {
      return Optional.of(approval.by() + " asked for this deploy and may not approve it himself");
    }
    return now.isBefore(end)
        ? Optional.empty()
        : Optional.of(
            "what "
                + approval.by()
                + " approved counted until "
                + end.truncatedTo(ChronoUnit.SECONDS));
  }

  private static boolean speaksFor(Approval approval, String name) {
    return ApprovalPolicy.isGroup(name)
        ? approval.group().map(ApprovalCount::person).equals(Optional.of(person(name)))
        : person(approval.by()).equals(person(name));
  }

  /** Names differ by more than spaces and capitals. */
  static String person(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  static String names(ApprovalPolicy policy) {
    return policy.by().isEmpty() ? "anybody" : String.join(", ", policy.by());
  }

  boolean suffices() {
    return counted.size() >= needed;
  }

  /** Who approved, and why. */
  String account() {
    return counted.stream()
        .map(
            approval ->
                approval.by()
                    + approval.group().map(group -> " for " + group).orElse("")
                    + (approval.reason().isEmpty() ? "" : " (" + approval.reason() + ")"))
        .collect(Collectors.joining(", "));
  }

  /** What there is and what is not, as a clause. */
  String shortfall() {
    String told =
        counted.isEmpty()
            ? "nobody has approved it"
            : "only " + counted.size() + " of " + needed + " approved it: " + account();
    return refused.isEmpty() ? told : told + "; " + String.join("; ", refused);
  }
}
