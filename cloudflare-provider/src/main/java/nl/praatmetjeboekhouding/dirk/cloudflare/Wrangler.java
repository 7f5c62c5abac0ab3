package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.CodeUpdate;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * Does in one call what one of wrangler's commands does, and changes what that command changes. No
 * runbook: nothing is probed, written down or taken back; what was refused half-way stays as far as
 * it came, and the message says how far; the kind of such a failure is that of the request that
 * failed. An upload that broke down is sent again if a look shows that it took no effect. A
 * project's own file that is wrong fails with {@link ConfigurationException} before anything is
 * sent, everything else with {@link ProviderException}. Safe for use by several threads.
 */
public final class Wrangler {

  private final Workers workers;

  private Wrangler(Workers workers) {
    this.workers = workers;
  }

  /**
   * The commands, for the Workers of an account.
   *
   * @param workers closed by whoever opened it
   */
  public static Wrangler with(Workers workers) {
    return new Wrangler(requireNonNull(workers, "workers"));
  }

  /** {@code wrangler deploy}: {@link #deploy(WorkerProject, DeployNote, CallContext)}, unnoted. */
  public DeployedWorker deploy(WorkerProject project, CallContext call) {
    return deploy(project, DeployNote.none(), call);
  }

  /**
   * {@code wrangler deploy}: uploads the project's Worker, gives it all traffic, and sets its
   * workers.dev subdomain, routes, crons and log settings as the project says. A Worker that is not
   * there is created. Unlike wrangler, it looks first whether the routes can be set, and sends
   * nothing if not.
   *
   * @param call whose time is shared by all that is sent
   */
  public DeployedWorker deploy(WorkerProject project, DeployNote note, CallContext call) {
    WranglerProject read = project.read().in(workers.account());
    Guards guards = project.guards().in(workers.account());
    return new ProjectDeploy(workers, read, guards, project.secrets(), note, call).run();
  }

  /**
   * {@code wrangler deploy --dispatch-namespace}: uploads the project's Worker into a dispatch
   * namespace, where only its dispatcher reaches it: triggers and log settings besides the upload's
   * own are not set, and told. What others did there is not looked for.
   *
   * @param namespace the namespace's name
   * @param call whose time is shared by all that is sent
   */
  public DeployedWorker deployInto(
      String namespace, WorkerProject project, DeployNote note, CallContext call) {
    requireNonNull(namespace, "namespace");
    WranglerProject read = project.read().in(workers.account());
    Guards guards = project.guards().in(workers.account());
    return new DispatchDeploy(workers, namespace, read, guards, project.secrets(), note, call)
        .run();
  }

  /**
   * {@code wrangler delete}: deletes a Worker with its versions, secrets, triggers and Durable
   * Objects, and what the assets of a Workers Site were kept in. Refused with {@link
   * FailureKind#CONFLICT} if others use it, which are named: bound to it or to its Durable Objects,
   * dispatching or logging through it, or a queue that it consumes. What the token may not look at
   * is told, and Cloudflare looks once more.
   *
   * @param call whose time is shared by all that is sent
   * @return what somebody should look at, a sentence each
   */
  public List<String> delete(String worker, CallContext call) {
    return new WorkerDeletion(workers, worker, call).unlessUsed();
  }

  /**
   * {@code wrangler delete --force}: {@link #delete}, although others may use it, which break then.
   *
   * @param call whose time is shared by all that is sent
   * @return what somebody should look at, a sentence each
   */
  public List<String> deleteAlthoughUsed(String worker, CallContext call) {
    return new WorkerDeletion(workers, worker, call).althoughUsed();
  }

  /**
   * {@code wrangler triggers deploy}: sets the workers.dev subdomain, routes, custom domains,
   * crons, queue consumers and workflows of the project's Worker as the project says, and uploads
   * nothing. Nothing need be built, but the folder of static assets must be there. One that is
   * refused keeps no other from being set. Fails if there is no such Worker.
   *
   * @param call whose time is shared by all that is sent
   * @return what somebody should look at, a sentence each
   */
  public List<String> deployTriggers(WorkerProject project, CallContext call) {
    return new TriggersDeploy(workers, project.triggers().in(workers.account()), call).run();
  }

  /**
   * {@code wrangler versions upload}: adds a version to the project's Worker and gives it no
   * traffic. Routes, crons and log settings stay as they are. Fails if there is no such Worker.
   *
   * @param call whose time is shared by all that is sent
   */
  public UploadedVersion uploadVersion(WorkerProject project, VersionNote note, CallContext call) {
    WranglerProject read = project.read().in(workers.account());
    Guards guards = project.guards().in(workers.account());
    return new ProjectVersion(workers, read, guards, project.secrets(), note, call).run();
  }

  /**
   * {@code wrangler versions deploy}: gives the traffic of the project's Worker to versions that
   * are there, and sets the log settings that the project names. Running Durable Objects get their
   * code as the project says. Nothing need be built.
   *
   * @param call whose time is shared by all that is sent
   * @throws IllegalArgumentException if the versions are more than two or do not make up 100
   *     percent; nothing is changed then
   */
  public DeployedVersions deployVersions(
      WorkerProject project, VersionsCommand command, CallContext call) {
    return new VersionsDeploy(
            workers, project.worker(), project.logSettings(), project.codeUpdate(), command, call)
        .run();
  }

  /**
   * {@code wrangler versions list}: about the last ten that can be deployed, newest first, in
   * Cloudflare's own JSON. Fails if there is no such Worker.
   */
  public List<JsonNode> versions(String worker, CallContext call) {
    List<JsonNode> versions = workers.deployableVersions(worker, call);
    if (versions.isEmpty()) {
      throw ProviderException.of(
          FailureKind.NOT_FOUND,
          "Cloudflare knows no versions of a Worker "
              + worker
              + "; check its name and the account");
    }
    return versions;
  }

  /**
   * {@code wrangler versions view}: one version, in Cloudflare's own JSON. Fails if there is none.
   *
   * @param id the version's id
   */
  public JsonNode version(String worker, String id, CallContext call) {
    return workers
        .version(worker, id, call)
        .orElseThrow(
            () ->
                ProviderException.of(
                    FailureKind.NOT_FOUND,
                    "Cloudflare knows no version "
                        + id
                        + " of a Worker "
                        + worker
                        + "; list them"));
  }

  /**
   * {@code wrangler rollback}: gives all traffic to an earlier version. Routes, crons and other
   * settings that are no part of a version stay as they are.
   *
   * @return the deployment that was made, in Cloudflare's own JSON
   */
  public JsonNode rollback(RollbackCommand command, CallContext call) {
    return new WorkerRollback(workers, command, CodeUpdate.unsaid(), call).run();
  }

  /**
   * {@link #rollback(RollbackCommand, CallContext)}, where running Durable Objects get the earlier
   * code as the project says. Nothing need be built.
   */
  public JsonNode rollback(WorkerProject project, RollbackCommand command, CallContext call) {
    return new WorkerRollback(workers, command, project.codeUpdate(), call).run();
  }

  /**
   * {@code wrangler deployments list}: about the last ten, newest first, in Cloudflare's own JSON.
   * Fails if there is no such Worker.
   */
  public List<JsonNode> deployments(String worker, CallContext call) {
    List<JsonNode> deployments = workers.deployments(worker, call);
    if (deployments.isEmpty()) {
      throw ProviderException.of(
          FailureKind.NOT_FOUND,
          "Cloudflare knows no deployments of a Worker "
              + worker
              + "; check its name and the account");
    }
    return deployments;
  }
}
