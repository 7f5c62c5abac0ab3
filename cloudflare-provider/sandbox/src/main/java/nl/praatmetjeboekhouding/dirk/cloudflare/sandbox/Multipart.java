package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code multipart/form-data} (RFC 7578), whatever bytes the parts hold. */
final class Multipart {

  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/form-data\\s*;.*?boundary=(?:\"([^\"]+)\"|([^;\\s]+)).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([A-Za-z*]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");
  private static final byte[] BLANK_LINE = "\r\n\r\n".getBytes(ISO_8859_1);

  private final byte[] body;
  private final byte[] delimiter;

  private Multipart(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
  }

  /** Whether a content type names a multipart form. */
  static boolean isMultipart(String contentType) {
    return BOUNDARY.matcher(contentType).matches();
  }

  /**
   * The parts in order.
   *
   * @throws Refusal if the body is not what its content type says
   */
  static List<Part> parse(String contentType, Bytes body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.matches()) {
      throw Refusal.unreadable("not a multipart form: " + contentType);
    }
    String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    return new Multipart(body.array(), text).parts();
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int position = afterFirstDelimiter();
    while (!closes(position)) {
      int head = indexOf(new byte[] {'\r', '\n'}, position);
      int end = head < 0 ? -1 : indexOf(delimiter, head + 2);
      if (end < 0) {
        throw Refusal.unreadable("the form ends in the middle of part " + (parts.size() + 1));
      }
      parts.add(part(head + 2, end));
      position = end + delimiter.length;
    }
    return parts;
  }

  private int afterFirstDelimiter() {
    int length = delimiter.length - 2;
    if (Arrays.equals(body, 0, Math.min(length, body.length), delimiter, 2, delimiter.length)) {
      return length;
    }
    int found = indexOf(delimiter, 0);
    if (found < 0) {
      throw Refusal.unreadable("the form's boundary does not occur in its body");
    }
    return found + delimiter.length;
  }

  private boolean closes(int position) {
    return position + 1 < body.length && body[position] == '-' && body[position + 1] == '-';
  }

  private Part part(int start, int end) {
    boolean headless = startsWith(new byte[] {'\r', '\n'}, start);
    int headEnd = headless ? start - 2 : indexOf(BLANK_LINE, start);
    if (headEnd < 0 || headEnd + BLANK_LINE.length > end) {
      throw Refusal.unreadable("a part has no blank line after its headers");
    }
    Map<String, String> headers = headers(Math.min(start, headEnd), headEnd);
    String disposition = headers.getOrDefault("content-disposition", "");
    String name =
        parameter(disposition, "name")
            .orElseThrow(() -> Refusal.unreadable("a part of the form has no name"));
    Optional<String> type =
        Optional.ofNullable(headers.get("content-type"))
            .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    return new Part(
        name,
        parameter(disposition, "filename"),
        type,
        Bytes.of(Arrays.copyOfRange(body, headEnd + BLANK_LINE.length, end)));
  }

  private Map<String, String> headers(int start, int end) {
    Map<String, String> headers = new HashMap<>();
    for (String line : new String(body, start, end - start, UTF_8).split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  /** Clients write a quote, CR or LF in a name as browsers do, percent-encoded, or with \. */
  private static Optional<String> parameter(String disposition, String wanted) {
    Matcher parameter = PARAMETER.matcher(disposition);
    while (parameter.find()) {
      if (parameter.group(1).equalsIgnoreCase(wanted)) {
        String quoted = parameter.group(2);
        return Optional.of(
            quoted == null
                ? parameter.group(3)
                : quoted
                    .replaceAll("\\\\(.)", "$1")
                    .replace("%22", "\"")
                    .replace("%0D", "\r")
                    .replace("%0A", "\n"));
      }
    }
    return Optional.empty();
  }

  private boolean startsWith(byte[] wanted, int at) {
    return at + wanted.length <= body.length
        && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private int indexOf(byte[] wanted, int from) {
    for (int at = from; at + wanted.length <= body.length; at++) {
      if (body[at] == wanted[0] && startsWith(wanted, at)) {
        return at;
      }
    }
    return -1;
  }
}
