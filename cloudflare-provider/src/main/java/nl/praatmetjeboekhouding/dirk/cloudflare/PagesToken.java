package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetLimits;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/** The token of an upload, fetched anew when it has expired. Safe for use by several threads. */
final class PagesToken {

  private final String project;
  private final Supplier<String> fetch;
  private String value;

  /**
   * @param project whose upload it is
   */
  PagesToken(String project, Supplier<String> fetch) {
    this.project = project;
    this.fetch = fetch;
    value = fetch.get();
  }

  /** For requests, which look it up when they are sent. */
  Secret secret() {
    return Secret.of("the upload token of " + project, this::value);
  }

  synchronized String value() {
    return value;
  }

  /** Fetches another one, unless somebody did so since {@code used} was looked up. */
  synchronized void replace(String used) {
    if (value.equals(used)) {
      value = fetch.get();
    }
  }

  /** How many files the account may deploy, as the token says. */
  int files() {
    String[] pieces = value().split("\\.", -1);
    if (pieces.length < 2) {
      return AssetLimits.FREE_FILES;
    }
    try {
      return new ObjectMapper()
          .readTree(Base64.getUrlDecoder().decode(pieces[1]))
          .path("max_file_count_allowed")
          .asInt(AssetLimits.FREE_FILES);
    } catch (IOException | IllegalArgumentException e) {
      return AssetLimits.FREE_FILES;
    }
  }
}
