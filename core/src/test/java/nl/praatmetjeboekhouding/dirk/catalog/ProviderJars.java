package nl.praatmetjeboekhouding.dirk.catalog;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;

/** Compiles provider classes and packs them into jars, as they come from people. */
final class ProviderJars {

  private static final String SERVICE = "META-INF/services/" + DeployerProvider.class.getName();

  private final Path folder;
  private final Path classes;

  private ProviderJars(Path folder, Path classes) {
    this.folder = folder;
    this.classes = classes;
  }

  /** Compiles these sources, by class name, against the tests' class path. */
  static ProviderJars compile(Path folder, Map<String, String> sources) throws IOException {
    Path classes = folder.resolve("classes");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(requireNonNull(file.getParent()));
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    StringWriter told = new StringWriter();
    PrintWriter out = new PrintWriter(told);
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(out, out, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalArgumentException(told.toString());
    }
    return new ProviderJars(folder, classes);
  }

  /** A jar that registers the lines, and holds all classes but those that are left out. */
  Path jar(String name, List<String> registered, String... leftOut) {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream content = new JarOutputStream(file);
        Stream<Path> compiled = Files.walk(classes)) {
      content.putNextEntry(new JarEntry(SERVICE));
      content.write(String.join("\n", registered).getBytes(StandardCharsets.UTF_8));
      for (Path path : compiled.filter(Files::isRegularFile).sorted().toList()) {
        String entry = classes.relativize(path).toString().replace('\\', '/');
        if (Stream.of(leftOut).noneMatch(one -> entry.equals(one.replace('.', '/') + ".class"))) {
          content.putNextEntry(new JarEntry(entry));
          content.write(Files.readAllBytes(path));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }

  /** A loader over jars; the caller closes it. */
  static URLClassLoader loader(ClassLoader parent, Path... jars) {
    return new URLClassLoader(
        Stream.of(jars).map(Path::toUri).map(ProviderJars::url).toArray(URL[]::new), parent);
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
