package nl.praatmetjeboekhouding.dirk.command;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the values of secrets out of text: as they are, each line of one that has several, and in
 * the forms that programs write them in: within a URL, within JSON, and in Base64, also as a part
 * of something longer. What is shorter than four characters is left: masking it would make every
 * text unreadable and hide nothing that cannot be guessed.
 */
public final class Masker {

  private static final Logger LOG = LoggerFactory.getLogger(Masker.class);
  private static final int SHORTEST = 4;

  /** A form that is shorter than this may well be something else. */
  private static final int SHORTEST_FORM = 8;

  private static final String MASK = "***";

  private final List<String> values;
  private final int shortest;

  private Masker(List<String> values) {
    this.values = values;
    this.shortest = values.isEmpty() ? Integer.MAX_VALUE : values.get(values.size() - 1).length();
  }

  /** Hides these values. */
  public static Masker of(Collection<String> secrets) {
    Stream<String> lines = secrets.stream().flatMap(String::lines).map(String::strip);
    return new Masker(
        Stream.concat(
                lines.filter(line -> line.length() >= SHORTEST),
                secrets.stream()
                    .flatMap(Masker::forms)
                    .filter(form -> form.length() >= SHORTEST_FORM))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  private static Stream<String> forms(String secret) {
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String component =
        form.replace("+", "%20")
            .replace("%21", "!")
            .replace("%27", "'")
            .replace("%28", "(")
            .replace("%29", ")")
            .replace("%7E", "~");
    String json = new String(JsonStringEncoder.getInstance().quoteAsString(secret));
    return Stream.concat(Stream.of(form, component, json), base64(secret));
  }

  /** What stands for the secret wherever it begins among the three bytes of a Base64 group. */
  private static Stream<String> base64(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, 3)
        .boxed()
        .flatMap(
            before -> {
              byte[] shifted = new byte[before + bytes.length];
              System.arraycopy(bytes, 0, shifted, before, bytes.length);
              return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
                  .map(encoder -> encoder.withoutPadding().encodeToString(shifted))
                  .map(text -> text.substring(before == 0 ? 0 : before + 1))
                  .map(text -> shifted.length % 3 == 0 ? text : withoutLast(text));
            });
  }

  private static String withoutLast(String text) {
    return text.isEmpty() ? text : text.substring(0, text.length() - 1);
  }

  /**
   * Hides the values of these secrets, which are looked up now; one that cannot be looked up is not
   * hidden.
   */
  public static Masker revealing(List<Secret> secrets) {
    List<String> values = new ArrayList<>();
    for (Secret secret : secrets) {
      try {
        values.add(secret.reveal());
      } catch (RuntimeException e) {
        LOG.warn("{} cannot be looked up, so that it is not hidden either", secret);
      }
    }
    return of(values);
  }

  /** The text without the values. */
  public String mask(String text) {
    if (text.length() < shortest) {
      return text;
    }
    BitSet hidden = new BitSet();
    for (String value : values) {
      for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
        hidden.set(at, at + value.length());
      }
    }
    return hidden.isEmpty() ? text : without(text, hidden);
  }

  private static String without(String text, BitSet hidden) {
    StringBuilder masked = new StringBuilder();
    int shown = 0;
    for (int at = hidden.nextSetBit(0); at >= 0; at = hidden.nextSetBit(shown)) {
      masked.append(text, shown, at).append(MASK);
      shown = hidden.nextClearBit(at);
    }
    return masked.append(text, shown, text.length()).toString();
  }

  /** The text without the values, and without the beginning of one at its end. */
  String maskUnfinished(String text) {
    String masked = mask(text);
    for (String value : values) {
      for (int length = value.length() - 1; length >= SHORTEST; length--) {
        if (masked.endsWith(value.substring(0, length))) {
          return masked.substring(0, masked.length() - length) + MASK;
        }
      }
    }
    return masked;
  }

  /** How long the longest value is. */
  int longest() {
    return values.isEmpty() ? 0 : values.get(0).length();
  }
}
