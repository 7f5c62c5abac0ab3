package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.Asset;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetFile;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetFolder;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetLimits;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.IgnoreRules;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.PagesFile;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.Part;

/** What a folder becomes in a deployment: its files by name and hash, and its rules. */
final class PagesForm {

  private static final IgnoreRules IGNORED =
      IgnoreRules.of(
          "/_worker.js",
          "/_redirects",
          "/_headers",
          "/_routes.json",
          "/functions",
          ".DS_Store",
          "node_modules",
          ".git",
          "/.wrangler");

  /** What says how files are answered, and is no file of the site itself. */
  static final List<String> RULES = List.of("_headers", "_redirects");

  /** What Pages takes of a commit message. */
  private static final int MESSAGE_BYTES = 384;

  private PagesForm() {}

  /** The files near the top first, as wrangler finds them. */
  static List<Asset> assets(Path folder, int files) {
    Comparator<AssetFile> byDepth =
        Comparator.comparingLong(file -> file.path().chars().filter(sign -> sign == '/').count());
    return files(folder, files).stream().sorted(byDepth).map(Asset::of).toList();
  }

  /** The files of a site by their paths, not read yet; there may be at most so many. */
  static List<AssetFile> files(Path folder, int most) {
    return AssetFolder.files(folder, IGNORED, AssetLimits.pages(most));
  }

  /** As much of a text as Pages takes, in whole characters. */
  private static String cut(String message) {
    int bytes = 0;
    int end = 0;
    while (end < message.length()) {
      int next = message.offsetByCodePoints(end, 1);
      bytes += message.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MESSAGE_BYTES) {
        break;
      }
      end = next;
    }
    return message.substring(0, end);
  }

  static List<Part> parts(
      PagesUpload upload,
      Optional<PagesFile> said,
      List<Part> routing,
      List<Part> worker,
      List<Asset> assets) {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    assets.forEach(asset -> manifest.put("/" + asset.path(), asset.hash()));
    List<Part> parts = new ArrayList<>();
    parts.add(text("manifest", manifest.toString()));
    upload.branch().ifPresent(branch -> parts.add(text("branch", branch)));
    upload.commitMessage().ifPresent(message -> parts.add(text("commit_message", cut(message))));
    upload.commitHash().ifPresent(hash -> parts.add(text("commit_hash", hash)));
    upload.commitDirty().ifPresent(dirty -> parts.add(text("commit_dirty", dirty.toString())));
    for (String name : RULES) {
      Path file = upload.folder().resolve(name);
      if (Files.isRegularFile(file)) {
        parts.add(file(name, file));
      }
    }
    parts.addAll(routing);
    said.ifPresent(
        file -> {
          parts.add(text("wrangler_config_hash", file.hash()));
          parts.add(text("pages_build_output_dir", file.output()));
        });
    parts.addAll(worker);
    return parts;
  }

  static Part file(String name, Path file) {
    return Part.of(name, Optional.of(name), Optional.of("application/octet-stream"), read(file));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw ProviderException.with(
              FailureKind.NOT_SENT,
              "Nothing was deployed: " + file + " cannot be read; build it and deploy again")
          .cause(e)
          .build();
    }
  }

  private static Part text(String name, String value) {
    return Part.of(
        name, Optional.empty(), Optional.empty(), value.getBytes(StandardCharsets.UTF_8));
  }
}
