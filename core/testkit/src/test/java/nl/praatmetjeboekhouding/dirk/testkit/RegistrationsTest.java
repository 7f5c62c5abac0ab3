package nl.praatmetjeboekhouding.dirk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ways to register a service are seen where a class comes from, and nowhere else. */
final class RegistrationsTest {

  @TempDir private Path folder;

  @Test
  void seesWhatTheFileListsAndWhatTheModuleProvides() throws Exception {
    write("META-INF/services/java.lang.Runnable", "# ours\none.One # the first\n\none.Other\n");
    write(
        "one/One.java",
        "package one; public class One implements Runnable { public void run() {} }");
    write("module-info.java", "module one { provides java.lang.Runnable with one.One; }");
    compile("one/One.java", "module-info.java");

    Registrations registrations = registrations("one.One");

    assertThat(registrations.listed()).containsExactly("one.One", "one.Other");
    assertThat(registrations.provided()).contains(Set.of("one.One"));
  }

  @Test
  void seesThatThereIsNoModule() throws Exception {
    write(
        "one/One.java",
        "package one; public class One implements Runnable { public void run() {} }");
    compile("one/One.java");

    Registrations registrations = registrations("one.One");

    assertThat(registrations.listed()).isEmpty();
    assertThat(registrations.provided()).isEmpty();
  }

  @Test
  void readsAJarAsWell(@TempDir Path other) throws Exception {
    write("META-INF/services/java.lang.Runnable", "one.One\n");
    write(
        "one/One.java",
        "package one; public class One implements Runnable { public void run() {} }");
    write("module-info.java", "module one { provides java.lang.Runnable with one.One; }");
    compile("one/One.java", "module-info.java");
    Path jar = other.resolve("one.jar");
    run("jar", "--create", "--file", jar.toString(), "-C", folder.toString(), ".");

    try (URLClassLoader loader = loader(jar)) {
      Registrations registrations = Registrations.of(loader.loadClass("one.One"), Runnable.class);

      assertThat(registrations.listed()).containsExactly("one.One");
      assertThat(registrations.provided()).contains(Set.of("one.One"));
    }
  }

  private Registrations registrations(String type) throws Exception {
    try (URLClassLoader loader = loader(folder)) {
      return Registrations.of(loader.loadClass(type), Runnable.class);
    }
  }

  private static URLClassLoader loader(Path place) throws IOException {
    return new URLClassLoader(
        new URL[] {place.toUri().toURL()}, RegistrationsTest.class.getClassLoader());
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  private void compile(String... files) {
    String[] arguments = new String[files.length + 2];
    arguments[0] = "-d";
    arguments[1] = folder.toString();
    for (int file = 0; file < files.length; file++) {
      arguments[file + 2] = folder.resolve(files[file]).toString();
    }
    run("javac", arguments);
  }

  private static void run(String tool, String... arguments) {
    int code = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
    assertThat(code).isZero();
  }
}
