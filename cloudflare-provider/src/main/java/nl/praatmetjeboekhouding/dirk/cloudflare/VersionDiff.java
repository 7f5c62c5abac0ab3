package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/** Tells in what a version that would be uploaded differs from the one that serves. */
final class VersionDiff {

  /** Compared elsewhere, or no property of a version. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "main_module",
          "body_part",
          "bindings",
          "keep_bindings",
          "compatibility_date",
          "compatibility_flags",
          "limits",
          "placement",
          "migrations",
          "logpush",
          "observability",
          "tail_consumers",
          "tags",
          "annotations",
          "code_update_strategy");

  private static final List<String> PLACES = List.of("region", "hostname", "host");

  private final ObjectNode metadata;
  private final String brought;
  private final Digest code;
  private final VersionDetails serving;
  private final Sentences sentences;

  /**
   * Compares two versions.
   *
   * @param metadata what the upload would carry
   * @param brought how many modules and assets it would bring, in words
   * @param code what their content amounts to
   */
  VersionDiff(
      ObjectNode metadata,
      String brought,
      Digest code,
      VersionDetails serving,
      Sentences sentences) {
    this.metadata = metadata;
    this.brought = brought;
    this.code = code;
    this.serving = serving;
    this.sentences = sentences;
  }

  /** All but the bindings. */
  void tell() {
    code();
    JsonNode now = serving.settings();
    sentences.change(
        "Compatibility date",
        text(now, "compatibility_date"),
        text(metadata, "compatibility_date"));
    sentences.members(
        "Compatibility flag",
        now.path("compatibility_flags"),
        metadata.path("compatibility_flags"));
    limits(now.path("limits"), metadata.path("limits"));
    if (serving.whole()) {
      sentences.change("Main module", text(now, "main_module"), mainModule());
      sentences.change(
          "Placement", placement(now.path("placement")), placement(metadata.path("placement")));
    }
    migrations(now);
    metadata.properties().stream()
        .map(entry -> entry.getKey())
        .filter(name -> !ELSEWHERE.contains(name))
        .sorted()
        .forEach(
            name ->
                sentences.notCompared(
                    name, "it stands in unsafe.metadata, which is sent as it is"));
  }

  private Optional<String> mainModule() {
    return text(metadata, "main_module").or(() -> text(metadata, "body_part"));
  }

  private void code() {
    if (serving.id().isEmpty()) {
      sentences.change("Code of " + brought);
    } else if (serving.release().isEmpty()) {
      sentences.notCompared(
          "The code",
          "version " + serving.id() + " serves, and does not tell which artifact it was made of");
    } else if (!serving.release().get().digest().equals(code)) {
      sentences.change(
          "Code changes from artifact "
              + serving.release().get().digest().abbreviated()
              + " to "
              + code.abbreviated()
              + ", "
              + brought);
    }
  }

  private void limits(JsonNode now, JsonNode wanted) {
    TreeSet<String> names = new TreeSet<>();
    now.fieldNames().forEachRemaining(names::add);
    wanted.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      sentences.change("Limit " + name, number(now.path(name)), number(wanted.path(name)));
    }
  }

  private static Optional<String> number(JsonNode value) {
    if (value.isNumber()) {
      return Optional.of(value.decimalValue().stripTrailingZeros().toPlainString());
    }
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
  }

  /** Cloudflare also tells what it found, and may name a place in a list of one. */
  private static Optional<String> placement(JsonNode placement) {
    JsonNode target = placement.path("target").path(0);
    Optional<String> place =
        Stream.of(placement, target)
            .flatMap(
                told ->
                    PLACES.stream()
                        .filter(told::hasNonNull)
                        .map(name -> name + " " + told.path(name).asText()))
            .findFirst();
    if (place.isPresent()) {
      return place;
    }
    return text(placement, "mode")
        .filter(mode -> !mode.equals("off"))
        .map(mode -> mode + text(placement, "hint").map(hint -> " near " + hint).orElse(""));
  }

  private void migrations(JsonNode now) {
    Optional<String> wanted = text(metadata.path("migrations"), "new_tag");
    if (wanted.isPresent()) {
      sentences.change("Durable Object migration tag", text(now, "migration_tag"), wanted);
    }
  }

  private static Optional<String> text(JsonNode carrier, String name) {
    return Optional.of(carrier.path(name).asText("")).filter(text -> !text.isEmpty());
  }
}
