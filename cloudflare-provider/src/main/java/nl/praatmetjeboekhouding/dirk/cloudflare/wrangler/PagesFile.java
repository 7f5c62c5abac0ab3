package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/**
 * The wrangler file of a Pages project. Cloudflare is told its hash with a deployment, and takes
 * the settings from the file that the project's settings were last made of.
 *
 * @param project what the project is called
 * @param folder the project's folder
 * @param path the file, which a build tool may have made elsewhere
 * @param output the folder that the project's build makes, relative to the project's
 * @param compatibilityDate as {@code YYYY-MM-DD}, of the top level
 * @param compatibilityFlags of the top level
 * @param hash SHA-256 of the file's bytes, in hexadecimal digits
 * @param named whether it was found because {@link #NAMED_IN} names it, as a build tool's is
 * @param warnings what somebody should look at, a sentence each
 */
public record PagesFile(
    String project,
    Path folder,
    Path path,
    String output,
    Optional<String> compatibilityDate,
    List<String> compatibilityFlags,
    String hash,
    boolean named,
    List<String> warnings) {

  /** Where a build tool names the wrangler file that it made. */
  public static final String NAMED_IN = ".wrangler/deploy/config.json";

  private static final String OUTPUT = "pages_build_output_dir";

  /** What a file may say of a Pages project; all else belongs to Workers. */
  private static final Set<String> TAKEN =
      Set.of(
          OUTPUT,
          "$schema",
          "ai",
          "analytics_engine_datasets",
          "browser",
          "compatibility_date",
          "compatibility_flags",
          "d1_databases",
          "dev",
          "durable_objects",
          "env",
          "hyperdrive",
          "kv_namespaces",
          "limits",
          "mtls_certificates",
          "name",
          "no_bundle",
          "placement",
          "queues",
          "r2_buckets",
          "send_metrics",
          "services",
          "upload_source_maps",
          "vars",
          "vectorize",
          "version_metadata");

  private static final Set<String> ENVIRONMENTS = Set.of("production", "preview");

  /** Checks that nothing is null. */
  public PagesFile {
    requireNonNull(project, "project");
    requireNonNull(folder, "folder");
    requireNonNull(path, "path");
    requireNonNull(output, "output");
    requireNonNull(compatibilityDate, "compatibilityDate");
    compatibilityFlags = List.copyOf(compatibilityFlags);
    requireNonNull(hash, "hash");
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the wrangler file of a folder: the one that a build tool made, if {@code
   * .wrangler/deploy/config.json} names one, as {@code wrangler pages deploy} does.
   *
   * @return empty if there is none or it does not speak of a Pages project, as wrangler sees it
   * @throws ConfigurationException with all faults at once
   */
  public static Optional<PagesFile> in(Path folder) {
    Path project = folder.toAbsolutePath().normalize();
    Optional<Path> made = Redirect.in(project);
    return made.isPresent() ? read(project, Document.read(made.get()), true) : ownIn(project);
  }

  /**
   * Reads the wrangler file that people wrote for a folder, as wrangler's other commands do.
   *
   * @return empty if there is none or it does not speak of a Pages project, as wrangler sees it
   * @throws ConfigurationException with all faults at once
   */
  public static Optional<PagesFile> ownIn(Path folder) {
    Path project = folder.toAbsolutePath().normalize();
    return WranglerFile.NAMES.stream()
        .map(project::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .flatMap(file -> read(project, Document.read(file), false));
  }

  /**
   * Reads the wrangler file that a folder must have.
   *
   * @throws ConfigurationException with all faults at once, also if there is none that speaks of a
   *     Pages project
   */
  public static PagesFile of(Path folder) {
    return in(folder)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    folder.toString(),
                    "holds no wrangler file with \"pages_build_output_dir\"; write one, or say"
                        + " which project and folder it is"));
  }

  /**
   * Reads a wrangler file, or that of a project's folder.
   *
   * @throws ConfigurationException with all faults at once, also if it speaks of no Pages project
   */
  public static PagesFile at(Path file) {
    if (Files.isDirectory(file)) {
      return of(file);
    }
    Path absolute = file.toAbsolutePath().normalize();
    return read(absolute.resolveSibling(""), Document.read(absolute), false)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    file.toString(), "has no \"" + OUTPUT + "\", so that it is not for Pages"));
  }

  private static Optional<PagesFile> read(Path folder, Document document, boolean named) {
    if (named) {
      Redirect unused = Redirect.of(document);
    }
    Path file = document.file();
    Setting top = new Setting("", document.root());
    if (!top.child(OUTPUT).value().isTextual()) {
      return Optional.empty();
    }
    Findings findings = new Findings(document);
    findings.dates(pointer -> false);
    check(top, findings);
    top.child("env")
        .value()
        .fieldNames()
        .forEachRemaining(name -> environment(top.child("env").child(name), name, findings));
    Optional<String> project =
        top.child("name").value().isTextual() && !top.child("name").value().asText().isBlank()
            ? Optional.of(top.child("name").value().asText())
            : Optional.empty();
    if (project.isEmpty()) {
      findings.fault("", "has no \"name\": which Pages project is it?");
    }
    Optional<Path> output =
        findings
            .text(top.child(OUTPUT), OUTPUT)
            .flatMap(
                text ->
                    findings.path(
                        file.resolveSibling(""), text, "/" + OUTPUT, "\"" + OUTPUT + "\""));
    findings.throwFaults();
    return Optional.of(
        new PagesFile(
            project.orElseThrow(),
            folder,
            file,
            folder.relativize(output.orElseThrow()).toString().replace('\\', '/'),
            Optional.of(top.child("compatibility_date").value())
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText),
            texts(top.child("compatibility_flags").value()),
            document.digest().hex(),
            named,
            findings.warnings()));
  }

  private static void environment(Setting own, String name, Findings findings) {
    if (!ENVIRONMENTS.contains(name)) {
      findings.fault(
          own.pointer(),
          "Pages has no environment " + name + "; it has \"production\" and \"preview\"");
    } else if (findings.isObject(own, "env." + name)) {
      check(own, findings);
    }
  }

  private static void check(Setting level, Findings findings) {
    List<String> names = new ArrayList<>();
    level.value().fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      Setting setting = level.child(name);
      Optional<Key> key = Key.of(name);
      if (TAKEN.contains(name)) {
        key.ifPresent(known -> known.form().check(setting, name, findings));
      } else if (key.isEmpty()) {
        findings.warn(setting.pointer(), "\"" + name + "\" is unknown and was ignored");
      } else if (name.equals("main")) {
        findings.fault(
            setting.pointer(),
            "\"main\" is the script of a Worker, and \""
                + OUTPUT
                + "\" makes this a Pages project;"
                + " take one of them out");
      } else if (says(setting.value())) {
        findings.fault(
            setting.pointer(), "\"" + name + "\" is not for Pages; take it out, or use a Worker");
      }
    }
    if (!level.child("queues").child("consumers").value().isEmpty()) {
      findings.fault(
          level.child("queues").child("consumers").pointer(),
          "\"queues.consumers\" is not for Pages; a Worker can consume a queue");
    }
    objects(level.child("durable_objects").child("bindings"), findings);
  }

  private static boolean says(JsonNode value) {
    return !value.isNull() && !(value.isContainerNode() && value.isEmpty());
  }

  /** Pages has no Durable Objects of its own. */
  private static void objects(Setting bindings, Findings findings) {
    for (int index = 0; index < bindings.value().size(); index++) {
      JsonNode script = bindings.child(index).value().path("script_name");
      if (!script.isTextual()) {
        findings.fault(
            bindings.child(index).pointer(),
            "\"script_name\" is missing: which Worker has the Durable Objects?");
      }
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
