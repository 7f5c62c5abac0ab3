package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** What a Worker is uploaded as: metadata and modules. */
record Upload(ObjectNode metadata, Code code) {

  private static final String METADATA = "metadata";
  private static final Pattern DATE =
      Pattern.compile("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");

  /**
   * Reads and checks an upload.
   *
   * @param limit how large the modules may be together, compressed, in bytes
   * @param now what no compatibility date may be after
   */
  static Upload of(ApiRequest request, long limit, Instant now) {
    List<Part> parts = request.parts();
    ObjectNode metadata = metadata(parts);
    String main = metadata.path("main_module").asText(metadata.path("body_part").asText(""));
    List<ModuleFile> modules =
        parts.stream()
            .filter(part -> !part.name().equals(METADATA))
            .map(part -> new ModuleFile(part.name(), part.contentType().orElse(""), part.content()))
            .toList();
    boolean assetsOnly = main.isEmpty() && metadata.has("assets");
    if (!assetsOnly && modules.stream().noneMatch(module -> module.name().equals(main))) {
      throw Refusal.invalid("no part of the upload is the main module '" + main + "'");
    }
    long size = compressed(modules);
    if (size > limit) {
      throw new Refusal(
          413, 10027, "Your Worker exceeded the size limit: " + size + " of " + limit + " bytes");
    }
    List<String> flags = new ArrayList<>();
    metadata.path("compatibility_flags").forEach(flag -> flags.add(flag.asText()));
    return new Upload(
        metadata,
        new Code(
            main,
            metadata.has("body_part"),
            modules,
            compatibilityDate(metadata, now),
            flags,
            runtime(metadata),
            Assets.none()));
  }

  private static ObjectNode runtime(ObjectNode metadata) {
    ObjectNode runtime = Json.object();
    for (String told : List.of("limits", "placement")) {
      if (metadata.path(told).isObject()) {
        runtime.set(told, metadata.get(told));
      }
    }
    String tag = metadata.path("migrations").path("new_tag").asText("");
    return tag.isEmpty() ? runtime : runtime.put(Code.MIGRATION_TAG, tag);
  }

  /** As workerd reads it for Cloudflare: it looks at the form and the day in UTC. */
  private static Optional<String> compatibilityDate(ObjectNode metadata, Instant now) {
    String date = metadata.path("compatibility_date").asText("");
    if (date.isEmpty()) {
      return Optional.empty();
    }
    if (!DATE.matcher(date).matches()) {
      throw Refusal.invalid("Invalid compatibility date: " + date);
    }
    if (date.compareTo(LocalDate.ofInstant(now, ZoneOffset.UTC).toString()) > 0) {
      throw Refusal.invalid("Can't set compatibility date in the future: " + date);
    }
    return Optional.of(date);
  }

  static ObjectNode metadata(List<Part> parts) {
    Part part =
        parts.stream()
            .filter(each -> each.name().equals(METADATA))
            .findFirst()
            .orElseThrow(() -> Refusal.invalid("the upload has no part 'metadata'"));
    JsonNode metadata = ApiRequest.read(part.content());
    if (metadata instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.invalid("the part 'metadata' is not a JSON object");
  }

  private static long compressed(List<ModuleFile> modules) {
    Counter counter = new Counter();
    try (GZIPOutputStream zip = new GZIPOutputStream(counter)) {
      for (ModuleFile module : modules) {
        if (!module.isSourceMap()) {
          zip.write(module.content().array());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return counter.count;
  }

  private static final class Counter extends OutputStream {

    private long count;

    @Override
    public void write(int one) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
