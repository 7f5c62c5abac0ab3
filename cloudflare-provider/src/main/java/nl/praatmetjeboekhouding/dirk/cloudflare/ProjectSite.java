package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.SiteAsset;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.SiteAssets;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Site;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;

/**
 * The Workers Site of a project: found and hashed before anything is sent, then brought into a
 * key-value namespace of its Worker. What is there of it no longer is deleted only once the code
 * that asks for the new files is live. Used once.
 */
final class ProjectSite {

  private static final String NAMESPACE = "__STATIC_CONTENT";
  private static final String MANIFEST = "__STATIC_CONTENT_MANIFEST";
  private static final String SERVICE_WORKER = "application/javascript";
  private static final String SOURCE_MAP = "application/source-map";

  private final List<SiteAsset> assets;
  private final boolean present;
  private Optional<SiteNamespace> namespace = Optional.empty();
  private Set<String> stale = Set.of();

  private ProjectSite(List<SiteAsset> assets, boolean present) {
    this.assets = assets;
    this.present = present;
  }

  /**
   * That of a project as it is now; an empty one if it has none.
   *
   * @throws ConfigurationException if the folder holds what cannot be taken, all at once
   */
  static ProjectSite of(WranglerProject project) {
    return project.site().map(ProjectSite::in).orElseGet(() -> new ProjectSite(List.of(), false));
  }

  private static ProjectSite in(Site site) {
    return new ProjectSite(SiteAssets.in(site.folder(), site.include(), site.exclude()), true);
  }

  /** Refuses a project with a site where the files of one version would be those of all. */
  static void refuse(WranglerProject project, String how) {
    if (project.site().isPresent()) {
      throw ProviderException.of(
          FailureKind.INELIGIBLE,
          "Cloudflare was not asked: the files of a Workers Site are kept once for all versions of "
              + project.name()
              + ", so that "
              + how
              + "; deploy it with Wrangler.deploy(...), or have \"assets\" instead of \"site\"");
    }
  }

  /** Brings the files that are not there, and binds the namespace that they are in. */
  Plan brought(Plan plan, Workers workers, Remaining remaining, Repeats repeats) {
    if (!present) {
      return plan;
    }
    String title = "__" + plan.worker() + "-workers_sites_assets";
    Resources resources = workers.resources();
    String id =
        resources
            .namespace(title, remaining.call())
            .orElseGet(
                () ->
                    repeats.send(
                        () -> resources.createNamespace(title, remaining.call()),
                        failure -> resources.namespace(title, remaining.call())));
    if (id.isEmpty()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE,
          "Cloudflare made the key-value namespace "
              + title
              + " without saying its id; deploy again, it is looked for by its name");
    }
    SiteNamespace found = new SiteNamespace(workers.api(), id, remaining, repeats);
    namespace = Optional.of(found);
    stale = found.keys();
    List<SiteAsset> lacking =
        assets.stream().filter(asset -> !stale.contains(asset.key())).toList();
    assets.forEach(asset -> stale.remove(asset.key()));
    found.put(lacking);
    return bound(plan, id);
  }

  private static Plan bound(Plan plan, String id) {
    ArrayNode bindings =
        plan.metadata().path("bindings") instanceof ArrayNode those
            ? those.deepCopy()
            : JsonNodeFactory.instance.arrayNode();
    bindings.addObject().put("name", NAMESPACE).put("type", "kv_namespace").put("namespace_id", id);
    if (plan.metadata().has("body_part")) {
      bindings.addObject().put("name", MANIFEST).put("type", "text_blob").put("part", MANIFEST);
    }
    return plan.withBindings(bindings);
  }

  /** The modules of a Worker, with the one that tells it which file has which key. */
  List<WorkerModule> with(List<WorkerModule> modules) {
    if (!present) {
      return modules;
    }
    ObjectNode keys = JsonNodeFactory.instance.objectNode();
    assets.forEach(asset -> keys.put(asset.file().path(), asset.key()));
    WorkerModule manifest = text(MANIFEST, "text/plain", keys.toString());
    List<String> types = modules.stream().map(WorkerModule::contentType).toList();
    int script = types.indexOf(SERVICE_WORKER);
    List<WorkerModule> all = new ArrayList<>(modules);
    if (script >= 0) {
      all.add(script, manifest);
    } else {
      all.add(manifest);
      folders(modules).forEach(folder -> all.add(inFolder(folder)));
    }
    return all;
  }

  private static Set<String> folders(List<WorkerModule> modules) {
    Set<String> folders = new LinkedHashSet<>();
    for (WorkerModule module : modules) {
      int end = module.name().lastIndexOf('/');
      if (end > 0 && !module.contentType().equals(SOURCE_MAP)) {
        folders.add(module.name().substring(0, end));
      }
    }
    return folders;
  }

  /** Modules import it by its name alone, wherever they lie. */
  private static WorkerModule inFolder(String folder) {
    String up = "../".repeat(folder.split("/", -1).length);
    return text(
        folder + "/" + MANIFEST,
        "application/javascript+module",
        "export { default } from \"" + up + MANIFEST + "\";");
  }

  private static WorkerModule text(String name, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new WorkerModule(name, type, ContentFile.of(name.replace('/', '-'), bytes));
  }

  /** Deletes what the code that is live no longer asks for; a warning if that fails. */
  Optional<String> tidied() {
    try {
      namespace.ifPresent(found -> found.delete(stale));
      return Optional.empty();
    } catch (ProviderException e) {
      return Optional.of(
          stale.size() + " old files of the site may be left in its namespace: " + e.getMessage());
    }
  }
}
