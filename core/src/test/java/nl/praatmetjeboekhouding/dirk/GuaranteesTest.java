package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * At vendors that show no key: one that ignores a second upload of the same key, and to which
 * switching to what serves already is nothing new. There the same is sent again, and nobody looks.
 */
final class GuaranteesTest {

  private final Scene scene = new Scene();
  private final Keyed vendor = new Keyed(scene.deployer);

  @BeforeEach
  void somethingServes() {
    scene.vendor = vendor;
    scene.deploy("1");
  }

  @Test
  void sendsAnUploadAgainUnderItsKeyWhenTheAnswerIsLost() {
    vendor.losesTheNextUpload = true;

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
    assertThat(vendor.uploads).containsValue(2);
    assertThat(scene.deployer.versions(Scene.STAGING)).hasSize(2);
  }

  @Test
  void switchesAgainWhenTheAnswerIsLost() {
    scene.deployer.loseNextAnswer(Call.ACTIVATE, FailureKind.TIMEOUT);

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
    assertThat(scene.deployer.deployments(Scene.STAGING)).hasSize(2);
  }

  @Test
  void isHeldWhenNoUploadIsEverAnswered() {
    vendor.losesEveryUpload = true;

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.HELD);
    assertThat(scene.serving()).contains("1");
    assertThat(scene.deployer.versions(Scene.STAGING)).hasSize(2);
  }

  /** The vendor, which knows a key again and shows none. */
  private static final class Keyed extends ForwardingDeployer {

    final Map<String, Integer> uploads = new HashMap<>();
    boolean losesTheNextUpload;
    boolean losesEveryUpload;
    private final Map<String, Version> known = new HashMap<>();

    Keyed(Deployer deployer) {
      super(deployer);
    }

    @Override
    public Guarantees guarantees() {
      return Guarantees.of(Guarantees.Kind.IDEMPOTENCY_KEY, Guarantees.Kind.CONVERGENT);
    }

    @Override
    public Version upload(UploadRequest request, CallContext call) {
      String key = request.key().text();
      int unused = uploads.merge(key, 1, Integer::sum);
      Version version = known.computeIfAbsent(key, any -> super.upload(request, call));
      if (losesTheNextUpload || losesEveryUpload) {
        losesTheNextUpload = false;
        throw ProviderException.of(FailureKind.TIMEOUT, "no answer in time");
      }
      return version;
    }

    @Override
    public Deployment activate(ActivateRequest request, CallContext call) {
      Optional<Deployment> stands = active(request.target(), call);
      Split wanted = request.split();
      return stands
          .filter(standing -> standing.split().equals(wanted))
          .orElseGet(() -> super.activate(request, call));
    }

    @Override
    public Sighting<Version> findUpload(FindRequest request, CallContext call) {
      throw new AssertionError("the vendor shows no keys");
    }

    @Override
    public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
      throw new AssertionError("the vendor shows no keys");
    }
  }
}
