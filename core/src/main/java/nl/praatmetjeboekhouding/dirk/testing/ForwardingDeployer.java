package nl.praatmetjeboekhouding.dirk.testing;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;

/**
 * Hands every call on to another deployer, for fakes that differ in one. It has none of the powers
 * that the other one may have.
 */
public class ForwardingDeployer implements Deployer {

  private final Deployer deployer;

  /** A deployer that does what {@code deployer} does. */
  public ForwardingDeployer(Deployer deployer) {
    this.deployer = requireNonNull(deployer, "deployer");
  }

  @Override
  public String resource(Target target) {
    return deployer.resource(target);
  }

  @Override
  public Prepared prepare(PrepareRequest request, CallContext call) {
    return deployer.prepare(request, call);
  }

  @Override
  public Version upload(UploadRequest request, CallContext call) {
    return deployer.upload(request, call);
  }

  @Override
  public Deployment activate(ActivateRequest request, CallContext call) {
    return deployer.activate(request, call);
  }

  @Override
  public Optional<Deployment> active(Target target, CallContext call) {
    return deployer.active(target, call);
  }

  @Override
  public Optional<Version> version(Target target, String id, CallContext call) {
    return deployer.version(target, id, call);
  }

  @Override
  public DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call) {
    return deployer.deployments(target, cursor, call);
  }

  @Override
  public Version refresh(Version version, CallContext call) {
    return deployer.refresh(version, call);
  }

  @Override
  public Deployment refresh(Deployment deployment, CallContext call) {
    return deployer.refresh(deployment, call);
  }

  @Override
  public Sighting<Version> findUpload(FindRequest request, CallContext call) {
    return deployer.findUpload(request, call);
  }

  @Override
  public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
    return deployer.findActivation(request, call);
  }

  @Override
  public Guarantees guarantees() {
    return deployer.guarantees();
  }

  @Override
  public void close() {
    deployer.close();
  }
}
