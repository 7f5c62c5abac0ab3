package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a version runs.
 *
 * @param main the name of the module that is asked; empty if there are only assets
 * @param serviceWorker whether the main module is a script and not an ES module
 * @param runtime limits, placement and migration tag as they were told, those that were
 * @param assets what is served without it
 */
record Code(
    String main,
    boolean serviceWorker,
    List<ModuleFile> modules,
    Optional<String> compatibilityDate,
    List<String> compatibilityFlags,
    ObjectNode runtime,
    Assets assets) {

  static final String MIGRATION_TAG = "migration_tag";

  Code {
    modules = List.copyOf(modules);
    compatibilityFlags = List.copyOf(compatibilityFlags);
  }

  /** Code that answers nothing. */
  static Code none() {
    return new Code(
        "", false, List.of(), Optional.empty(), List.of(), Json.object(), Assets.none());
  }

  /** This one, of a Worker whose Durable Objects were migrated to a tag, if it names none. */
  Code migratedTo(Optional<String> tag) {
    if (tag.isEmpty() || runtime.has(MIGRATION_TAG)) {
      return this;
    }
    ObjectNode migrated = runtime.deepCopy().put(MIGRATION_TAG, tag.get());
    return new Code(
        main, serviceWorker, modules, compatibilityDate, compatibilityFlags, migrated, assets);
  }

  /** This one with assets. */
  Code serving(Assets given) {
    return new Code(
        main, serviceWorker, modules, compatibilityDate, compatibilityFlags, runtime, given);
  }

  /** A fingerprint of the modules. */
  String etag() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (ModuleFile module : modules) {
        digest.update(Bytes.utf8(module.name()).array());
        digest.update(module.content().array());
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
