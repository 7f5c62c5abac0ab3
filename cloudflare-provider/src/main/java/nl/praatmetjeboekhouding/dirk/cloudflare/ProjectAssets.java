package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.Asset;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.WorkerAssets;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.StaticAssets;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/** The static assets of a project: found and hashed before anything is sent, then uploaded. */
final class ProjectAssets {

  /** What a Worker opens a session for its assets under, below its own path. */
  static final String SESSION = "assets-upload-session";

  private final List<Asset> assets;
  private final ObjectNode config;
  private final boolean present;

  private ProjectAssets(List<Asset> assets, ObjectNode config, boolean present) {
    this.assets = assets;
    this.config = config;
    this.present = present;
  }

  /**
   * Those of a project as they are now; none if it has none.
   *
   * @throws ConfigurationException if the folder holds what cannot be taken, all at once
   */
  static ProjectAssets of(WranglerProject project) {
    return project
        .assets()
        .map(ProjectAssets::in)
        .orElseGet(
            () -> new ProjectAssets(List.of(), JsonNodeFactory.instance.objectNode(), false));
  }

  private static ProjectAssets in(StaticAssets told) {
    WorkerAssets found = WorkerAssets.in(told.folder());
    ObjectNode config = told.config().deepCopy();
    found.redirects().ifPresent(text -> config.put("_redirects", text));
    found.headers().ifPresent(text -> config.put("_headers", text));
    // Hashing is what takes long here, and every processor helps.
    return new ProjectAssets(found.files().parallelStream().map(Asset::of).toList(), config, true);
  }

  /**
   * Uploads what Cloudflare does not have, and adds to the metadata of an upload what it has.
   *
   * @param session where the Worker opens a session, as a path
   */
  ObjectNode uploaded(
      ObjectNode metadata,
      CloudflareApi api,
      String[] session,
      Remaining remaining,
      Repeats repeats) {
    if (present) {
      String token = new AssetUpload(api, session, assets, remaining, repeats).run();
      metadata.putObject("assets").put("jwt", token).set("config", config);
    }
    return metadata;
  }
}
