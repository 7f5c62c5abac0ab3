package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;

/** The same deployer when its vendor is not to be reached. */
class UnreachableDeployer extends ForwardingDeployer {

  UnreachableDeployer(Deployer deployer) {
    super(deployer);
  }

  @Override
  public Prepared prepare(PrepareRequest request, CallContext call) {
    throw unreachable();
  }

  @Override
  public Version upload(UploadRequest request, CallContext call) {
    throw unreachable();
  }

  @Override
  public Deployment activate(ActivateRequest request, CallContext call) {
    throw unreachable();
  }

  @Override
  public Optional<Deployment> active(Target target, CallContext call) {
    throw unreachable();
  }

  @Override
  public Optional<Version> version(Target target, String id, CallContext call) {
    throw unreachable();
  }

  @Override
  public DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call) {
    throw unreachable();
  }

  @Override
  public Sighting<Version> findUpload(FindRequest request, CallContext call) {
    throw unreachable();
  }

  @Override
  public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
    throw unreachable();
  }

  static ProviderException unreachable() {
    return ProviderException.of(FailureKind.NOT_SENT, "nobody is there");
  }
}
