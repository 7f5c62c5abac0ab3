package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import nl.praatmetjeboekhouding.dirk.model.ContentFile;

/**
 * A module of a Worker as it is uploaded.
 *
 * @param name what the code knows it by: imports it by, or in a service worker a variable
 * @param fileName what it is called where it is sent; Cloudflare shows it and does nothing with it
 * @param contentType what Cloudflare takes it for, such as {@code application/javascript+module} or
 *     {@code text/plain}
 * @param content what it holds
 */
public record WorkerModule(String name, String fileName, String contentType, ContentFile content) {

  /** Checks that nothing is null or blank. */
  public WorkerModule {
    requireNonNull(name, "name");
    requireNonNull(fileName, "fileName");
    requireNonNull(contentType, "contentType");
    requireNonNull(content, "content");
    if (name.isBlank() || contentType.isBlank()) {
      throw new IllegalArgumentException("name and contentType must not be blank: " + name);
    }
  }

  /** One that is called as the code knows it. */
  public WorkerModule(String name, String contentType, ContentFile content) {
    this(name, name, contentType, content);
  }

  /** An ES module that is called like its file. */
  public static WorkerModule of(ContentFile script) {
    return new WorkerModule(script.name(), "application/javascript+module", script);
  }
}
