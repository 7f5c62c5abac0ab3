package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetFile;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.PagesFile;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * The Pages project in a folder, read anew each time, since a build may write it. A release of it
 * is the wrangler file, the folder that the build makes, and what it made of the code, so that it
 * can be laid out again as a project of its own.
 *
 * @param folder the project folder
 * @param code the folder that the build writes code into, or empty if the project has none
 * @param branches Dirk's environments with Pages' branches, for all but production
 */
record PagesSite(Path folder, Optional<Path> code, Map<String, String> branches) {

  private static final String PRODUCTION = "production";

  /** Where the code is in a release: no project has a folder of that name. */
  private static final String CODE = ".dirk-code/";

  PagesSite {
    branches = Map.copyOf(branches);
  }

  /** What the wrangler file says. */
  PagesFile file() {
    return asked(() -> PagesFile.of(folder));
  }

  /** The branch that a target is a preview of, or empty if it is production. */
  Optional<String> preview(Target target) {
    String name = target.environment().name();
    return name.equals(PRODUCTION)
        ? Optional.empty()
        : Optional.of(branches.getOrDefault(name, name));
  }

  /** All that a release holds, by name. */
  List<ContentFile> files(PagesFile file) {
    return asked(
        () -> {
          Path output = file.folder().resolve(file.output());
          refuseCodeThatWasNotBuilt(file, output);
          Map<String, Path> found = new TreeMap<>();
          for (AssetFile asset : PagesForm.files(output, Integer.MAX_VALUE)) {
            found.put(name(file, asset.path()), asset.file());
          }
          rules()
              .filter(rules -> Files.isRegularFile(output.resolve(rules)))
              .forEach(rules -> found.put(name(file, rules), output.resolve(rules)));
          code.ifPresent(built -> found.putAll(built(folder.resolve(built))));
          String source = name(file, file.path());
          found.put(source, file.path());
          List<ContentFile> files = contents(found);
          refuseAnotherFile(file, source, files);
          return file.named() ? with(named(source), files) : files;
        });
  }

  private Stream<String> rules() {
    return Stream.concat(
        PagesForm.RULES.stream(), code.isPresent() ? Stream.of(PagesCode.ROUTES) : Stream.empty());
  }

  private static Map<String, Path> built(Path folder) {
    Map<String, Path> built = new TreeMap<>();
    Stream.of(PagesCode.WORKER, PagesCode.ROUTING, PagesCode.ROUTES)
        .filter(name -> Files.isRegularFile(folder.resolve(name)))
        .forEach(name -> built.put(CODE + name, folder.resolve(name)));
    if (!built.containsKey(CODE + PagesCode.WORKER)) {
      throw new ConfigurationException(
          folder.toString(),
          "holds no " + PagesCode.WORKER + ", which the build was to write there");
    }
    return built;
  }

  /** Does something with files laid out as the project that they are of. */
  static <T> T laidOut(List<ContentFile> files, Function<PagesUpload, T> work) {
    try {
      Path top = Files.createTempDirectory("dirk-pages-");
      try {
        Path site = Files.createDirectory(top.resolve("site"));
        Path built = Files.createDirectory(top.resolve("code"));
        boolean hasCode = false;
        for (ContentFile file : files) {
          boolean isCode = file.name().startsWith(CODE);
          hasCode |= isCode;
          layOut(
              file,
              isCode
                  ? built.resolve(file.name().substring(CODE.length()))
                  : site.resolve(file.name()));
        }
        Optional<Path> code = hasCode ? Optional.of(built) : Optional.empty();
        return asked(
            () -> {
              PagesUpload upload = PagesUpload.in(site);
              return work.apply(code.map(upload::code).orElse(upload));
            });
      } finally {
        delete(top);
      }
    } catch (IOException e) {
      throw ProviderException.with(
              FailureKind.NOT_SENT,
              "Cloudflare was not sent the site, whose files cannot be laid out: " + e)
          .cause(e)
          .build();
    }
  }

  private static void layOut(ContentFile file, Path place) throws IOException {
    Files.createDirectories(place.resolveSibling(""));
    try (InputStream content = file.open()) {
      Files.copy(content, place);
    }
  }

  /** The release is to hold what was understood, whoever writes the file meanwhile. */
  private static void refuseAnotherFile(PagesFile file, String own, List<ContentFile> contents) {
    boolean same =
        contents.stream()
            .filter(content -> content.name().equals(own))
            .allMatch(content -> content.digest().hex().equals(file.hash()));
    if (!same) {
      throw new ConfigurationException(
          file.path().toString(), "changed while it was read; ask again once it is written");
    }
  }

  /** Code would be left out in silence, and the site would be another one. */
  private void refuseCodeThatWasNotBuilt(PagesFile file, Path output) {
    PagesUpload upload = PagesUpload.of(file.project(), output).file(file.folder());
    PagesCode.of(upload)
        .source()
        .filter(any -> code.isEmpty())
        .ifPresent(
            source -> {
              throw new ConfigurationException(
                  source.toString(),
                  "is code, which the service's build has to build (npx wrangler pages functions"
                      + " build); name the folder that it writes into as \"code\" among the"
                      + " deployer's settings");
            });
  }

  private static String name(PagesFile file, String path) {
    if (path.indexOf('\\') >= 0) {
      throw new ConfigurationException(
          path, "has a backslash in its name, which a release cannot carry; rename it");
    }
    return file.output().isEmpty() ? path : file.output() + "/" + path;
  }

  private static String name(PagesFile file, Path source) {
    return file.folder().relativize(source).toString().replace(File.separatorChar, '/');
  }

  /** Leads to the wrangler file wherever the release is laid out. */
  private static ContentFile named(String source) {
    JsonNode word = JsonNodeFactory.instance.objectNode().put("configPath", "../../" + source);
    return ContentFile.of(PagesFile.NAMED_IN, word.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static List<ContentFile> with(ContentFile one, List<ContentFile> files) {
    return Stream.concat(Stream.of(one), files.stream())
        .sorted(Comparator.comparing(ContentFile::name))
        .toList();
  }

  private static List<ContentFile> contents(Map<String, Path> found) {
    List<ContentFile> files = new ArrayList<>();
    for (Map.Entry<String, Path> entry : found.entrySet()) {
      if (entry.getKey().startsWith("../")) {
        throw new ConfigurationException(
            entry.getValue().toString(),
            "lies outside of the project's folder, where no release can take it from; have the"
                + " build write it below");
      }
      try {
        files.add(ContentFile.of(entry.getKey(), entry.getValue()));
      } catch (IOException e) {
        throw new ConfigurationException(entry.getValue().toString(), "cannot be read: " + e);
      }
    }
    return List.copyOf(files);
  }

  /** What is left behind in the folder for temporary files harms nobody. */
  private static void delete(Path copy) {
    try (Stream<Path> all = Files.walk(copy)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      copy.toFile().deleteOnExit();
    }
  }

  private static <T> T asked(Supplier<T> work) {
    try {
      return work.get();
    } catch (ConfigurationException e) {
      throw ProviderException.with(FailureKind.NOT_SENT, "Nothing was deployed: " + e.getMessage())
          .cause(e)
          .build();
    }
  }
}
