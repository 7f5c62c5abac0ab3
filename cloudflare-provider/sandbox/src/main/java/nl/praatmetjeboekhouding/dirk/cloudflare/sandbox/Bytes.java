package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Bytes that nobody changes. */
final class Bytes {

  static final Bytes NONE = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Takes the array over: whoever hands it in must not change it any more. */
  static Bytes of(byte[] content) {
    return new Bytes(content);
  }

  static Bytes utf8(String text) {
    return new Bytes(text.getBytes(UTF_8));
  }

  int size() {
    return content.length;
  }

  String utf8() {
    return new String(content, UTF_8);
  }

  /** The content itself, not a copy: whoever takes it must not change it. */
  byte[] array() {
    return content;
  }
}
