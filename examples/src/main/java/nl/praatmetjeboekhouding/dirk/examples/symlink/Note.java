package nl.praatmetjeboekhouding.dirk.examples.symlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What is known about a version or a deployment: names and texts, in a file in its folder. */
record Note(Map<String, String> texts) {

  private static final String FILE = "note.properties";

  Note {
    texts = Map.copyOf(texts);
  }

  /** The note in this folder, or empty if there is none. */
  static Optional<Note> in(Path folder) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve(FILE), UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return Optional.of(
        new Note(
            properties.stringPropertyNames().stream()
                .collect(
                    java.util.stream.Collectors.toMap(name -> name, properties::getProperty))));
  }

  void writeIn(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.putAll(texts);
    try (Writer writer = Files.newBufferedWriter(folder.resolve(FILE), UTF_8)) {
      properties.store(writer, null);
    }
  }

  /** A text that is always there. */
  String text(String name) throws IOException {
    String text = texts.get(name);
    if (text == null) {
      throw new IOException("a note says nothing of its " + name);
    }
    return text;
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(texts.get(name));
  }
}
