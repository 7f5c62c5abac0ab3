package nl.praatmetjeboekhouding.dirk.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.Reach;

/** A vendor that answers with the version which a header of the request names. */
final class ReachableDeployer extends ForwardingDeployer implements Reach {

  private static final String HEADER = "memory-version";

  ReachableDeployer(Deployer deployer) {
    super(deployer);
  }

  @Override
  public Optional<Endpoint> reach(Version version, Endpoint endpoint) {
    Map<String, String> headers = new HashMap<>(endpoint.headers());
    headers.put(HEADER, version.id());
    return Optional.of(endpoint.withHeaders(headers));
  }

  static boolean names(Endpoint endpoint, String version) {
    return version.equals(endpoint.headers().get(HEADER));
  }
}
