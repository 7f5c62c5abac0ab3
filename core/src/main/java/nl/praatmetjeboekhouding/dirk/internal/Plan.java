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
    return Forms.form(plan -> write(plan, journal), node -> readPlan(node, journal));
  }

  private static JsonNode write(Plan plan, Journal journal) {
    ObjectNode node = Forms.object().put("label", plan.label());
    List<ContentFile> told = plan.staging().map(Prepared::files).orElse(List.of());
    node.set("staging", Forms.optional(form(List.of(), journal)).write(plan.staging()));
    node.set("production", form(told, journal).write(plan.production()));
    return node;
  }

  private static Plan readPlan(JsonNode node, Journal journal) {
    Optional<Prepared> staging =
        Forms.optional(form(List.of(), journal)).read(node.path("staging"));
    List<ContentFile> told = staging.map(Prepared::files).orElse(List.of());
    return new Plan(
        node.path("label").asText(), staging, form(told, journal).read(node.path("production")));
  }

  /** Of a stage; {@code told} are the files that staging's part of the record lists. */
  private static Form<Prepared> form(List<ContentFile> told, Journal journal) {
    return Forms.form(value -> write(value, told, journal), node -> read(node, told, journal));
  }

  private static JsonNode write(Prepared prepared, List<ContentFile> told, Journal journal) {
    boolean again = !told.isEmpty() && prepared.files().equals(told);
    List<ContentFile> files = again ? List.of() : prepared.files();
    Digest settings = keep(files, prepared.settings(), journal);
    ObjectNode node =
        Forms.object()
            .put("resource", prepared.resource())
            .put("activation", prepared.activation().name())
            .put("reversible", prepared.reversible());
    node.set("target", Forms.writeTarget(prepared.target()));
    node.set("files", again ? asStaging() : Forms.list(fileForm(journal)).write(files));
    node.put("settings", settings.hex());
    node.set("changes", Forms.TEXTS.write(prepared.changes()));
    node.set("warnings", Forms.TEXTS.write(prepared.warnings()));
    return node;
  }

  private static Prepared read(JsonNode node, List<ContentFile> told, Journal journal) {
    return new Prepared(
        Forms.readTarget(node.path("target")),
        node.path("resource").asText(),
        Activation.valueOf(node.path("activation").asText()),
        node.path("reversible").asBoolean(),
        node.path("files").equals(asStaging())
            ? told
            : Forms.list(fileForm(journal)).read(node.path("files")),
        text(journal, new Digest(node.path("settings").asText())),
        Forms.TEXTS.read(node.path("changes")),
        Forms.TEXTS.read(node.path("warnings")));
  }

  /**
   * In the place of production's files where they are staging's. An object with a text in it, which
   * no list of files can be: a Dirk that does not know it fails instead of taking it for none.
   */
  private static JsonNode asStaging() {
    return Forms.object().put("as", "staging");
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
  private static Digest keep(List<ContentFile> files, String settings, Journal journal) {
    List<ContentFile.Content> contents = new ArrayList<>();
    files.forEach(file -> contents.add(() -> opened(file)));
    contents.add(() -> new ByteArrayInputStream(settings.getBytes(StandardCharsets.UTF_8)));
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
