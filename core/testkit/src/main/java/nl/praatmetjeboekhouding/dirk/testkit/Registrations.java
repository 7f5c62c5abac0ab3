package nl.praatmetjeboekhouding.dirk.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How a class is registered as a service.
 *
 * @param listed the classes of its jar or folder in {@code META-INF/services}
 * @param provided the classes that its module's descriptor provides, or empty if there is none
 */
record Registrations(Set<String> listed, Optional<Set<String>> provided) {

  /** How the services of this kind are registered where {@code type} comes from. */
  static Registrations of(Class<?> type, Class<?> kind) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalArgumentException("type must come from a jar or a folder: " + type);
    }
    try {
      Path place = Path.of(source.getLocation().toURI());
      return new Registrations(listed(type.getClassLoader(), place, kind), provided(place, kind));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("type must come from a jar or a folder: " + type, e);
    }
  }

  private static Set<String> listed(ClassLoader loader, Path place, Class<?> kind)
      throws IOException {
    Set<String> listed = new TreeSet<>();
    String file = "META-INF/services/" + kind.getName();
    for (URL url : java.util.Collections.list(loader.getResources(file))) {
      if (url.toString().contains(place.toUri().getRawPath())) {
        try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
          lines
              .lines()
              .map(line -> line.replaceAll("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .forEach(listed::add);
        }
      }
    }
    return listed;
  }

  private static Optional<Set<String>> provided(Path place, Class<?> kind) {
    return ModuleFinder.of(place).findAll().stream()
        .map(ModuleReference::descriptor)
        .filter(module -> !module.isAutomatic())
        .findFirst()
        .map(
            module ->
                module.provides().stream()
                    .filter(provides -> provides.service().equals(kind.getName()))
                    .map(ModuleDescriptor.Provides::providers)
                    .flatMap(java.util.List::stream)
                    .collect(Collectors.toCollection(TreeSet::new)));
  }
}
