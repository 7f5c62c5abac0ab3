package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;

/** Sends reads up to three times, as the clients of vendors do. */
final class PatientReads extends ForwardingDeployer {

  private static final int ATTEMPTS = 3;

  PatientReads(Deployer deployer) {
    super(deployer);
  }

  @Override
  public Prepared prepare(PrepareRequest request, CallContext call) {
    return patient(() -> super.prepare(request, call));
  }

  @Override
  public Optional<Deployment> active(Target target, CallContext call) {
    return patient(() -> super.active(target, call));
  }

  @Override
  public Optional<Version> version(Target target, String id, CallContext call) {
    return patient(() -> super.version(target, id, call));
  }

  @Override
  public DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call) {
    return patient(() -> super.deployments(target, cursor, call));
  }

  @Override
  public Version refresh(Version version, CallContext call) {
    return patient(() -> super.refresh(version, call));
  }

  @Override
  public Deployment refresh(Deployment deployment, CallContext call) {
    return patient(() -> super.refresh(deployment, call));
  }

  @Override
  public Sighting<Version> findUpload(FindRequest request, CallContext call) {
    return patient(() -> super.findUpload(request, call));
  }

  @Override
  public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
    return patient(() -> super.findActivation(request, call));
  }

  private static <T> T patient(Supplier<T> read) {
    for (int attempt = 1; ; attempt++) {
      try {
        return read.get();
      } catch (ProviderException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
