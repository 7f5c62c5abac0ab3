package nl.praatmetjeboekhouding.dirk.examples.symlink;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/** Adds folders that are there whole or not at all. */
final class WholeFolder {

  /** Fills what a folder holds beside its note. */
  @FunctionalInterface
  interface Filling {
    void fill(Path files) throws IOException;
  }

  private WholeFolder() {}

  /** Fills a folder aside and moves it to its place; one that is there already stays as it is. */
  static void add(Path place, Note note, Filling filling) throws IOException {
    if (Files.exists(place)) {
      return;
    }
    Path parent = Files.createDirectories(place.resolveSibling(""));
    Path aside = Files.createTempDirectory(parent, "new-");
    try {
      filling.fill(aside.resolve("files"));
      note.writeIn(aside);
      Files.move(aside, place, ATOMIC_MOVE);
    } finally {
      delete(aside);
    }
  }

  /** Copies files into a folder that it makes. */
  static void copy(List<ContentFile> files, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (ContentFile file : files) {
      Path copy = folder.resolve(file.name());
      Files.createDirectories(copy.resolveSibling(""));
      try (InputStream content = file.open()) {
        Files.copy(content, copy);
      }
      if (!Digest.of(copy).equals(file.digest())) {
        throw new IOException(file.name() + " is not what was built any more: build it again");
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
