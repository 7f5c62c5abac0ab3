package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ErrorBudgetPolicy;
import nl.praatmetjeboekhouding.dirk.spi.Uptime;
import nl.praatmetjeboekhouding.dirk.spi.UptimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that was down for as long as it may be gets nothing new; one of which that is not known
 * gets it with an approval, never for free.
 */
final class ErrorBudgetGate implements Gate {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorBudgetGate.class);
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  private final ErrorBudgetPolicy policy;
  private final Service service;

  ErrorBudgetGate(ErrorBudgetPolicy policy, Service service) {
    this.policy = policy;
    this.service = service;
  }

  @Override
  public String name() {
    return "error-budget";
  }

  @Override
  public String rule() {
    return "goal "
        + Amounts.percent(policy.goal())
        + " over "
        + Amounts.span(policy.over())
        + "; an approval with less than "
        + Amounts.percent(policy.approvalBelow())
        + " left, or less than "
        + Amounts.percent(policy.coverage())
        + " measured";
  }

  @Override
  public List<String> exceptions() {
    return List.of(name());
  }

  @Override
  public Answer ask(Question question) {
    ObjectNode inputs =
        Forms.object()
            .put("from", question.at().minus(policy.over()).toString())
            .put("to", question.at().toString());
    if (service.uptime().isEmpty()) {
      return unknown("nobody measures the uptime, so that the error budget is not known", inputs);
    }
    Optional<Uptime> uptime;
    try {
      uptime = measured(service.uptime().get(), question);
    } catch (ProviderException e) {
      if (e.kind() == FailureKind.STOPPED) {
        throw e;
      }
      return unknown("the error budget is not known: " + e.getMessage(), inputs);
    }
    return uptime
        .map(known -> judge(known, inputs))
        .orElseGet(
            () -> unknown("nothing was measured, so that the error budget is not known", inputs));
  }

  private Optional<Uptime> measured(UptimeSource source, Question question) {
    Instant now = question.at();
    try {
      return source.uptime(
          service.production().target(), now.minus(policy.over()), now, question.calls().get());
    } catch (ProviderException | RunStopped e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("The uptime source broke its contract", e);
      throw ProviderException.of(
          FailureKind.UNREADABLE, "the uptime source threw " + e.getClass().getName());
    }
  }

  private Answer judge(Uptime uptime, ObjectNode inputs) {
    inputs.put("up", uptime.up().toString()).put("down", uptime.down().toString());
    BigDecimal all = Amounts.seconds(policy.over());
    BigDecimal down = Amounts.seconds(uptime.down());
    BigDecimal measured = down.add(Amounts.seconds(uptime.up()));
    BigDecimal budget = all.multiply(ALL.subtract(policy.goal())).movePointLeft(2);
    BigDecimal left = budget.subtract(down);
    String of =
        Amounts.minutes(budget)
            + " that "
            + Amounts.percent(policy.goal())
            + " over "
            + Amounts.span(policy.over())
            + " leave";
    if (left.signum() <= 0) {
      return Answer.blocks(
          this,
          "ERROR_BUDGET",
          name(),
          "the error budget is spent: down for " + Amounts.minutes(down) + " of the " + of,
          inputs);
    }
    if (isLess(measured, all, policy.coverage())) {
      return unknown(
          "only "
              + Amounts.share(measured, all)
              + " of the last "
              + Amounts.span(policy.over())
              + " were measured, so that the error budget is not known",
          inputs);
    }
    String told = Amounts.share(left, budget) + " of the error budget are left, of the " + of;
    return isLess(left, budget, policy.approvalBelow())
        ? unknown("only " + told, inputs)
        : Answer.passes(this, told, inputs);
  }

  private Answer unknown(String account, ObjectNode inputs) {
    return Answer.needsApproval(this, account, inputs);
  }

  private static boolean isLess(BigDecimal part, BigDecimal all, BigDecimal percent) {
    return part.multiply(ALL).compareTo(all.multiply(percent)) < 0;
  }
}
