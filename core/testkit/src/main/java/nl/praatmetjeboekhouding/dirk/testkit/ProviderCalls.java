package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testkit.Worksite.Shipped;

/** Every call that a runbook makes to a deployer, once each. */
final class ProviderCalls {

  private final Deployer deployer;
  private final Target target;
  private final Supplier<CallContext> context;
  private final Shipped shipped;
  private final StepKey key;
  private final UploadRequest upload;
  private final ActivateRequest activation;
  private final Worksite site;

  /**
   * @param deployer who is asked
   * @param site where it can be seen what serves the target
   * @param shipped what serves it
   * @param when tells these calls from others; part of their keys
   * @param context what goes with each call
   */
  ProviderCalls(
      Deployer deployer,
      Worksite site,
      Target target,
      Shipped shipped,
      String when,
      Supplier<CallContext> context) {
    this.deployer = deployer;
    this.site = site;
    this.target = target;
    this.shipped = shipped;
    this.context = context;
    Prepared prepared = site.prepare("built " + when);
    key = site.key("write " + when);
    upload = new UploadRequest(prepared, site.artifact("built", prepared), key);
    activation = site.activation(Split.all(shipped.id()), key);
  }

  /**
   * One call.
   *
   * @param name the method's
   * @param needsVendor whether it cannot be answered without the vendor
   * @param work makes the call
   */
  record Named(String name, boolean needsVendor, Supplier<Object> work) {}

  /**
   * All calls, the reads first.
   *
   * @param activations whether the vendor activates what was uploaded
   */
  List<Named> all(boolean activations) {
    List<Named> calls = new ArrayList<>();
    calls.add(
        new Named("prepare", false, () -> deployer.prepare(new PrepareRequest(target), now())));
    calls.add(new Named("active", true, () -> deployer.active(target, now())));
    calls.add(new Named("version", true, () -> deployer.version(target, shipped.id(), now())));
    calls.add(
        new Named(
            "deployments", true, () -> deployer.deployments(target, Optional.empty(), now())));
    calls.add(new Named("refresh", false, () -> deployer.refresh(shipped.version(), now())));
    calls.add(new Named("refresh", false, () -> deployer.refresh(shipped.deployment(), now())));
    calls.add(new Named("findUpload", false, () -> deployer.findUpload(site.look(key), now())));
    calls.add(
        new Named("findActivation", false, () -> deployer.findActivation(site.look(key), now())));
    calls.add(new Named("upload", true, () -> deployer.upload(upload, now())));
    if (activations) {
      calls.add(new Named("activate", true, () -> deployer.activate(activation, now())));
    }
    return calls;
  }

  private CallContext now() {
    return context.get();
  }
}
