package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Bundling;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.PagesFile;
import nl.praatmetjeboekhouding.dirk.command.Command;
import nl.praatmetjeboekhouding.dirk.command.CommandTask;
import nl.praatmetjeboekhouding.dirk.command.Task;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Has a Worker, or the code of a Pages project, bundled by what its own project has installed:
 * wrangler, which heeds all that its file says, or else esbuild. They are looked for in {@code
 * node_modules} of the project's folder and of those above it, and run without any of Cloudflare's
 * credentials. Dirk bundles nothing itself. Safe for use by several threads.
 */
public final class Bundler {

  /** Of what a Worker may import, the runtime brings these. */
  private static final List<String> BROUGHT_ALONG =
      List.of("node:*", "cloudflare:*", "workerd:*", "__STATIC_CONTENT_MANIFEST");

  /** What is a module of its own unless {@code rules} say otherwise. */
  private static final List<String> LEFT_ALONE = List.of("txt", "html", "sql", "bin", "wasm");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What came of it.
   *
   * @param project the project with the modules to upload
   * @param tool what bundled it, such as {@code wrangler 4.164.0}; empty if it is a module by
   *     itself and nothing was run
   */
  public record Bundled(WorkerProject project, Optional<String> tool) {

    /** Checks that nothing is null. */
    public Bundled {
      requireNonNull(project, "project");
      requireNonNull(tool, "tool");
    }
  }

  /**
   * What came of the code of a Pages project.
   *
   * @param upload with the code that was built, if there is any
   * @param tool what built it; empty if there is none and nothing was run
   */
  public record BundledPages(PagesUpload upload, Optional<String> tool) {

    /** Checks that nothing is null. */
    public BundledPages {
      requireNonNull(upload, "upload");
      requireNonNull(tool, "tool");
    }
  }

  /** A program of the project. */
  private record Tool(String name, Path modules, Path program) {

    /** With its version, if it tells one. */
    String described() {
      try {
        JsonNode description =
            JSON.readTree(modules.resolve(name).resolve("package.json").toFile());
        return (name + " " + description.path("version").asText()).strip();
      } catch (IOException e) {
        return name;
      }
    }
  }

  /** What wrangler takes as somebody's credentials, now or under an earlier name. */
  private static final List<String> CREDENTIALS =
      List.of(
          "CLOUDFLARE_API_TOKEN",
          "CLOUDFLARE_API_KEY",
          "CLOUDFLARE_EMAIL",
          "CF_API_TOKEN",
          "CF_API_KEY",
          "CF_EMAIL",
          "CLOUDFLARE_ACCESS_CLIENT_SECRET",
          "WRANGLER_CF_AUTHORIZATION_TOKEN",
          "WRANGLER_BASIN_SQL_AUTH_TOKEN");

  private final TimeSource time;
  private final Map<String, String> variables;
  private final WrittenSize.Limit limit;

  Bundler(TimeSource time, Map<String, String> variables, WrittenSize.Limit limit) {
    this.time = requireNonNull(time, "time");
    this.variables = variables;
    this.limit = limit;
  }

  /**
   * A bundler.
   *
   * @param time by which a tool may take ten minutes
   */
  public static Bundler by(TimeSource time) {
    return new Bundler(time, System.getenv(), WrittenSize.Limit.standard());
  }

  /**
   * Bundles a project if it has to be: if its main script is TypeScript, imports something, or the
   * wrangler file has {@code build}, {@code define} or {@code alias}. Otherwise nothing is run and
   * nothing written.
   *
   * @param into where the modules are written; made if it is not there, best empty: what an earlier
   *     bundle left of the main script is deleted first
   * @param output hears every line that the tool writes
   * @param cancellation ends the tool early
   * @throws ConfigurationException if the wrangler file is wrong, no tool is installed that can do
   *     it, or the tool fails or is ended; says what to do
   */
  public Bundled bundle(
      WorkerProject project, Path into, Consumer<String> output, Cancellation cancellation) {
    Bundling bundling = project.bundling();
    if (!bundling.isNeeded()) {
      return new Bundled(project, Optional.empty());
    }
    Path folder = into.toAbsolutePath().normalize();
    Tool tool = tool(project, bundling);
    List<String> run =
        tool.name().equals("wrangler")
            ? wrangler(tool, project, bundling, folder)
            : esbuild(tool, bundling, folder);
    Path main = bundling.main().orElseThrow();
    Path built = folder.resolve(bundling.built().orElseThrow());
    makeRoom(built, main);
    run(tool, run, project.folder(), bundling.file(), folder, output, cancellation);
    requireWritten(built, tool, bundling.file());
    return new Bundled(project.modules(folder), Optional.of(tool.described()));
  }

  /**
   * Builds the code of a Pages project, if it has any: {@code _worker.js} of the folder that is
   * deployed, or the {@code functions} beside the wrangler file, or beside that folder where there
   * is no wrangler file. Only wrangler can do that.
   *
   * @param into where the code is written; made if it is not there, best empty: what an earlier
   *     build left there is deleted first
   * @param output hears every line that the tool writes
   * @param cancellation ends the tool early
   * @throws ConfigurationException if wrangler is not installed, fails or is ended; says what to do
   */
  public BundledPages bundle(
      PagesUpload upload, Path into, Consumer<String> output, Cancellation cancellation) {
    PagesCode code = PagesCode.of(upload);
    if (code.source().isEmpty()) {
      return new BundledPages(upload, Optional.empty());
    }
    Path source = code.source().get();
    Path folder = upload.folder().toAbsolutePath().normalize();
    Path project =
        Optional.ofNullable(code.hasFunctions() ? source.getParent() : folder.getParent())
            .orElse(folder);
    Path built = into.toAbsolutePath().normalize();
    Tool tool =
        installed(project, "wrangler")
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        source.toString(),
                        "has to be built by wrangler, which no node_modules of "
                            + project
                            + " or above it has. Install it there (npm install --save-dev"
                            + " wrangler)"));
    makeRoom(built.resolve(PagesCode.WORKER), source);
    makeRoom(built.resolve(PagesCode.ROUTING), source);
    if (!built.equals(folder)) {
      makeRoom(built.resolve(PagesCode.ROUTES), source);
    }
    List<String> run = pages(tool, code, project, folder, built);
    run(tool, run, project, source, built, output, cancellation);
    requireWritten(built.resolve(PagesCode.WORKER), tool, source);
    return new BundledPages(upload.code(built), Optional.of(tool.described()));
  }

  private static List<String> pages(
      Tool tool, PagesCode code, Path project, Path folder, Path into) {
    List<String> run = new ArrayList<>(List.of(tool.program().toString()));
    run.addAll(List.of("pages", "functions", "build", project.resolve("functions").toString()));
    run.addAll(List.of("--build-output-directory", folder.toString()));
    run.addAll(List.of("--outfile", into.resolve(PagesCode.WORKER).toString()));
    if (code.hasFunctions()) {
      run.addAll(List.of("--output-config-path", into.resolve(PagesCode.ROUTING).toString()));
    }
    if (code.hasFunctions() && !Files.exists(folder.resolve(PagesCode.ROUTES))) {
      run.addAll(List.of("--output-routes-path", into.resolve(PagesCode.ROUTES).toString()));
    }
    code.upload().file().map(PagesFile::at).ifPresent(file -> compatibility(run, file));
    return run;
  }

  private static void compatibility(List<String> run, PagesFile file) {
    file.compatibilityDate().ifPresent(date -> run.addAll(List.of("--compatibility-date", date)));
    file.compatibilityFlags().forEach(flag -> run.addAll(List.of("--compatibility-flags", flag)));
  }

  private void run(
      Tool tool,
      List<String> run,
      Path where,
      Path what,
      Path into,
      Consumer<String> output,
      Cancellation cancellation) {
    Command command =
        Command.of(where, run.toArray(String[]::new)).withEnvironment(environment(tool));
    try (WrittenSize written = new WrittenSize(time, into, limit, cancellation)) {
      Task.Worked worked =
          CommandTask.of(command, written, credentials()).run(output, written.cancellation());
      if (written.isExceeded()) {
        throw notBundled(
            what,
            tool.described()
                + " wrote more into "
                + into
                + " than any Worker has ("
                + limit.bytes()
                + " bytes or "
                + limit.files()
                + " files) and was ended; look at what it does, and delete that folder");
      }
      if (!worked.succeeded()) {
        throw notBundled(what, worked.detail());
      }
    }
  }

  private static ConfigurationException notBundled(Path what, String why) {
    return new ConfigurationException(
        what.toString(), "was not bundled, and nothing was sent: " + why);
  }

  /**
   * What an earlier run left must not be taken for what this one made. Not every tool makes the
   * folder itself.
   */
  private static void makeRoom(Path built, Path source) {
    if (built.equals(source.toAbsolutePath().normalize())) {
      throw new ConfigurationException(
          built.toString(),
          "would be overwritten by what is made of it; have it bundled into another folder");
    }
    try {
      Files.createDirectories(built.resolveSibling(""));
      Files.deleteIfExists(built);
    } catch (IOException e) {
      throw new ConfigurationException(
          built.toString(), "cannot be made, or taken away if it is of an earlier bundle: " + e);
    }
  }

  private static void requireWritten(Path built, Tool tool, Path what) {
    if (!Files.isRegularFile(built)) {
      throw notBundled(what, tool.described() + " ended well, but wrote no " + built);
    }
  }

  /** Neither given to the tool nor shown where it shows them, because it read them elsewhere. */
  private List<Secret> credentials() {
    return CREDENTIALS.stream()
        .filter(name -> !variables.getOrDefault(name, "").isBlank())
        .map(name -> Secret.of(name, () -> variables.getOrDefault(name, "")))
        .toList();
  }

  private static Tool tool(WorkerProject project, Bundling bundling) {
    Optional<Tool> wrangler = installed(project.folder(), "wrangler");
    Optional<Tool> tool =
        wrangler.or(
            () ->
                bundling.onlyByWrangler().isPresent()
                    ? Optional.empty()
                    : installed(project.folder(), "esbuild"));
    return tool.orElseThrow(
        () ->
            new ConfigurationException(
                bundling.file().toString(),
                bundling
                        .onlyByWrangler()
                        .map(key -> "has \"" + key + "\", which takes wrangler's own bundler")
                        .orElse("has a \"main\" that has to be bundled")
                    + ", and no node_modules of "
                    + project.folder()
                    + " or above it has "
                    + bundling.onlyByWrangler().map(any -> "it").orElse("wrangler or esbuild")
                    + ". Install it there (npm install --save-dev wrangler), or build the modules"
                    + " into a folder and name that"));
  }

  private static Optional<Tool> installed(Path from, String name) {
    String program = File.separatorChar == '\\' ? name + ".cmd" : name;
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      Path modules = folder.resolve("node_modules");
      Path found = modules.resolve(".bin").resolve(program);
      if (Files.isExecutable(found)) {
        return Optional.of(new Tool(name, modules, found));
      }
    }
    return Optional.empty();
  }

  private static List<String> wrangler(
      Tool tool, WorkerProject project, Bundling bundling, Path into) {
    List<String> run = new ArrayList<>(List.of(tool.program().toString(), "deploy"));
    Map<String, JsonNode> said = project.overrides().keys();
    if (said.containsKey("main")) {
      run.add(bundling.main().orElseThrow().toString());
    }
    run.addAll(List.of("--dry-run", "--outdir", into.toString()));
    if (Files.isRegularFile(bundling.file())) {
      run.addAll(List.of("--config", bundling.file().toString()));
    }
    run.addAll(List.of("--env", project.chosenEnvironment().orElse("")));
    for (String key : List.of("name", "compatibility_date", "compatibility_flags")) {
      Optional.ofNullable(said.get(key)).ifPresent(value -> option(run, key, value));
    }
    return run;
  }

  private static void option(List<String> run, String key, JsonNode value) {
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      run.add("--" + key.replace('_', '-'));
      run.add(one.asText());
    }
  }

  /** As wrangler calls it: for a runtime that is neither a browser nor Node. */
  private static List<String> esbuild(Tool tool, Bundling bundling, Path into) {
    List<String> run = new ArrayList<>(List.of(tool.program().toString()));
    run.add(bundling.main().orElseThrow().toString());
    run.addAll(
        List.of(
            "--bundle",
            "--format=esm",
            "--target=es2024",
            "--conditions=workerd,worker,browser",
            "--define:process.env.NODE_ENV=\"production\"",
            "--loader:.js=jsx",
            "--loader:.mjs=jsx",
            "--loader:.cjs=jsx",
            "--asset-names=[name]-[hash]",
            "--entry-names=[name]",
            "--outdir=" + into));
    BROUGHT_ALONG.forEach(name -> run.add("--external:" + name));
    LEFT_ALONE.forEach(ending -> run.add("--loader:." + ending + "=copy"));
    new TreeMap<>(bundling.define()).forEach((name, by) -> run.add("--define:" + name + "=" + by));
    new TreeMap<>(bundling.alias()).forEach((name, by) -> run.add("--alias:" + name + "=" + by));
    if (bundling.sourceMaps()) {
      run.add("--sourcemap");
    }
    return run;
  }

  /** Its own tools come first, as in the scripts of npm; a build has no business with a token. */
  private static Map<String, String> environment(Tool tool) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", tool.modules().resolve(".bin") + File.pathSeparator + path);
    environment.put("CI", "1");
    environment.put("WRANGLER_SEND_METRICS", "false");
    // Empty rather than absent, so that wrangler does not take one from the project's .env instead.
    CREDENTIALS.forEach(name -> environment.put(name, ""));
    return environment;
  }
}
