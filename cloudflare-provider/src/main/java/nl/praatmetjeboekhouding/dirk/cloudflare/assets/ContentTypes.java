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

  /** Pages knows no type by this name. */
  private static final String NONE = "-";

  private static final Map<String, String> BY_ENDING = read("content-types.txt");
  private static final Map<String, String> OTHERS_IN_PAGES = read("pages-content-types.txt");

  private ContentTypes() {}

  /**
   * The media type of a file, without a character set; or empty if its ending is not known.
   *
   * @param name the file's name, with or without the folders that it is in
   */
  public static Optional<String> of(String name) {
    return Optional.ofNullable(BY_ENDING.get(ending(name)));
  }

  /** As {@link #of}, for Pages, which goes by an older list. */
  public static Optional<String> inPages(String name) {
    return Optional.ofNullable(OTHERS_IN_PAGES.get(ending(name)))
        .or(() -> of(name))
        .filter(type -> !type.equals(NONE));
  }

  private static String ending(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return AssetHash.extension(last).toLowerCase(Locale.ROOT);
  }

  /** As {@link #of}, and texts are said to be UTF-8. */
  public static Optional<String> withCharset(String name) {
    return of(name).map(type -> type.startsWith("text/") ? type + "; charset=utf-8" : type);
  }

  private static Map<String, String> read(String file) {
    Map<String, String> types = new HashMap<>();
    try (InputStream content =
            Objects.requireNonNull(ContentTypes.class.getResourceAsStream(file), file);
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
