package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import nl.praatmetjeboekhouding.dirk.model.ContentFile;

/**
 * A module of a Worker as it is uploaded.
 *
 * @param name what the code imports it by
 * @param contentType what Cloudflare takes it for, such as {@code application/javascript+module} or
 *     {@code text/plain}
 * @param content what it holds
 */
public record WorkerModule(String name, String contentType, ContentFile content) {

  /** Checks that nothing is null or blank. */
  public WorkerModule {
    requireNonNull(name, "name");
    requireNonNull(contentType, "contentType");
    requireNonNull(content, "content");
    if (name.isBlank() || contentType.isBlank()) {
      throw new IllegalArgumentException("name and contentType must not be blank: " + name);
    }
  }

  /** An ES module that is called like its file. */
  public static WorkerModule of(ContentFile script) {
    return new WorkerModule(script.name(), "application/javascript+module", script);
  }
}
