package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.io.IOException;
import java.io.InputStream;
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
 * is the wrangler file and the folder that the build makes, so that it can be laid out again as a
 * project of its own.
 *
 * @param folder the project folder
 * @param branches Dirk's environments with Pages' branches, for all but production
 */
record PagesSite(Path folder, Map<String, String> branches) {

  private static final String PRODUCTION = "production";

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
          refuseCode(file, output);
          Map<String, Path> found = new TreeMap<>();
          for (AssetFile asset : PagesForm.files(output, Integer.MAX_VALUE)) {
            found.put(name(file, asset.path()), asset.file());
          }
          PagesForm.RULES.stream()
              .filter(rules -> Files.isRegularFile(output.resolve(rules)))
              .forEach(rules -> found.put(name(file, rules), output.resolve(rules)));
          found.put(String.valueOf(file.path().getFileName()), file.path());
          return contents(found);
        });
  }

  /** Does something with files laid out as the project that they are of. */
  static <T> T laidOut(List<ContentFile> files, Function<PagesUpload, T> work) {
    try {
      Path copy = Files.createTempDirectory("dirk-pages-");
      try {
        for (ContentFile file : files) {
          Path place = copy.resolve(file.name());
          Files.createDirectories(place.resolveSibling(""));
          try (InputStream content = file.open()) {
            Files.copy(content, place);
          }
        }
        return asked(() -> work.apply(PagesUpload.in(copy)));
      } finally {
        delete(copy);
      }
    } catch (IOException e) {
      throw ProviderException.with(
              FailureKind.NOT_SENT,
              "Cloudflare was not sent the site, whose files cannot be laid out: " + e)
          .cause(e)
          .build();
    }
  }

  /** Code would be left out in silence, and the site would be another one. */
  private static void refuseCode(PagesFile file, Path output) {
    PagesUpload upload = PagesUpload.of(file.project(), output).file(file.path());
    PagesCode.of(upload)
        .source()
        .ifPresent(
            source -> {
              throw new ConfigurationException(
                  source.toString(),
                  "is code, and the runbooks of this version of Dirk carry static sites only;"
                      + " deploy this one with Bundler and Pages.deploy(...)");
            });
  }

  private static String name(PagesFile file, String path) {
    if (path.indexOf('\\') >= 0) {
      throw new ConfigurationException(
          path, "has a backslash in its name, which a release cannot carry; rename it");
    }
    return file.output().isEmpty() ? path : file.output() + "/" + path;
  }

  private static List<ContentFile> contents(Map<String, Path> found) {
    List<ContentFile> files = new ArrayList<>();
    for (Map.Entry<String, Path> entry : found.entrySet()) {
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
