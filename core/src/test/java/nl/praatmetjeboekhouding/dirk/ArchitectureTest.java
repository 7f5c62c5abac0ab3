package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dependencies point down only, and what a provider's author sees needs the JDK alone. */
final class ArchitectureTest {

  @TempDir private Path folder;

  @Test
  void everyPackageUsesOnlyThoseBelowIt() throws URISyntaxException {
    PackageEdges edges = PackageEdges.of(classes().resolve("nl"));

    assertThat(edges.edges()).hasSizeGreaterThan(100);
    assertThat(edges.forbidden()).isEmpty();
  }

  @Test
  void noticesAnEdgeThatPointsUp() throws IOException {
    Path compiled =
        compile(
            "package nl.praatmetjeboekhouding.dirk.internal; public class Engine {}",
            "package nl.praatmetjeboekhouding.dirk.spi; public class Peeking {"
                + " nl.praatmetjeboekhouding.dirk.internal.Engine engine; }");

    assertThat(PackageEdges.of(compiled).forbidden())
        .extracting(PackageEdges.Edge::toString)
        .containsExactly(
            "nl.praatmetjeboekhouding.dirk.spi -> nl.praatmetjeboekhouding.dirk.internal");
  }

  @Test
  void noticesALibraryWhereOnlyTheJdkMayBe() throws IOException {
    Path compiled =
        compile(
            "package com.example; public class Library {}",
            "package nl.praatmetjeboekhouding.dirk.model; public class Value {"
                + " com.example.Library library; }");

    assertThat(PackageEdges.of(compiled).forbidden())
        .extracting(PackageEdges.Edge::toString)
        .containsExactly("nl.praatmetjeboekhouding.dirk.model -> com.example");
  }

  @Test
  void noticesAPackageThatNobodyPlanned() throws IOException {
    Path compiled =
        compile(
            "package nl.praatmetjeboekhouding.dirk.model; public class Value {}",
            "package nl.praatmetjeboekhouding.dirk.misc; public class Thing {"
                + " nl.praatmetjeboekhouding.dirk.model.Value value; }");

    assertThat(PackageEdges.of(compiled).forbidden())
        .extracting(PackageEdges.Edge::toString)
        .containsExactly(
            "nl.praatmetjeboekhouding.dirk.misc -> nl.praatmetjeboekhouding.dirk.model");
  }

  @Test
  void exportsEveryPackageButTheInternalOne() throws URISyntaxException {
    ModuleDescriptor module = ModuleFinder.of(classes()).findAll().iterator().next().descriptor();

    assertThat(module.packages())
        .filteredOn(name -> module.exports().stream().noneMatch(one -> one.source().equals(name)))
        .containsExactly("nl.praatmetjeboekhouding.dirk.internal");
  }

  @Test
  void needsNoLibraryButTheThreeThatAreAllowed() throws URISyntaxException {
    ModuleDescriptor module = ModuleFinder.of(classes()).findAll().iterator().next().descriptor();

    assertThat(module.requires())
        .extracting(ModuleDescriptor.Requires::name)
        .filteredOn(name -> !name.startsWith("java."))
        .allMatch(
            name ->
                List.of(
                        "com.fasterxml.jackson.core",
                        "com.fasterxml.jackson.databind",
                        "org.jspecify",
                        "org.slf4j")
                    .contains(name));
  }

  private static Path classes() throws URISyntaxException {
    return Path.of(Dirk.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Compiles sources, a public class each, and returns the folder of their classes. */
  private Path compile(String... sources) throws IOException {
    Path compiled = folder.resolve("classes");
    List<String> arguments = new java.util.ArrayList<>(List.of("-d", compiled.toString()));
    for (String source : sources) {
      String name = source.replaceAll("(?s).*public class (\\w+).*", "$1");
      Path file = folder.resolve(name + ".java");
      Files.writeString(file, source);
      arguments.add(file.toString());
    }
    int exit =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    assertThat(exit).isZero();
    return compiled;
  }
}
