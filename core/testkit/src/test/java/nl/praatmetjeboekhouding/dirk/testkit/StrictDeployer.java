package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;

/**
 * A deployer whose vendor compares and sets, and ignores a second write with the same key; nothing
 * of its keys can be read back but what it answers.
 */
class StrictDeployer extends ForwardingDeployer {

  private final Map<String, Version> uploads = new HashMap<>();
  private final Map<String, Deployment> activations = new HashMap<>();

  StrictDeployer(Deployer deployer) {
    super(deployer);
  }

  @Override
  public synchronized Version upload(UploadRequest request, CallContext call) {
    return uploads.computeIfAbsent(request.key().text(), key -> super.upload(request, call));
  }

  @Override
  public synchronized Deployment activate(ActivateRequest request, CallContext call) {
    Deployment before = activations.get(request.key().text());
    if (before != null) {
      return before;
    }
    Optional<String> base = active(request.target(), call).map(Deployment::id);
    if (!request.expectedBase().allows(base)) {
      throw ProviderException.of(FailureKind.CONFLICT, "the base is no longer " + base);
    }
    Deployment made = super.activate(request, call);
    activations.put(request.key().text(), made);
    return made;
  }

  @Override
  public Guarantees guarantees() {
    return Guarantees.of(Guarantees.Kind.IDEMPOTENCY_KEY, Guarantees.Kind.IDEMPOTENCY_KEY)
        .comparingAndSetting();
  }
}
