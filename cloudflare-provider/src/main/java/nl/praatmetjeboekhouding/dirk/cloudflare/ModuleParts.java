package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.http.Part;
import nl.praatmetjeboekhouding.dirk.http.SecretValues;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/** The form of an upload: metadata, then one part a module, named as the code knows it. */
final class ModuleParts {

  private ModuleParts() {}

  /** An upload to where the request goes; bindings that it inherits must be there. */
  static ApiRequest uploaded(
      ApiRequest request, ObjectNode metadata, GivenSecrets secrets, List<WorkerModule> modules) {
    return request
        .query("bindings_inherit", "strict")
        .multipart(
            values -> {
              hideAssets(metadata, values);
              return of(secrets.in(metadata, values), modules);
            });
  }

  /** The token that stands for static assets is shown as little as other secrets. */
  private static void hideAssets(ObjectNode metadata, SecretValues values) {
    String token = metadata.path("assets").path("jwt").asText("");
    if (!token.isEmpty()) {
      String unused = values.of(Secret.of("the token of the assets", () -> token));
    }
  }

  static List<Part> of(ObjectNode metadata, List<WorkerModule> modules) {
    List<Part> parts = new ArrayList<>();
    byte[] json = metadata.toString().getBytes(StandardCharsets.UTF_8);
    parts.add(Part.of("metadata", Optional.empty(), Optional.empty(), json));
    for (WorkerModule module : modules) {
      Optional<String> file = Optional.of(module.fileName());
      Optional<String> type = Optional.of(module.contentType());
      parts.add(Part.of(module.name(), file, type, read(module.content())));
    }
    return parts;
  }

  /** What a file holds, if that is still what it held when it was prepared. */
  static byte[] read(ContentFile file) {
    try (InputStream content = file.open()) {
      byte[] bytes = content.readAllBytes();
      if (Digest.of(bytes).equals(file.digest())) {
        return bytes;
      }
      throw ProviderException.of(
          FailureKind.NOT_SENT,
          "Cloudflare was not asked: "
              + file.name()
              + " changed after it was prepared; prepare the deploy again");
    } catch (IOException e) {
      throw ProviderException.with(
              FailureKind.NOT_SENT,
              "Cloudflare was not asked: "
                  + file.name()
                  + " cannot be read; build it and try again")
          .cause(e)
          .build();
    }
  }
}
