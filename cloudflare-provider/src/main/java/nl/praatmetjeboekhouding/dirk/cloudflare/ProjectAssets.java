package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.Asset;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.WorkerAssets;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.StaticAssets;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * The static assets of a project: found and hashed before anything is sent, then uploaded. Between
 * the two they may be kept as files of an artifact: each content under its hash, so that no name of
 * a file matters, and one file that tells which path has which.
 */
final class ProjectAssets {

  /** What a Worker opens a session for its assets under, below its own path. */
  static final String SESSION = "assets-upload-session";

  private static final String KEPT = ".assets/";
  private static final String MANIFEST = KEPT + "manifest.json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

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
    return project.assets().map(ProjectAssets::in).orElseGet(ProjectAssets::none);
  }

  private static ProjectAssets none() {
    return new ProjectAssets(List.of(), JsonNodeFactory.instance.objectNode(), false);
  }

  private static ProjectAssets in(StaticAssets told) {
    WorkerAssets found = WorkerAssets.in(told.folder());
    ObjectNode config = told.config().deepCopy();
    found.redirects().ifPresent(text -> config.put("_redirects", text));
    found.headers().ifPresent(text -> config.put("_headers", text));
    // Hashing is what takes long here, and every processor helps.
    return new ProjectAssets(found.files().parallelStream().map(Asset::of).toList(), config, true);
  }

  /** Those of a plan among the files of an artifact; none if it has none. */
  static ProjectAssets kept(Plan plan, List<ContentFile> files) {
    return plan.assets().map(config -> kept(config, files)).orElseGet(ProjectAssets::none);
  }

  private static ProjectAssets kept(ObjectNode config, List<ContentFile> files) {
    Map<String, ContentFile> named = new HashMap<>();
    files.forEach(file -> named.put(file.name(), file));
    List<Asset> assets = new ArrayList<>();
    for (Map.Entry<String, JsonNode> told : manifest(file(named, MANIFEST)).properties()) {
      String hash = told.getValue().path("hash").asText();
      ContentFile content = file(named, KEPT + hash);
      assets.add(new Asset(told.getKey().substring(1), content.size(), hash, content::open));
    }
    return new ProjectAssets(assets, config, true);
  }

  private static ContentFile file(Map<String, ContentFile> named, String name) {
    ContentFile file = named.get(name);
    if (file == null) {
      throw ProviderException.of(
          FailureKind.NOT_SENT, "Cloudflare was not asked: " + name + " is not kept");
    }
    return file;
  }

  private static JsonNode manifest(ContentFile file) {
    try {
      return MAPPER.readTree(ModuleParts.read(file));
    } catch (IOException e) {
      throw ProviderException.with(
              FailureKind.NOT_SENT, "Cloudflare was not asked: " + file.name() + " cannot be read")
          .cause(e)
          .build();
    }
  }

  /** Whether there are any, be it in an empty folder. */
  boolean present() {
    return present;
  }

  /** How many files they are. */
  int size() {
    return assets.size();
  }

  /** A plan that knows of them. */
  Plan in(Plan plan) {
    return present ? plan.withAssets(config) : plan;
  }

  /** As files of an artifact; reads all of them. */
  List<ContentFile> files() {
    Map<String, ContentFile> files = new LinkedHashMap<>();
    if (present) {
      byte[] manifest = AssetUpload.manifest(assets).toString().getBytes(StandardCharsets.UTF_8);
      files.put(MANIFEST, ContentFile.of(MANIFEST, manifest));
    }
    for (Asset asset : assets) {
      files.computeIfAbsent(KEPT + asset.hash(), asset::as);
    }
    return List.copyOf(files.values());
  }

  /** Asks how many of them are new to a Worker. */
  AssetUpload.Count count(CloudflareApi api, String worker, Supplier<CallContext> calls) {
    CallContext call = calls.get();
    Remaining remaining = new Remaining(call, api.time());
    return new AssetUpload(
            api, api.script(worker, SESSION), assets, remaining, new Repeats(call, api.time()))
        .count();
  }

  /**
   * As {@link #uploaded}, where what follows is looked for if its fate is unknown: assets alone
   * make no version, so that whatever became of them there is nothing to look for.
   */
  ObjectNode broughtFor(
      ObjectNode metadata, CloudflareApi api, String worker, Remaining remaining, Repeats repeats) {
    try {
      return uploaded(metadata, api, api.script(worker, SESSION), remaining, repeats);
    } catch (ProviderException e) {
      if (e.kind().changedNothing() || e.kind() == FailureKind.STOPPED) {
        throw e;
      }
      throw ProviderException.with(FailureKind.NOT_SENT, e.getMessage() + "; no version was made")
          .vendorCodes(e.vendorCodes())
          .cause(e)
          .build();
    }
  }

  /**
   * As {@link #uploaded(ObjectNode, CloudflareApi, String[], Remaining, Repeats)}, noting that it
   * is done.
   */
  ObjectNode uploaded(
      ObjectNode metadata,
      CloudflareApi api,
      String[] session,
      Remaining remaining,
      Repeats repeats,
      HalfWay done) {
    ObjectNode with = uploaded(metadata, api, session, remaining, repeats);
    if (present) {
      done.did("its static assets are uploaded");
    }
    return with;
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
