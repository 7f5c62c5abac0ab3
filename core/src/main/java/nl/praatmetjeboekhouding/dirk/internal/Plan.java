package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;

/** What a deploy would do, with all that it needs kept beside the journal. */
record Plan(String label, Optional<Prepared> staging, Prepared production) {

  /** What the provider would do with the release of this label. Reads only. */
  static Plan of(String label, Service service, Supplier<CallContext> calls) {
    return new Plan(
        label,
        service.staging().map(stage -> prepare(service, stage, calls)),
        prepare(service, service.production(), calls));
  }

  private static Prepared prepare(Service service, Stage stage, Supplier<CallContext> calls) {
    return service.deployer().prepare(new PrepareRequest(stage.target()), calls.get());
  }

  Artifact artifactOf(Prepared prepared) {
    return Artifact.of(label, prepared.files());
  }

  /** Whether both stages would get the same modules and assets. */
  boolean isOneArtifact() {
    return staging
        .map(prepared -> artifactOf(prepared).release().equals(artifactOf(production).release()))
        .orElse(true);
  }

  /** Whether what is called staging is what production is too. */
  boolean isOnePlace() {
    return staging
        .filter(prepared -> prepared.resource().equals(production.resource()))
        .isPresent();
  }

  List<String> warnings() {
    return java.util.stream.Stream.concat(staging.stream(), java.util.stream.Stream.of(production))
        .flatMap(prepared -> prepared.warnings().stream())
        .distinct()
        .toList();
  }

  /**
   * The form of plans; files and settings are kept in {@code journal} and found there by their
   * digest.
   */
  static Form<Plan> form(Journal journal) {
    Form<Prepared> prepared =
        Forms.form(value -> write(value, journal), node -> read(node, journal));
    return Forms.form(
        plan -> {
          ObjectNode node = Forms.object().put("label", plan.label());
          node.set("staging", Forms.optional(prepared).write(plan.staging()));
          node.set("production", prepared.write(plan.production()));
          return node;
        },
        node ->
            new Plan(
                node.path("label").asText(),
                Forms.optional(prepared).read(node.path("staging")),
                prepared.read(node.path("production"))));
  }

  private static JsonNode write(Prepared prepared, Journal journal) {
    Digest settings = keep(prepared, journal);
    ObjectNode node =
        Forms.object()
            .put("resource", prepared.resource())
            .put("activation", prepared.activation().name())
            .put("reversible", prepared.reversible());
    node.set("target", Forms.writeTarget(prepared.target()));
    node.set("files", Forms.list(fileForm(journal)).write(prepared.files()));
    node.put("settings", settings.hex());
    node.set("changes", Forms.TEXTS.write(prepared.changes()));
    node.set("warnings", Forms.TEXTS.write(prepared.warnings()));
    return node;
  }

  private static Prepared read(JsonNode node, Journal journal) {
    return new Prepared(
        Forms.readTarget(node.path("target")),
        node.path("resource").asText(),
        Activation.valueOf(node.path("activation").asText()),
        node.path("reversible").asBoolean(),
        Forms.list(fileForm(journal)).read(node.path("files")),
        text(journal, new Digest(node.path("settings").asText())),
        Forms.TEXTS.read(node.path("changes")),
        Forms.TEXTS.read(node.path("warnings")));
  }

  private static Form<ContentFile> fileForm(Journal journal) {
    return Forms.form(
        file ->
            Forms.object()
                .put("name", file.name())
                .put("digest", file.digest().hex())
                .put("size", file.size()),
        node -> {
          Digest digest = new Digest(node.path("digest").asText());
          return ContentFile.of(
              node.path("name").asText(),
              digest,
              node.path("size").asLong(),
              () -> open(journal, digest));
        });
  }

  /** Keeps files and settings, all at once; what the settings are found by. */
  private static Digest keep(Prepared prepared, Journal journal) {
    List<ContentFile> files = prepared.files();
    List<ContentFile.Content> contents = new ArrayList<>();
    files.forEach(file -> contents.add(() -> opened(file)));
    contents.add(
        () -> new ByteArrayInputStream(prepared.settings().getBytes(StandardCharsets.UTF_8)));
    List<Digest> kept = journal.keepAll(contents);
    for (int each = 0; each < files.size(); each++) {
      if (!kept.get(each).equals(files.get(each).digest())) {
        throw new JournalException(
            JournalException.Kind.STORAGE,
            files.get(each).name()
                + " changed while it was read: build it again and start a new run");
      }
    }
    return kept.get(files.size());
  }

  private static InputStream opened(ContentFile file) {
    try {
      return file.open();
    } catch (IOException e) {
      throw new JournalException(
          JournalException.Kind.STORAGE, file.name() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream open(Journal journal, Digest digest) {
    return journal
        .kept(digest)
        .orElseThrow(
            () ->
                new JournalException(
                    JournalException.Kind.STORAGE,
                    "content " + digest + " is no longer kept beside the journal"));
  }

  private static String text(Journal journal, Digest digest) {
    try (InputStream content = open(journal, digest)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
