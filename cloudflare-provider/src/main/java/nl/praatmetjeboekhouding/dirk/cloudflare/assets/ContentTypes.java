package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a file is sent as, by the ending of its name. */
public final class ContentTypes {

  private static final String FILE = "content-types.txt";
  private static final Map<String, String> BY_ENDING = read();

  private ContentTypes() {}

  /**
   * The media type of a file, without a character set; or empty if its ending is not known.
   *
   * @param name the file's name, with or without the folders that it is in
   */
  public static Optional<String> of(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    String ending = AssetHash.extension(last).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_ENDING.get(ending));
  }

  /** As {@link #of}, and texts are said to be UTF-8. */
  public static Optional<String> withCharset(String name) {
    return of(name).map(type -> type.startsWith("text/") ? type + "; charset=utf-8" : type);
  }

  private static Map<String, String> read() {
    Map<String, String> types = new HashMap<>();
    try (InputStream content =
            Objects.requireNonNull(ContentTypes.class.getResourceAsStream(FILE), FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> add(line, types));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(types);
  }

  private static void add(String line, Map<String, String> types) {
    String[] words = line.split(" ", -1);
    for (int ending = 1; ending < words.length; ending++) {
      types.put(words[ending], words[0]);
    }
  }
}
