package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What is done with Dirk and with wrangler, to see which is faster. */
enum SpeedCase {
  FIRST(Verb.DEPLOY, false, false, 0, 3),
  UPDATE(Verb.DEPLOY, true, false, 0, 5),
  BINDINGS_FIRST(Verb.DEPLOY, false, true, 0, 4),
  BINDINGS_UPDATE(Verb.DEPLOY, true, true, 0, 6),
  ASSETS_500_NEW(Verb.DEPLOY, true, false, 500, Integer.MAX_VALUE),
  ASSETS_500_SAME(Verb.DEPLOY, true, false, 500, Integer.MAX_VALUE),
  ASSETS_10000_NEW(Verb.DEPLOY, true, false, 10_000, Integer.MAX_VALUE),
  ASSETS_10000_SAME(Verb.DEPLOY, true, false, 10_000, Integer.MAX_VALUE),
  ROLLBACK(Verb.ROLLBACK, true, false, 0, 3),
  LIST(Verb.LIST, true, false, 0, Integer.MAX_VALUE);

  /** A command of wrangler, and what Dirk does instead. */
  enum Verb {
    DEPLOY("deploy"),
    ROLLBACK("rollback --yes"),
    LIST("deployments list");

    private final String words;

    Verb(String words) {
      this.words = words;
    }

    List<String> words() {
      return List.of(words.split(" ", -1));
    }
  }

  private static final int ASSET_BYTES = 1024;
  private static final int FOLDERS = 100;

  private final Verb verb;
  private final boolean there;
  private final boolean bound;
  private final int assets;
  private final int roundTrips;

  SpeedCase(Verb verb, boolean there, boolean bound, int assets, int roundTrips) {
    this.verb = verb;
    this.there = there;
    this.bound = bound;
    this.assets = assets;
    this.roundTrips = roundTrips;
  }

  Verb verb() {
    return verb;
  }

  /** Whether the Worker is there before. */
  boolean isThere() {
    return there;
  }

  /** Whether its assets are others each time. */
  boolean isNew() {
    return this == ASSETS_500_NEW || this == ASSETS_10000_NEW;
  }

  /** Whether it takes so long that it is done once. */
  boolean isLong() {
    return assets > 1000;
  }

  /** How many round trips in sequence Dirk may need. */
  int roundTrips() {
    return roundTrips;
  }

  /** What it is called on the command line and in the table. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Writes a project.
   *
   * @param worker what its Worker is called
   * @param content what distinguishes its assets from those of others
   */
  void write(Path folder, String worker, String content) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("worker.js"),
        "export default { async fetch() { return new Response('ok'); } };\n");
    String more =
        (assets > 0 ? ", \"assets\": {\"directory\": \"./public\"}" : "") + (bound ? bound() : "");
    Files.writeString(
        folder.resolve("wrangler.json"),
        """
        {"name": "%s", "main": "worker.js", "compatibility_date": "2026-01-01"%s}
        """
            .formatted(worker, more.replace("HOST", worker + ".example.com")));
    for (int asset = 0; asset < assets; asset++) {
      Path file = folder.resolve("public/d" + asset % FOLDERS + "/f" + asset + ".txt");
      if (asset < FOLDERS) {
        Files.createDirectories(file.getParent());
      }
      String line = "file " + asset + " of " + content + "\n";
      Files.writeString(
          file, line.repeat(ASSET_BYTES / line.length() + 1).substring(0, ASSET_BYTES));
    }
  }

  private static String bound() {
    return """
        , "kv_namespaces": [{"binding": "KV", "id": "0a00000000000000000000000000aaaa"}],
        "d1_databases": [{"binding": "DB", "database_name": "d",
          "database_id": "30000001-0000-4000-8000-000000000000"}],
        "r2_buckets": [{"binding": "R2", "bucket_name": "bkt"}],
        "triggers": {"crons": ["*/10 * * * *"]},
        "routes": [{"pattern": "HOST/*", "zone_name": "example.com"}]""";
  }
}
