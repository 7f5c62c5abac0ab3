package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Reach;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testkit.simulation.Point.Place;

/** The vendor as one process has it. */
final class ProcessDeployer implements Deployer, Reach {

  private final SimulatedProcess process;
  private final World world;

  ProcessDeployer(SimulatedProcess process) {
    this.process = process;
    this.world = process.world();
  }

  @Override
  public String resource(Target target) {
    process.requireAlive();
    return World.resource(target);
  }

  @Override
  public Prepared prepare(PrepareRequest request, CallContext call) {
    Target target = request.target();
    return process.read(
        Place.PREPARE, isProduction(target), call, () -> world.prepare(target, process.content()));
  }

  @Override
  public Version upload(UploadRequest request, CallContext call) {
    return process.write(
        Place.UPLOAD,
        isProduction(request.prepared().target()),
        request.key(),
        call,
        late -> world.upload(request, late));
  }

  @Override
  public Deployment activate(ActivateRequest request, CallContext call) {
    return process.write(
        Place.ACTIVATE,
        isProduction(request.target()),
        request.key(),
        call,
        late -> world.activate(request, late));
  }

  @Override
  public Optional<Deployment> active(Target target, CallContext call) {
    return process.read(Place.READ, isProduction(target), call, () -> world.active(target));
  }

  @Override
  public Optional<Version> version(Target target, String id, CallContext call) {
    return process.read(Place.READ, isProduction(target), call, () -> world.version(target, id));
  }

  @Override
  public DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call) {
    return process.read(
        Place.READ,
        isProduction(target),
        call,
        () -> DeploymentPage.last(world.deployments(target)));
  }

  @Override
  public Version refresh(Version version, CallContext call) {
    return process.read(Place.REFRESH, isProduction(version.target()), call, () -> version);
  }

  @Override
  public Deployment refresh(Deployment deployment, CallContext call) {
    return process.read(Place.REFRESH, isProduction(deployment.target()), call, () -> deployment);
  }

  @Override
  public Sighting<Version> findUpload(FindRequest request, CallContext call) {
    return process.read(
        Place.FIND,
        isProduction(request.target()),
        call,
        () -> world.findUpload(request.target(), request.key()));
  }

  @Override
  public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
    return process.read(
        Place.FIND,
        isProduction(request.target()),
        call,
        () -> world.findActivation(request.target(), request.key()));
  }

  @Override
  public Guarantees guarantees() {
    process.requireAlive();
    Guarantees promised =
        Guarantees.of(Guarantees.Kind.READ_BACK_KEY, Guarantees.Kind.READ_BACK_KEY)
            .settlingWithin(World.WINDOW);
    return process.plot().compares() ? promised.comparingAndSetting() : promised;
  }

  @Override
  public Optional<Endpoint> reach(Version version, Endpoint endpoint) {
    process.requireAlive();
    return process.plot().activation() == Activation.SPLIT
        ? world.reach(version, endpoint)
        : Optional.empty();
  }

  @Override
  public void close() {}

  private boolean isProduction(Target target) {
    return world.site(target).isProduction();
  }
}
