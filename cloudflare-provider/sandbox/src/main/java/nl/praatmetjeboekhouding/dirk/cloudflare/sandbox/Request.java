package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request that was read whole. */
record Request(String method, URI uri, Headers headers, Bytes body) {

  String path() {
    return uri.getRawPath() == null ? "/" : uri.getRawPath();
  }

  String rawQuery() {
    return uri.getRawQuery() == null ? "" : uri.getRawQuery();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  /** The first value of a query parameter. */
  Optional<String> query(String name) {
    return queries(name).stream().findFirst();
  }

  /** All values of a query parameter, in order. */
  List<String> queries(String name) {
    List<String> values = new ArrayList<>();
    for (String pair : rawQuery().split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (URLDecoder.decode(key, UTF_8).equals(name)) {
        values.add(equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return values;
  }
}
