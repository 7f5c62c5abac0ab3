package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** One deletion of a Worker, with what its static assets of old were kept in. Used once. */
final class WorkerDeletion {

  private final Workers workers;
  private final String worker;
  private final Remaining remaining;
  private final List<String> warnings = new ArrayList<>();

  WorkerDeletion(Workers workers, String worker, CallContext call) {
    this.workers = workers;
    this.worker = worker;
    remaining = new Remaining(call, workers.time());
  }

  /** What somebody should look at, a sentence each. */
  List<String> unlessUsed() {
    WorkerUsers users = new WorkerUsers(workers, worker, remaining::call);
    List<String> found = users.find();
    if (!found.isEmpty()) {
      throw ProviderException.of(
          FailureKind.CONFLICT,
          "Cloudflare was not asked to delete "
              + worker
              + ", which is in use: "
              + String.join("; ", found)
              + "; take that away first, or delete it although it is used");
    }
    warnings.addAll(users.warnings());
    return delete(false);
  }

  /** What somebody should look at, a sentence each. */
  List<String> althoughUsed() {
    return delete(true);
  }

  private List<String> delete(boolean force) {
    workers.delete(worker, force, remaining.call());
    List<String> assets =
        List.of(
            "__" + worker + "-workers_sites_assets",
            "__" + worker + "-workers_sites_assets_preview");
    try {
      for (JsonNode namespace : workers.resources().namespaces(assets, remaining.call())) {
        workers.resources().deleteNamespace(CloudflareApi.id(namespace, "id"), remaining.call());
      }
    } catch (ProviderException e) {
      if (e.kind() != FailureKind.FORBIDDEN) {
        throw HalfWay.saying(
            worker + " is deleted, but the assets of its site may be left: " + e.getMessage(), e);
      }
      warnings.add("The assets of its site, if it had any, are left: " + e.getMessage());
    }
    return List.copyOf(warnings);
  }
}
