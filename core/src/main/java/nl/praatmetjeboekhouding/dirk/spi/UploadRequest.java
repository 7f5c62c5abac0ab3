package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.StepKey;

/**
 * What is to be uploaded.
 *
 * @param prepared what the deployer itself prepared for this target
 * @param artifact the release; its files are those of {@code prepared}
 * @param key to be carried along so that {@link Deployer#findUpload} finds the upload later
 */
public record UploadRequest(Prepared prepared, Artifact artifact, StepKey key) {

  /** Checks that nothing is null. */
  public UploadRequest {
    requireNonNull(prepared, "prepared");
    requireNonNull(artifact, "artifact");
    requireNonNull(key, "key");
  }
}
