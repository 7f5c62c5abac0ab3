package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Instant;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;

/** Sends a target's traffic to the versions of a split. */
record Activate(
    Deployer deployer,
    Target target,
    Split split,
    ExpectedBase base,
    Standing standing,
    String reason)
    implements Effect<Deployment> {

  @Override
  public String request() {
    return "activate " + split + " on " + target;
  }

  @Override
  public Guarantees.Kind guarantee() {
    return deployer.guarantees().activate();
  }

  @Override
  public Form<Deployment> form() {
    return Forms.DEPLOYMENT;
  }

  @Override
  public String told(Deployment deployment) {
    return "deployment " + deployment.id() + ": " + deployment.split();
  }

  @Override
  public Optional<String> objection(boolean mayBeThere, CallContext call) {
    if (standing == Standing.ANYTHING) {
      return Optional.empty();
    }
    Optional<Deployment> active = deployer.active(target, call);
    boolean isThere = mayBeThere && active.filter(now -> now.split().equals(split)).isPresent();
    return isThere ? Optional.empty() : standing.objection(active);
  }

  @Override
  public Deployment apply(StepKey key, CallContext call) {
    return deployer.activate(new ActivateRequest(target, split, base, key, reason), call);
  }

  @Override
  public Sighting<Deployment> observe(StepKey key, Instant since, CallContext call) {
    return deployer.findActivation(new FindRequest(key, target, since), call);
  }
}
