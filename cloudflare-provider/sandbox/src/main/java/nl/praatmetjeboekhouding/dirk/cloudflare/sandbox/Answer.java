package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** What is sent back: a length of {@link #UNKNOWN} sends in chunks until the body ends. */
record Answer(int status, Headers headers, long length, Body body) {

  static final long UNKNOWN = -1;

  /** Writes the body. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static Answer of(int status, String contentType, Bytes content) {
    Headers headers = new Headers();
    headers.set("content-type", contentType);
    return new Answer(status, headers, content.size(), out -> out.write(content.array()));
  }

  static Answer text(int status, String text) {
    return of(status, "text/plain;charset=UTF-8", Bytes.utf8(text));
  }

  static Answer json(int status, String json) {
    return of(status, "application/json", Bytes.utf8(json));
  }

  static Answer html(int status, String html) {
    return of(status, "text/html;charset=UTF-8", Bytes.utf8(html));
  }

  /** This answer with one more header. */
  Answer with(String name, String value) {
    Headers more = new Headers();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      more.put(header.getKey(), header.getValue());
    }
    more.set(name, value);
    return new Answer(status, more, length, body);
  }
}
