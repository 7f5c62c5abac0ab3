package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The wrangler project of a Worker {@code shop}, whose script is {@code worker.js}. */
final class ShopProject {

  private ShopProject() {}

  /**
   * Writes its wrangler file.
   *
   * @param more members besides name, script and compatibility date; may be empty
   */
  static void write(Path folder, String more) throws IOException {
    Files.writeString(
        folder.resolve("wrangler.jsonc"),
        "{\"name\": \"shop\", \"main\": \"worker.js\", \"compatibility_date\": \"2026-03-01\""
            + (more.isBlank() ? "" : ", " + more)
            + "}");
  }
}
